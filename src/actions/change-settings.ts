import { type AuditContext, writeAudit } from './audit.ts';
import { type Requester, requireRole } from './rights.ts';

/** The settings as actions change them; config/settings.ts is behind it. */
export interface ChangeableSettings {
  readonly canUndo: boolean;
  isLocked(name: string): boolean;
  change(changes: Readonly<Record<string, string | null>>): Promise<void>;
  undo(): Promise<void>;
}

export interface ChangeSettingsContext extends AuditContext {
  readonly settings: ChangeableSettings;
}

/**
 * Changes settings: all of them or none.
 * @param changes by name; null goes back to the default.
 * @throws AppError not_allowed, settings_wrong, or what applying and writing them throws
 */
export async function changeSettings(
  context: ChangeSettingsContext,
  changes: Readonly<Record<string, string | null>>,
  by: Requester,
): Promise<void> {
  requireRole(by, 'administer');
  await context.settings.change(changes);
  // Names alone: values may be secrets.
  writeAudit(context, by, 'settings', Object.keys(changes).sort().join(', '));
}

/** Goes back to the settings before the last change. @throws AppError not_allowed, nothing_to_undo; as `changeSettings` */
export async function undoSettings(context: ChangeSettingsContext, by: Requester): Promise<void> {
  requireRole(by, 'administer');
  await context.settings.undo();
  writeAudit(context, by, 'settings_undone');
}
