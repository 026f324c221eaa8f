import { asker } from '../domain/actor.ts';
import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import { AppError } from '../domain/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { Screen } from '../stream/screen/screen.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import { mayStop } from './etiquette.ts';
import { type Requester, requireControl } from './rights.ts';

export interface StopContext extends AuditContext {
  readonly logger: Pick<Logger, 'info'>;
}

/** Takes a shared screen off the air; the slate follows. @throws AppError not_allowed, stop_not_yours */
export async function stop(
  context: StopContext,
  screen: Pick<Screen, 'id' | 'facts' | 'broadcast'>,
  by: Requester,
): Promise<BroadcastStatus> {
  requireControl(by, 'stop', screen);
  const { id, broadcast } = screen;
  const { logger } = context;
  if (!mayStop(by, broadcast.status)) throw new AppError('stop_not_yours');
  logger.info({ screen: id, askedBy: by.id }, 'stop asked for');
  const status = await broadcast.stop(null, asker(by));
  writeAudit(context, by, 'stop', '', id);
  return status;
}
