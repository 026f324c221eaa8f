import type { TitleSource } from '../catalogue/channel-title.ts';
import { asker } from '../domain/actor.ts';
import type { AudioTrack } from '../domain/audio-track.ts';
import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import type { Logger } from '../lib/logger.ts';
import type { Screen } from '../stream/screen/screen.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import { type Requester, requireControl } from './rights.ts';
import { titledError } from './titled-error.ts';

export interface ChooseAudioContext extends AuditContext, TitleSource {
  readonly logger: Pick<Logger, 'info'>;
}

/**
 * Switches everybody to another audio track of the channel on the screen.
 * @param nameTrack names a track for the audit log.
 * @throws AppError not_allowed, audio_not_there, or why the channel could not be reopened.
 */
export async function chooseAudio(
  context: ChooseAudioContext,
  screen: Pick<Screen, 'id' | 'facts' | 'broadcast'>,
  by: Requester,
  trackId: number,
  nameTrack: (tracks: readonly AudioTrack[], trackId: number) => string,
): Promise<BroadcastStatus> {
  requireControl(by, 'audio', screen);
  const { id, broadcast } = screen;
  const { logger } = context;
  logger.info({ screen: id, trackId, askedBy: by.id }, 'sound asked for');
  try {
    const status = await broadcast.chooseAudio(trackId, asker(by));
    const name = nameTrack(status.sound.tracks, trackId);
    writeAudit(context, by, 'audio', `${status.channel?.name}: ${name}`, id);
    return status;
  } catch (error) {
    throw titledError(context, error);
  }
}
