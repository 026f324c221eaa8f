import type { TitleSource } from '../catalogue/channel-title.ts';
import { asker } from '../domain/actor.ts';
import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import type { Logger } from '../lib/logger.ts';
import type { Screen } from '../stream/screen/screen.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import { type Requester, requireControl } from './rights.ts';
import { titledError } from './titled-error.ts';

export interface RestartContext extends AuditContext, TitleSource {
  readonly logger: Pick<Logger, 'info'>;
}

/**
 * Reopens the channel on a screen, for when its picture or sound is broken though bytes still arrive.
 * @throws AppError not_allowed, or why the channel could not be reopened.
 */
export async function restart(
  context: RestartContext,
  screen: Pick<Screen, 'id' | 'facts' | 'broadcast'>,
  by: Requester,
): Promise<BroadcastStatus> {
  requireControl(by, 'restart', screen);
  const { id, broadcast } = screen;
  const { logger } = context;
  logger.info({ screen: id, askedBy: by.id }, 'restart asked for');
  try {
    const status = await broadcast.restart(asker(by));
    writeAudit(context, by, 'restart', status.channel?.name, id);
    return status;
  } catch (error) {
    throw titledError(context, error);
  }
}
