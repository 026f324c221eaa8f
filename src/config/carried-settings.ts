import { type SettingName, settingNames } from '../domain/setting.ts';
import type { Settings } from './settings.ts';

/** Settings of the environment that belong to the machine rather than to the installation. */
const ofMachine: ReadonlySet<string> = new Set<SettingName>([
  'DATA_DIR',
  'FFMPEG_PATH',
  'HOST',
  'PORT',
  'RECORDINGS_DIR',
]);

/**
 * The settings that an export takes along, secrets included: those in force, but for the ones that the environment decides for
 * this machine.
 */
export function carriedSettings(settings: Pick<Settings, 'texts' | 'sourceOf'>): Record<string, string> {
  const { texts } = settings;
  const carried = settingNames.filter(
    (name) => !(ofMachine.has(name) && settings.sourceOf(name) === 'environment'),
  );
  return Object.fromEntries(
    carried.flatMap((name) => {
      const value = texts[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
