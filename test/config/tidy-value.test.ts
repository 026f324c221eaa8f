import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { tidyValue } from '../../src/config/tidy-value.ts';
import type { SettingName } from '../../src/domain/setting.ts';

describe('a typed value', () => {
  it.each<[SettingName, string, string]>([
    ['PUBLIC_URL', 'tv.example.org', 'https://tv.example.org'],
    ['PUBLIC_URL', ' "https://tv.example.org/" ', 'https://tv.example.org'],
    ['PUBLIC_URL', '«\u00a0https://tv.example.org\u00a0»', 'https://tv.example.org'],
    ['PUBLIC_URL', '\u200bhttps:/tv.example.org', 'https://tv.example.org'],
    ['PUBLIC_URL', 'https//tv.example.org', 'https://tv.example.org'],
    ['PUBLIC_URL', 'HTTPS://TV.Example.org/watch?key=abc#x', 'https://tv.example.org'],
    ['PUBLIC_URL', 'https://tv.example.org/tv/setup', 'https://tv.example.org/tv'],
    ['PUBLIC_URL', 'PUBLIC_URL=https://tv.example.org', 'https://tv.example.org'],
    ['PUBLIC_URL', '192.168.1.10:8002', 'http://192.168.1.10:8002'],
    ['PUBLIC_URL', '[fd00::1]:8002', 'http://[fd00::1]:8002'],
    ['PUBLIC_URL', 'localhost:8002', 'http://localhost:8002'],
    ['TELEGRAM_API_URL', "'http://10.0.0.3:8081'", 'http://10.0.0.3:8081'],
    ['PORT', ' 8 003 ', '8003'],
    ['IDLE_STOP_MINUTES', '20 minutes', '20'],
    ['ETIQUETTE', 'Polite', 'polite'],
    ['ACCOUNTS_ORDER', 'M1; main x2', 'm1,main,x2'],
    ['VIEWER_ACCESS', '"key"', 'key'],
    ['REACTIONS', 'off', 'off'],
    ['TRUST_PROXY', 'Yes', 'true'],
    ['TRUST_PROXY', '10.0.0.1 10.0.0.2', '10.0.0.1,10.0.0.2'],
    ['EMBED_ORIGINS', 'example.org; https://b.example/page', 'https://example.org,https://b.example'],
    ['DISCORD_ADMIN_ROLES', '<@&123>\n<@!456>, 789,', '123,456,789'],
    ['TELEGRAM_VIEWER_IDS', '-1001 42', '-1001,42'],
    ['AUDIO_LANGUAGES', 'fr en', 'fr,en'],
    ['TLS_ACCEPT', 'https://panel.example:8443/x', 'panel.example'],
    ['HIDDEN_CATEGORIES', '12,x y,', '12,x y'],
    ['FFMPEG_PATH', '"C:\\Program Files\\ffmpeg.exe"', 'C:\\Program Files\\ffmpeg.exe'],
    ['HOST', '“0.0.0.0', '0.0.0.0'],
    ['DISCORD_TOKEN', ' `abc.def` ', 'abc.def'],
    ['OUTPUT_CHANNELS', 'Favorites', 'favourites'],
    ['OUTPUT_CHANNELS', 'Category: FR| News, 12', 'categories:FR| News, 12'],
    ['HDHOMERUN_DISCOVERY', 'Yes', 'on'],
    [
      'XMLTV_URLS',
      'http://a.example/?ids=1,2\nhttps://b.example/',
      'http://a.example/?ids=1,2,https://b.example/',
    ],
    ['JELLYFIN_URL', '192.168.1.20:8096', 'http://192.168.1.20:8096'],
    ['JELLYFIN_URL', 'http://nas:8096/web/index.html#!/home', 'http://nas:8096'],
    ['JELLYFIN_URL', 'https://tv.example/jellyfin/web/#/home.html', 'https://tv.example/jellyfin'],
    ['JELLYFIN_URL', 'http://nas:8096/', 'http://nas:8096'],
  ])('is understood: %s %j', (name, typed, meant) => {
    expect(tidyValue(name, typed)).toBe(meant);
    // As the schema accepts it, and the same when it is tidied again.
    expect(readConfig({ [name]: meant }).settings.find((each) => each.name === name)?.isSet).toBe(true);
    expect(tidyValue(name, meant)).toBe(meant);
  });

  it.each<[SettingName, string, string]>([
    ['XTREAM_PASSWORD', ' "quoted" \n', '"quoted"'],
    ['XTREAM_USERNAME', "'quoted'", "'quoted'"],
    ['ADMIN_TOKEN', " 'my-own-token' ", "'my-own-token'"],
    ['XTREAM_PASSWORD', 'XTREAM_PASSWORD=a=b', 'a=b'],
  ])('may have quotes where anything is allowed: %s %j', (name, typed, meant) => {
    expect(tidyValue(name, typed)).toBe(meant);
  });

  it('takes no time, however odd and long it is', () => {
    for (const name of ['PUBLIC_URL', 'DISCORD_TOKEN', 'DISCORD_VIEWER_ROLES', 'PORT'] as const)
      for (const part of ['"', ' ', '/', '1 ', '<@1'])
        expect(tidyValue(name, `${part.repeat(60_000)}x`).length).toBeGreaterThan(0);
  });

  it.each<[SettingName, string]>([
    ['PUBLIC_URL', 'tv.example.org:8002'],
    ['PUBLIC_URL', 'nas'],
    ['PUBLIC_URL', 'nas.local'],
    ['PUBLIC_URL', 'ftp://tv.example.org'],
    ['TELEGRAM_API_URL', 'proxy.example'],
    ['PORT', '80.5'],
    ['PORT', '80 minutes of'],
    ['ETIQUETTE', 'pol'],
    ['EMBED_ORIGINS', 'https://example.org; script-src *'],
    ['DISCORD_GUILD_ID', '1,2'],
    ['DISCORD_VIEWER_ROLES', '@everyone'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['HOST', 'http://0.0.0.0'],
  ])('is not guessed where the meaning is not certain: %s %j', (name, typed) => {
    const tidied = tidyValue(name, typed);
    expect(() => readConfig({ [name]: tidied })).toThrow(`settings_wrong: ${name} must_be_`);
  });
});
