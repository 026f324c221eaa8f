import type { DatabaseSync } from 'node:sqlite';
import type { Keys } from '../access/keys.ts';
import { carriedSettings } from '../config/carried-settings.ts';
import type { Settings } from '../config/settings.ts';
import type { HttpContext } from '../http/context.ts';

export interface InstallationOptions {
  readonly dataDir: string;
  readonly keys: Keys;
  readonly database: DatabaseSync;
  readonly settings: Settings;
}

/** This server as a whole, to export it and to replace it by another. */
export function createInstallation({
  dataDir,
  keys,
  database,
  settings,
}: InstallationOptions): HttpContext['installation'] {
  return { dataDir, parts: () => ({ settings: carriedSettings(settings), keys, database }) };
}
