import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';

describe('a setting that nobody knows', () => {
  it.each([
    ['DISCORD_TOKN', 'DISCORD_TOKEN'],
    ['XTREAM_USER', 'XTREAM_URL'],
    ['XTREM_URL', 'XTREAM_URL'],
    ['TELEGRAM_ADMINS_IDS', 'TELEGRAM_ADMIN_IDS'],
    ['PUBLIC_ULR', 'PUBLIC_URL'],
    ['VIEWER_ACESS', 'VIEWER_ACCESS'],
  ])('%s is named with the nearest, %s', (name, nearest) => {
    expect(readConfig({ [name]: 'secret' }).misspelt).toEqual([{ name, nearest }]);
  });

  it.each(['PATH', 'HOME', 'HOSTNAME', 'LANG', 'LOGNAME', 'NODE_ENV', 'npm_config_cache', 'POSTS'])(
    '%s is somebody else’s',
    (name) => {
      expect(readConfig({ [name]: 'x' }).misspelt).toEqual([]);
    },
  );

  it('is not spoken of where all are known', () => {
    expect(readConfig({ PORT: '8002', DISCORD_TOKEN: 'x' }).misspelt).toEqual([]);
  });
});
