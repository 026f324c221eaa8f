import type { CommandContext } from '../commands/context.ts';
import { type Asker, asker } from '../domain/actor.ts';
import type { AuditAction } from '../domain/audit-action.ts';

/** Writes down who changed what. @param detail what it was done to; never a secret. */
export function writeAudit(
  { audit, clock }: Pick<CommandContext, 'audit' | 'clock'>,
  by: Asker,
  action: AuditAction,
  detail = '',
): void {
  audit.add({ at: clock.now(), by: asker(by), action, detail });
}
