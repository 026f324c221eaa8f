import { describe, expect, it } from 'vitest';
import { tidyChanges } from '../../src/config/tidy-changes.ts';

const isLocked = (name: string) => name === 'HOST' || name === 'DATA_DIR';

describe('tidyChanges', () => {
  it('gives the values as they were meant, and null for the default', () => {
    const changes = { PORT: ' 8003 ', PUBLIC_URL: 'tv.example.org', AUDIO: null, REACTIONS: ' ' };
    expect(tidyChanges(changes, { isLocked, textOf: () => null, dataDir: '/data' })).toEqual({
      values: { PORT: '8003', PUBLIC_URL: 'https://tv.example.org', AUDIO: null, REACTIONS: '' },
      problems: [],
    });
  });

  it('says of every change why it cannot be made', () => {
    const changes = {
      ...{ PORT: '8003', HOST: '0.0.0.0', DATA_DIR: 'x', VIEWER_ACCES: 'key', port: null },
      ...{ ['x'.repeat(90)]: '', constructor: '', XTREAM_USER_AGENT: 'a\u0000b' },
    };
    const { values, problems } = tidyChanges(changes, { isLocked, textOf: () => null, dataDir: '/data' });
    expect(values).toEqual({ PORT: '8003' });
    expect(problems).toEqual([
      { name: 'HOST', rule: 'set_by_environment', params: {} },
      { name: 'DATA_DIR', rule: 'environment_only', params: {} },
      { name: 'VIEWER_ACCES', rule: 'misspelt_setting', params: { nearest: 'VIEWER_ACCESS' } },
      { name: 'port', rule: 'misspelt_setting', params: { nearest: 'PORT' } },
      { name: 'x'.repeat(40), rule: 'unknown_setting', params: {} },
      { name: 'constructor', rule: 'unknown_setting', params: {} },
      { name: 'XTREAM_USER_AGENT', rule: 'must_be_one_line', params: {} },
    ]);
  });

  it.each([
    ['/data/lists/tv.m3u.gz', true],
    ['tv.m3u', true],
    ['lists/tv.m3u', true],
    ['file:///data/tv.m3u', true],
    ['https://list.example/tv.m3u', true],
    ['/etc/passwd', false],
    ['../etc/passwd', false],
    ['/data/../etc/passwd', false],
    ['/database/tv.m3u', false],
    ['/data', false],
    ['file:///etc/passwd', false],
    ['file://localhost/etc/passwd', false],
    ['FILE:/etc/passwd', false],
    ['file:etc/passwd', false],
    ['file://other/etc/passwd', false],
    ['file:///data/%2e%2e/etc/passwd', false],
    ['file:///%', false],
  ])('takes a list from the page that is in DATA_DIR, and no other file: %s', (place, isTaken) => {
    const present = { isLocked: () => false, textOf: () => null, dataDir: '/data' };
    const { problems } = tidyChanges({ M3U_1_URL: place }, present);
    expect(problems).toEqual(isTaken ? [] : [{ name: 'M3U_1_URL', rule: 'list_outside', params: {} }]);
  });

  it.each<[changes: Record<string, string | null>, asksFor: string | null]>([
    [{ XTREAM_URL: 'http://q.example' }, 'XTREAM_USERNAME, XTREAM_PASSWORD'],
    [{ XTREAM_URL: 'http://q.example', XTREAM_PASSWORD: 'x' }, 'XTREAM_USERNAME'],
    [{ XTREAM_URL: 'http://q.example', XTREAM_USERNAME: 'x' }, 'XTREAM_PASSWORD'],
    [{ XTREAM_URL: 'http://q.example', XTREAM_USERNAME: 'x', XTREAM_PASSWORD: 'y' }, null],
    [{ XTREAM_URL: 'http://p.example' }, null],
    [{ DISCORD_API_URL: 'http://q.example' }, 'DISCORD_TOKEN, DISCORD_CLIENT_SECRET'],
    [{ DISCORD_API_URL: 'http://q.example', DISCORD_TOKEN: 'x' }, 'DISCORD_CLIENT_SECRET'],
    [{ DISCORD_API_URL: 'http://q.example', DISCORD_TOKEN: null }, 'DISCORD_CLIENT_SECRET'],
    [{ DISCORD_API_URL: 'http://q.example', DISCORD_TOKEN: null, DISCORD_CLIENT_SECRET: null }, null],
    [{ DISCORD_API_URL: null }, null],
    [{ TELEGRAM_API_URL: 'http://q.example', TLS_ACCEPT: 'any' }, 'TELEGRAM_TOKEN'],
    [{ TELEGRAM_API_URL: 'http://q.example', TELEGRAM_TOKEN: '' }, null],
    [{ JELLYFIN_URL: 'http://q.example' }, 'JELLYFIN_API_KEY'],
  ])('lets nobody have a secret sent elsewhere who does not know it: %j', (changes, secret) => {
    const texts: Record<string, string> = {
      ...{ XTREAM_URL: 'http://p.example', XTREAM_USERNAME: 'ada', XTREAM_PASSWORD: 'lovelace' },
      ...{ DISCORD_TOKEN: 'a', DISCORD_CLIENT_SECRET: 'b', TELEGRAM_TOKEN: 'c', JELLYFIN_API_KEY: 'd' },
    };
    const { problems } = tidyChanges(changes, {
      isLocked: () => false,
      textOf: (name) => texts[name] ?? null,
      dataDir: '/data',
    });
    const [name] = Object.keys(changes);
    expect(problems).toEqual(secret === null ? [] : [{ name, rule: 'secret_again', params: { secret } }]);
  });
});
