import type { AuditContext } from '../actions/audit.ts';
import { changeSettings, undoSettings } from '../actions/change-settings.ts';
import type { Settings } from '../config/settings.ts';
import type { SettingsPort } from '../http/context.ts';

/** The settings for the API: changes go through the actions. */
export function settingsPort(settings: Settings, audit: AuditContext): SettingsPort {
  const context = { ...audit, settings };
  return {
    get notices() {
      return settings.notices;
    },
    get canUndo() {
      return settings.canUndo;
    },
    list: () => settings.list(),
    change: (changes, by) => changeSettings(context, changes, by),
    undo: (by) => undoSettings(context, by),
  };
}
