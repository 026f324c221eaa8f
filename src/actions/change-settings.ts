import type { Visitor } from '../access/visitor.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import { requireOwner } from './require-owner.ts';
import { type Requester, requireRole } from './rights.ts';

/** Whoever changes settings: an owner is an admin by the settings themselves. */
export type SettingsRequester = Requester & Pick<Visitor, 'listedRole'>;

/** Settings that make owners, or say where their log-ins go: an admin whom somebody has let in could become an owner. */
const ownersOnly: ReadonlySet<string> = new Set([
  'ADMIN_TOKEN',
  'PUBLIC_URL',
  'DISCORD_TOKEN',
  'DISCORD_API_URL',
  'DISCORD_GUILD_ID',
  'DISCORD_ADMIN_ROLES',
  'TELEGRAM_TOKEN',
  'TELEGRAM_API_URL',
  'TELEGRAM_ADMIN_IDS',
]);

/** The settings as actions change them; config/settings.ts is behind it. */
export interface ChangeableSettings {
  readonly canUndo: boolean;
  isLocked(name: string): boolean;
  /** A setting's text; null where it is not set. */
  text(name: string): string | null;
  change(changes: Readonly<Record<string, string | null>>): Promise<void>;
  undo(): Promise<void>;
}

export interface ChangeSettingsContext extends AuditContext {
  readonly settings: ChangeableSettings;
}

/**
 * Changes settings: all of them or none.
 * @param changes by name; null goes back to the default.
 * @throws AppError not_allowed, owners_only, settings_wrong, or what applying and writing them throws
 */
export async function changeSettings(
  context: ChangeSettingsContext,
  changes: Readonly<Record<string, string | null>>,
  by: SettingsRequester,
): Promise<void> {
  requireRole(by, 'administer');
  const isForOwners = Object.entries(changes).some(
    ([name, value]) => ownersOnly.has(name) && value !== context.settings.text(name),
  );
  if (isForOwners) requireOwner(by);
  await context.settings.change(changes);
  // Names alone: values may be secrets.
  writeAudit(context, by, 'settings', Object.keys(changes).sort().join(', '));
}

/** Goes back to the settings before the last change. @throws AppError owners_only, nothing_to_undo; as `changeSettings` */
export async function undoSettings(context: ChangeSettingsContext, by: SettingsRequester): Promise<void> {
  requireOwner(by);
  await context.settings.undo();
  writeAudit(context, by, 'settings_undone');
}
