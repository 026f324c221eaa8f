import { asker } from '../domain/actor.ts';
import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import { AppError } from '../domain/errors.ts';
import type { Screen } from '../stream/screen/screen.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import { mayStop } from './etiquette.ts';
import { type Requester, requireControl } from './rights.ts';

type PausedScreen = Pick<Screen, 'id' | 'facts' | 'broadcast'>;

/**
 * Lets the recording or past programme on a screen stand still for everybody.
 * @throws AppError not_allowed, pause_not_yours, nothing_to_pause; as `play` if it gave way to something else
 */
export function pause(context: AuditContext, screen: PausedScreen, by: Requester): Promise<BroadcastStatus> {
  return change(context, screen, by, 'pause', () => screen.broadcast.pause(asker(by)));
}

/** Goes on with what somebody has paused. @throws AppError not_allowed, pause_not_yours; as `play` where it cannot go on */
export function goOn(context: AuditContext, screen: PausedScreen, by: Requester): Promise<BroadcastStatus> {
  return change(context, screen, by, 'go_on', () => screen.broadcast.goOn(asker(by)));
}

async function change(
  context: AuditContext,
  screen: PausedScreen,
  by: Requester,
  action: 'pause' | 'go_on',
  make: () => Promise<BroadcastStatus>,
): Promise<BroadcastStatus> {
  requirePause(by, screen);
  const status = await make();
  writeAudit(context, by, action, status.past?.title ?? '', screen.id);
  return status;
}

/** Whoever may take it off the air may pause it. @throws AppError not_allowed, pause_not_yours */
function requirePause(by: Requester, screen: PausedScreen): void {
  requireControl(by, 'stop', screen);
  const { status } = screen.broadcast;
  if (!mayStop(by, status)) throw new AppError('pause_not_yours', { askedBy: status.askedBy?.name ?? '' });
}
