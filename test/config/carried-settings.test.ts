import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carriedSettings } from '../../src/config/carried-settings.ts';
import { Settings } from '../../src/config/settings.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';

let dirs: TempDirs;
beforeAll(async () => {
  dirs = await TempDirs.create();
});
afterAll(() => dirs.remove());

async function carried(env: Record<string, string>, stored: Record<string, string>) {
  const dataDir = await dirs.next();
  await writeFile(join(dataDir, 'settings.json'), JSON.stringify(stored));
  return carriedSettings(Settings.open({ DATA_DIR: dataDir, ...env }));
}

describe('the settings that an export takes along', () => {
  it('are those of the page and of the environment, which wins', async () => {
    const env = { ETIQUETTE: 'controllers', TELEGRAM_TOKEN: 'of the environment', AUDIO: ' ', PATH: '/bin' };
    const stored = { ETIQUETTE: 'free', REACTIONS: 'off', PORT: '9000', AUDIO: 'aac' };
    expect(await carried(env, stored)).toEqual({
      ETIQUETTE: 'controllers',
      TELEGRAM_TOKEN: 'of the environment',
      REACTIONS: 'off',
      PORT: '9000',
      AUDIO: 'aac',
    });
  });

  it('are those of one account, where the environment has another than the page', async () => {
    const env = { XTREAM_URL: 'http://a.example', XTREAM_USERNAME: 'a', XTREAM_PASSWORD: 'a' };
    const stored = { XTREAM_URL: 'http://b.example', XTREAM_USERNAME: 'b', XTREAM_PASSWORD: 'b' };
    expect(await carried(env, stored)).toEqual(env);
  });

  it('are not those of the environment that belong to the machine, nor DATA_DIR', async () => {
    const env = { FFMPEG_PATH: '/ffmpeg', HOST: '0.0.0.0', PORT: '1', LOG_LEVEL: 'warn' };
    expect(await carried(env, { DATA_DIR: '/elsewhere', HOST: '::' })).toEqual({ LOG_LEVEL: 'warn' });
  });
});
