import type { CommandContext } from '../commands/context.ts';
import { type Actor, type Asker, asker } from '../domain/actor.ts';
import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import { audioNames } from '../words/audio-names.ts';
import { writeAudit } from './audit.ts';
import { play } from './play.ts';
import { OthersWatching, permit, type Question, type ScreenWish } from './rights.ts';

/**
 * Does what somebody wants of the shared screen, if they may: the one way in for chat and HTTP.
 * @returns what is on once it is done.
 * @throws OthersWatching @throws AppError as `permit`, or why it could not be done.
 */
export async function control(
  context: CommandContext,
  by: Asker & Pick<Actor, 'role'>,
  wish: ScreenWish,
): Promise<BroadcastStatus> {
  const question = questionBefore(context, by, wish);
  if (question) throw new OthersWatching(question);
  const askedBy = asker(by);
  switch (wish.action) {
    case 'play':
      return play(context, wish.channelId, askedBy);
    case 'stop':
      return stop(context, askedBy);
    case 'restart':
      return restart(context, askedBy);
    case 'audio':
      return chooseAudio(context, wish.track, askedBy);
  }
}

/** What to ask somebody before their wish is done; null: nothing. @throws AppError as `permit` */
export function questionBefore(
  { broadcast, catalogue, etiquette }: CommandContext,
  by: Pick<Actor, 'id' | 'role'>,
  wish: ScreenWish,
): Question | null {
  const channel = (id: number) => catalogue.snapshot().byId.get(id);
  return permit(by, wish, { etiquette, status: broadcast.status, channel });
}

/** Takes the shared screen off the air: the slate follows. */
export async function stop(context: CommandContext, askedBy: Asker): Promise<BroadcastStatus> {
  const { broadcast, logger } = context;
  logger.info({ askedBy: askedBy.id }, 'stop asked for');
  const status = await broadcast.stop(null, askedBy);
  writeAudit(context, askedBy, 'stop');
  return status;
}

/** Opens what is on air anew, for when its picture or sound is broken though bytes still come. */
async function restart(context: CommandContext, askedBy: Asker): Promise<BroadcastStatus> {
  const { broadcast, logger } = context;
  logger.info({ askedBy: askedBy.id }, 'restart asked for');
  const status = await broadcast.restart(askedBy);
  writeAudit(context, askedBy, 'restart', status.channel?.name);
  return status;
}

/** Lets all hear another of the tracks of what is on. */
async function chooseAudio(
  context: CommandContext,
  trackId: number,
  askedBy: Asker,
): Promise<BroadcastStatus> {
  const { broadcast, logger } = context;
  logger.info({ trackId, askedBy: askedBy.id }, 'sound asked for');
  const status = await broadcast.chooseAudio(trackId, askedBy);
  const { tracks } = status.sound;
  const name = audioNames(tracks, 'en')[tracks.findIndex(({ id }) => id === trackId)] ?? '';
  writeAudit(context, askedBy, 'audio', `${status.channel?.name}: ${name}`);
  return status;
}
