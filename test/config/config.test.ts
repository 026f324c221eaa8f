import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/config/config.ts';
import { settingNames } from '../../src/domain/setting.ts';
import { settingSentences } from '../../src/words/setting-sentence.ts';

const account = {
  XTREAM_URL: 'http://panel.example:8080',
  XTREAM_USERNAME: 'someone',
  XTREAM_PASSWORD: 'something',
};

/** What the terminal shows. */
function complaint(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return settingSentences('en', error.problems);
    throw error;
  }
  return '';
}

describe('readConfig', () => {
  it('needs no setting at all: then it is the demo, for this machine only', () => {
    expect(readConfig({})).toMatchObject({
      xtream: null,
      host: '127.0.0.1',
      port: 8002,
      publicUrl: null,
      trustProxy: false,
      viewerAccess: 'public',
      audio: 'auto',
      logLevel: 'info',
    });
  });

  it('takes an account', () => {
    const { xtream, accounts } = readConfig({ ...account, XTREAM_MAX_CONNECTIONS: '2' });
    expect(xtream).toEqual({
      url: 'http://panel.example:8080',
      username: 'someone',
      password: 'something',
    });
    expect(accounts).toEqual([{ id: 'main', kind: 'xtream', maxConnections: 2, isOff: false, ...xtream }]);
  });

  it('takes further accounts in their order, and knows which are not in use', () => {
    const { xtream, accounts } = readConfig({
      ...{ M3U_2_URL: 'http://list.example/tv.m3u', M3U_2_MAX_CONNECTIONS: '3', ACCOUNTS_OFF: 'm2' },
      ...{ XTREAM_3_URL: 'http://other.example', XTREAM_3_USERNAME: 'b', XTREAM_3_PASSWORD: 'c' },
    });
    expect(xtream).toBeNull();
    expect(accounts).toMatchObject([
      { id: 'x3', kind: 'xtream', username: 'b', maxConnections: null, isOff: false },
      { id: 'm2', kind: 'm3u', url: 'http://list.example/tv.m3u', maxConnections: 3, isOff: true },
    ]);
  });

  it.each([
    [undefined, ['main', 'x3', 'm1', 'm2']],
    ['m2, x3', ['m2', 'x3', 'main', 'm1']],
    ['m1,main,m1', ['m1', 'main', 'x3', 'm2']],
    ['x5,m1', ['m1', 'main', 'x3', 'm2']],
  ])('sorts accounts by ACCOUNTS_ORDER, and those that it does not name after them: %s', (order, ids) => {
    const { xtream, accounts } = readConfig({
      ...account,
      ...{ XTREAM_3_URL: 'http://other.example', XTREAM_3_USERNAME: 'b', XTREAM_3_PASSWORD: 'c' },
      ...{ M3U_1_URL: 'tv.m3u', M3U_2_URL: 'http://list.example/tv.m3u', ACCOUNTS_OFF: 'm2' },
      ...(order === undefined ? {} : { ACCOUNTS_ORDER: order }),
    });
    expect(accounts.map(({ id }) => id)).toEqual(ids);
    expect(accounts.find(({ isOff }) => isOff)?.id).toBe('m2');
    expect(xtream?.username).toBe('someone');
  });

  it.each([
    ['/lists/tv.m3u', '/lists/tv.m3u'],
    ['lists/tv.m3u.gz', '/data/lists/tv.m3u.gz'],
    ['file:///lists/my%20tv.m3u', '/lists/my tv.m3u'],
    ['http://list.example/tv.m3u', 'http://list.example/tv.m3u'],
  ])('takes a list from a file, where a relative path begins in DATA_DIR: %s', (place, url) => {
    expect(readConfig({ DATA_DIR: '/data', M3U_1_URL: place }).accounts).toMatchObject([{ id: 'm1', url }]);
  });

  it.each<[Record<string, string>, string]>([
    [{ M3U_1_URL: 'ftp://list.example/tv.m3u' }, 'M3U_1_URL'],
    [{ XTREAM_2_URL: 'http://other.example' }, 'XTREAM_2_USERNAME'],
    [{ ACCOUNTS_OFF: 'x2,x9' }, 'ACCOUNTS_OFF'],
    [{ ...account, ACCOUNTS_ORDER: 'main,list-1' }, 'ACCOUNTS_ORDER must be subscriptions and lists'],
    [{ ...account, ACCOUNTS_OFF: 'main' }, 'ACCOUNTS_OFF'],
  ])('refuses %o', (env, name) => {
    expect(complaint(env)).toContain(name);
  });

  it('takes an empty or blank value as not set, as .env files have them', () => {
    const blank = Object.fromEntries(
      ['XTREAM_URL', 'XTREAM_USERNAME', 'XTREAM_PASSWORD', 'PORT', 'LOG_LEVEL', 'AUDIO', 'ADMIN_TOKEN'].map(
        (name, index) => [name, index % 2 ? '' : '  '],
      ),
    );
    expect(readConfig(blank)).toEqual(readConfig({}));
  });

  it('tells each setting by its name, with the value in force', () => {
    const { settings } = readConfig({
      PUBLIC_URL: 'https://tv.example/',
      DISCORD_ADMIN_ROLES: '1, 2',
      LOG_LEVEL: ' ',
    });
    const told = (name: string) => settings.find((setting) => setting.name === name);
    expect(settings.map(({ name }) => name)).toEqual(settingNames);
    expect(told('PUBLIC_URL')).toEqual({
      ...{ name: 'PUBLIC_URL', group: 'server', kind: 'address', choices: [], applies: 'at_once' },
      ...{ value: 'https://tv.example', defaultValue: null, isSet: true, isSecret: false },
    });
    expect(told('DISCORD_ADMIN_ROLES')).toMatchObject({ value: '1,2', isSet: true });
    expect(told('LOG_LEVEL')).toMatchObject({ value: 'info', defaultValue: 'info', isSet: false });
    expect(told('FFMPEG_PATH')).toMatchObject({ value: null, isSet: false, isSecret: false });
    expect(told('ADMIN_TOKEN')).toMatchObject({ value: null, isSet: false, isSecret: true });
  });

  it('reads which certificates of the provider are accepted', () => {
    const none = { isAny: false, hosts: [], fingerprints: [] };
    expect(readConfig({}).tlsAccept).toEqual(none);
    expect(readConfig({ TLS_ACCEPT: 'any' }).tlsAccept).toEqual({ ...none, isAny: true });
    expect(complaint({ TLS_ACCEPT: 'https://panel.example' })).toContain('TLS_ACCEPT must be any, or');
  });

  it('reads which categories are left out', () => {
    expect(readConfig({}).listFilter.hiddenCategories).toEqual(new Set());
    expect(readConfig({ HIDDEN_CATEGORIES: '12, x-3,,' }).listFilter.hiddenCategories).toEqual(
      new Set(['12', 'x-3']),
    );
  });

  it('reads patterns of the channels that are left out and kept', () => {
    expect(
      readConfig({ HIDDEN_CHANNELS: 'xxx*, sky sport,,', ONLY_CHANNELS: 'FR' }).listFilter,
    ).toMatchObject({
      hiddenChannels: ['xxx*', 'sky sport'],
      onlyChannels: ['FR'],
    });
    expect(complaint({ HIDDEN_CHANNELS: 'xxx,*' })).toContain('HIDDEN_CHANNELS must be words');
  });

  it('tells of what gives access, and of where the provider is, only whether it is set', () => {
    const hidden = {
      ...account,
      ADMIN_TOKEN: 'hidden-admin-token',
      DISCORD_TOKEN: 'hidden-discord',
      DISCORD_API_URL: 'http://me:hidden@proxy.example',
      DISCORD_CLIENT_SECRET: 'hidden-client',
      TELEGRAM_TOKEN: 'hidden-telegram',
      TELEGRAM_API_URL: 'http://me:hidden@proxy.example',
      TLS_ACCEPT: 'hidden.example',
      XMLTV_URLS: 'http://guide.example/?token=hidden',
      JELLYFIN_API_KEY: 'hidden-jellyfin',
      EDGE_SECRET: 'hidden-edge-secret',
    };
    const others = { DISCORD_CLIENT_ID: '1', DISCORD_GUILD_ID: '1', PUBLIC_URL: 'https://tv.example' };
    const { settings } = readConfig({ ...hidden, ...others });
    const further = ['URL', 'USERNAME', 'PASSWORD'].map((part) => `XTREAM_5_${part}`);
    for (const name of [...further, 'M3U_1_URL'])
      expect(settings).toContainEqual(expect.objectContaining({ name, isSecret: true }));
    const told = settings.filter(({ name, isSecret }) => isSecret && !/\d/.test(name));
    expect(told.map(({ name }) => name).sort()).toEqual(Object.keys(hidden).sort());
    expect(told.every(({ value, isSet }) => value === null && isSet)).toBe(true);
  });

  it('leaves alone what other programs have in the environment', () => {
    expect(readConfig({ LANGUAGE: 'de_DE:de', PATH: '/bin', LANG: 'C' })).toEqual(readConfig({}));
  });

  it.each([
    ['fr', ['fr']],
    ['fra, eng', ['fr', 'en']],
    ['FRE,qaa', ['fr', 'qaa']],
    ['mul,gsw', ['qaa', 'gsw']],
  ])('takes AUDIO_LANGUAGES=%s', (value, expected) => {
    expect(readConfig({ AUDIO_LANGUAGES: value }).audioLanguages).toEqual(expected);
  });

  it('gives settings that cannot be changed afterwards', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });

  it.each([
    ['XTREAM_URL', 'panel.example:8080', 'http'],
    ['XTREAM_URL', 'ftp://panel.example', 'http'],
    ['XTREAM_MAX_CONNECTIONS', '0', 'from 1 to 100'],
    ['XTREAM_MAX_CONNECTIONS', 'many', 'whole number'],
    ['PORT', 'eighty', 'whole number'],
    ['PORT', '80.5', 'whole number'],
    ['PORT', '-7', 'from 0 to 65535'],
    ['PORT', '65536', 'from 0 to 65535'],
    ['HOST', 'http://127.0.0.1:8002', 'without a port'],
    ['XTREAM_USER_AGENT', 'VLC 📺', 'plain text'],
    ['PUBLIC_URL', 'tv.example', 'http'],
    ['TRUST_PROXY', 'my-proxy.example', 'true'],
    ['TRUST_PROXY', 'yes', 'true'],
    ['ADMIN_TOKEN', 'tooshort', '12 characters'],
    ['ADMIN_TOKEN', 'has a space in it', 'space'],
    ['VIEWER_ACCESS', 'nobody', 'public, key, login'],
    ['EMBED_ORIGINS', 'example.org', 'https://example.org'],
    ['EMBED_ORIGINS', 'https://example.org/page', 'without a path'],
    ['EMBED_ORIGINS', 'https://example.org; script-src *', 'without a path'],
    ['EMBED_ORIGINS', 'https://example.org;sandbox', 'without a path'],
    ['DISCORD_CLIENT_ID', 'abc', 'digits'],
    ['AUDIO_LANGUAGES', 'french', 'fr,en'],
    ['AUDIO_LANGUAGES', 'xx', 'fr,en'],
    ['AUDIO_LANGUAGES', 'fr,,en', 'fr,en'],
    ['AUDIO_LANGUAGES', 'und', 'fr,en'],
    ['DEFAULT_LANGUAGE', 'de', 'fr, en'],
    ['TELEGRAM_WEBHOOK', 'maybe', 'true, false'],
    ['TELEGRAM_WEBHOOK', 'true', 'https://'],
    ['AUDIO', 'mp3', 'auto, aac, copy'],
    ['VIDEO_ENCODER', 'h265', 'libx264'],
    ['FAILOVER', 'on', 'off, gone, bad'],
    ['IDLE_STOP_MINUTES', 'soon', 'whole number'],
    ['LOG_LEVEL', 'verbose', 'debug'],
    ['OUTPUT_CHANNELS', 'some', 'none, favourites, all'],
    ['OUTPUT_CHANNELS', 'categories: ,', 'categories:News,Sport'],
    ['HDHOMERUN_DISCOVERY', 'maybe', 'on, off'],
    ['XMLTV_URLS', 'http://guide.example/a.xml guide.example/b.xml', 'http'],
    ['JELLYFIN_URL', 'nas', 'http'],
    ['JELLYFIN_API_KEY', '🔑', 'plain text'],
  ])('refuses %s=%s, names the setting and says what it must be', (name, value, hint) => {
    const message = complaint(name.startsWith('XTREAM') ? { ...account, [name]: value } : { [name]: value });
    expect(message).toContain(name);
    expect(message).toContain(hint);
  });

  it('has a message for the log with names and rules alone', () => {
    expect(() => readConfig({ PORT: 'secret', XTREAM_URL: 'http://secret.example' })).toThrow(
      /^settings_wrong: PORT must_be_whole_number, XTREAM_USERNAME account_part_missing, XTREAM_PASSWORD account_part_missing$/,
    );
  });

  it('names everything that is wrong at once, and none of the values', () => {
    const wrong = {
      XTREAM_URL: 'secret-address',
      XTREAM_USERNAME: 'secret-user',
      PORT: 'secret-port',
      PUBLIC_URL: 'secret-public',
      TRUST_PROXY: 'secret-proxy',
      ADMIN_TOKEN: 'secret',
      VIEWER_ACCESS: 'secret-access',
      LOG_LEVEL: 'secret-level',
      AUDIO: 'secret-audio',
    };
    const message = complaint(wrong);
    for (const name of [...Object.keys(wrong), 'XTREAM_PASSWORD']) {
      if (name !== 'XTREAM_USERNAME') expect(message).toContain(`- ${name} `);
    }
    expect(message).not.toMatch(/secret/);
    expect(message.split('\n').length).toBeLessThanOrEqual(10);
  });

  it.each([
    [['XTREAM_URL'], ['XTREAM_USERNAME', 'XTREAM_PASSWORD']],
    [['XTREAM_USERNAME'], ['XTREAM_URL', 'XTREAM_PASSWORD']],
    [['XTREAM_URL', 'XTREAM_USERNAME'], ['XTREAM_PASSWORD']],
    [['XTREAM_URL', 'XTREAM_PASSWORD'], ['XTREAM_USERNAME']],
  ] as const)('takes half an account for a mistake, not for the demo: %j alone', (given, missing) => {
    const half = Object.fromEntries(
      Object.entries(account).filter(([name]) => given.includes(name as never)),
    );
    const message = complaint(half);
    for (const name of missing) expect(message).toContain(`${name} is missing`);
    for (const value of Object.values(account)) expect(message).not.toContain(value);
  });

  it('wants all that logging in with Discord takes, or none of it', () => {
    const message = complaint({ DISCORD_CLIENT_ID: '123', DISCORD_TOKEN: 'token' });
    for (const name of ['DISCORD_CLIENT_SECRET', 'DISCORD_GUILD_ID', 'PUBLIC_URL'])
      expect(message).toContain(`- ${name} is missing`);
    expect(message).not.toContain('DISCORD_TOKEN');
    const { discord } = readConfig({
      ...{ DISCORD_CLIENT_ID: '123', DISCORD_CLIENT_SECRET: 'secret', DISCORD_TOKEN: 'token' },
      ...{ DISCORD_GUILD_ID: '456', PUBLIC_URL: 'https://tv.example' },
    });
    expect(discord?.login).toEqual({ clientId: '123', clientSecret: 'secret' });
  });

  it('takes several origins for frames', () => {
    expect(readConfig({ EMBED_ORIGINS: 'https://a.example/, http://b.example:81' }).embedOrigins).toEqual([
      'https://a.example',
      'http://b.example:81',
    ]);
  });

  it.each([
    ['true', true],
    ['false', false],
    ['127.0.0.1', '127.0.0.1'],
    ['10.0.0.0/8, ::1', '10.0.0.0/8, ::1'],
    ['loopback', 'loopback'],
  ])('takes TRUST_PROXY=%s', (value, expected) => {
    expect(readConfig({ TRUST_PROXY: value }).trustProxy).toBe(expected);
  });

  it('takes a webhook where Telegram can reach it, or a Bot API server of one’s own can', () => {
    const webhook = { TELEGRAM_TOKEN: '1:a', TELEGRAM_WEBHOOK: 'true' };
    const isWebhook = (env: Record<string, string>) => readConfig({ ...webhook, ...env }).telegram?.isWebhook;
    expect(isWebhook({ PUBLIC_URL: 'https://tv.example' })).toBe(true);
    expect(isWebhook({ PUBLIC_URL: 'http://10.0.0.2', TELEGRAM_API_URL: 'http://10.0.0.3' })).toBe(true);
    expect(complaint({ ...webhook, PUBLIC_URL: 'http://tv.example' })).toContain('TELEGRAM_WEBHOOK needs');
    expect(readConfig({ TELEGRAM_TOKEN: '1:a' }).telegram?.isWebhook).toBe(false);
  });

  it('takes PUBLIC_URL with or without its slash', () => {
    expect(readConfig({ PUBLIC_URL: 'https://tv.example/' }).publicUrl).toBe('https://tv.example');
    expect(readConfig({ PUBLIC_URL: 'https://tv.example' }).publicUrl).toBe('https://tv.example');
  });

  it('reads which channels players are offered', () => {
    expect(readConfig({}).outputChannels).toEqual({ kind: 'none' });
    expect(readConfig({ OUTPUT_CHANNELS: 'all' }).outputChannels).toEqual({ kind: 'all' });
    expect(readConfig({ OUTPUT_CHANNELS: 'categories:FR| News, 12,' }).outputChannels).toEqual({
      kind: 'categories',
      categories: ['FR| News', '12'],
    });
  });

  it('reads further guides, whose addresses may have commas', () => {
    expect(readConfig({}).xmltvUrls).toEqual([]);
    expect(
      readConfig({ XMLTV_URLS: 'http://a.example/?ids=1,2;3, https://b.example/x.xml.gz' }).xmltvUrls,
    ).toEqual(['http://a.example/?ids=1,2;3', 'https://b.example/x.xml.gz']);
  });

  it('tells Jellyfin something only where both its address and a key are set', () => {
    expect(readConfig({ JELLYFIN_URL: 'http://nas:8096/' }).jellyfin).toBeNull();
    expect(readConfig({ JELLYFIN_URL: 'http://nas:8096/', JELLYFIN_API_KEY: 'k' }).jellyfin).toEqual({
      url: 'http://nas:8096',
      apiKey: 'k',
    });
  });

  it('takes IDLE_STOP_MINUTES=0 as never', () => {
    expect(readConfig({ IDLE_STOP_MINUTES: '0' }).idleStopMinutes).toBeNull();
    expect(readConfig({ IDLE_STOP_MINUTES: '3' }).idleStopMinutes).toBe(3);
  });
});

describe('the files of recordings', () => {
  it('are named as media servers take them, as Matroska, unless the settings say otherwise', () => {
    const { names, format } = readConfig({}).recordingFiles;
    expect([names.length, format]).toEqual([4, 'mkv']);
    const chosen = readConfig({
      RECORDINGS_NAMES: '{title}/{date}',
      RECORDINGS_FORMAT: 'mp4',
    }).recordingFiles;
    expect([chosen.names.length, chosen.format]).toEqual([2, 'mp4']);
  });

  it('have names that can be read, or the settings are wrong, with what to write instead', () => {
    expect(complaint({ RECORDINGS_NAMES: '{titel}/{date}' })).toContain(
      'RECORDINGS_NAMES must be a place such as {title}/{title} - {date} {time}: with these words in braces ({title}, {subtitle},',
    );
  });
});
