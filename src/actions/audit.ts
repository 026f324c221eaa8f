import { type Asker, asker } from '../domain/actor.ts';
import type { AuditAction } from '../domain/audit-action.ts';
import type { ScreenId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import type { AuditLog } from '../store/audit-log.ts';

/** What an action that is written into the audit log needs for that. */
export interface AuditContext {
  readonly audit: Pick<AuditLog, 'add'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Writes down who changed what.
 * @param detail what it was done to; never a secret.
 * @param screen the screen that it was about.
 */
export function writeAudit(
  { audit, clock }: AuditContext,
  by: Asker,
  action: AuditAction,
  detail = '',
  screen: ScreenId | null = null,
): void {
  audit.add({ at: clock.now(), by: asker(by), action, detail, screen });
}
