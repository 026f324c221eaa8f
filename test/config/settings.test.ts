import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/config.ts';
import { Settings } from '../../src/config/settings.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'settings-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const open = (env: Record<string, string> = {}) => Settings.open({ DATA_DIR: directory, ...env });
const file = () => join(directory, 'settings.json');
const account = { XTREAM_URL: 'http://p.example', XTREAM_USERNAME: 'u', XTREAM_PASSWORD: 'secret' };

describe('settings of the set-up page', () => {
  it('are in force at once and after a restart, in a file that only the owner can read', async () => {
    const settings = open();
    await settings.change({ ...account, PORT: '8010' });
    expect(settings.current).toMatchObject({ port: 8010, xtream: { username: 'u' } });
    expect(open().current).toMatchObject({ port: 8010, xtream: { username: 'u' } });
    if (process.platform !== 'win32') expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file(), 'utf8'))).toEqual({ ...account, PORT: '8010' });
  });

  it('yield to the environment, which is told as their source', async () => {
    await open().change({ PORT: '8010', ETIQUETTE: 'free' });
    const settings = open({ PORT: '8020' });
    expect(settings.current).toMatchObject({ port: 8020, etiquette: 'free' });
    expect(['PORT', 'ETIQUETTE', 'AUDIO', 'DATA_DIR'].map((name) => settings.sourceOf(name))).toEqual([
      'environment',
      'page',
      'default',
      'environment',
    ]);
    await expect(settings.change({ PORT: '8030', AUDIO: 'mp3' })).rejects.toMatchObject({
      code: 'settings_wrong',
      problems: [
        { name: 'PORT', rule: 'set_by_environment' },
        { name: 'AUDIO', rule: 'must_be_one_of' },
      ],
    });
  });

  it('name no file outside DATA_DIR, not even in the file; the environment may', async () => {
    const outside = { M3U_1_URL: '/etc/passwd' };
    await expect(open().change(outside)).rejects.toMatchObject({ problems: [{ rule: 'list_outside' }] });
    await writeFile(file(), JSON.stringify({ ...outside, M3U_2_URL: 'tv.m3u' }));
    const settings = open();
    expect(settings.current.accounts).toMatchObject([{ id: 'm2', url: join(directory, 'tv.m3u') }]);
    expect(settings.leftOut).toEqual(['M3U_1_URL']);
    expect(open(outside).current.accounts).toMatchObject([{ id: 'm1', url: '/etc/passwd' }, { id: 'm2' }]);
  });

  it('are kept as they were meant', async () => {
    const settings = open();
    await settings.change({ PUBLIC_URL: '"tv.example.org"', ETIQUETTE: 'Free', AUDIO: ' ' });
    expect(settings.current).toMatchObject({ publicUrl: 'https://tv.example.org', etiquette: 'free' });
    const kept = { PUBLIC_URL: 'https://tv.example.org', ETIQUETTE: 'free' };
    expect(JSON.parse(await readFile(file(), 'utf8'))).toEqual(kept);
  });

  it('are told with what must be restarted for them', async () => {
    const settings = open({ PORT: '8020' });
    const told = (name: string) => settings.list().find((setting) => setting.name === name);
    expect(told('PORT')).toMatchObject({ value: '8020', source: 'environment', needsRestart: false });
    expect(told('LOG_LEVEL')).toMatchObject({ value: 'info', source: 'default', needsRestart: false });
    await settings.change({ LOG_LEVEL: 'debug', REACTIONS: 'room' });
    expect(told('LOG_LEVEL')).toMatchObject({ value: 'debug', source: 'page', needsRestart: true });
    expect(told('REACTIONS')).toMatchObject({ value: 'room', source: 'page', needsRestart: false });
    await settings.change({ LOG_LEVEL: null });
    expect(told('LOG_LEVEL')?.needsRestart).toBe(false);
  });

  it('of the account count only where the environment names none of its parts', async () => {
    await open().change(account);
    const other = { XTREAM_URL: 'http://q.example', XTREAM_USERNAME: 'v', XTREAM_PASSWORD: 'w' };
    expect(open(other).current.xtream).toEqual({ url: 'http://q.example', username: 'v', password: 'w' });
    expect(() => open({ XTREAM_URL: 'http://q.example' })).toThrow(ConfigError);
  });

  it('are changed all or not at all', async () => {
    const settings = open();
    await settings.change({ ETIQUETTE: 'free' });
    await expect(settings.change({ ETIQUETTE: 'polite', PORT: 'eighty' })).rejects.toThrow(ConfigError);
    expect(settings.current).toMatchObject({ etiquette: 'free', port: 8002 });
    expect(open().current).toMatchObject({ etiquette: 'free', port: 8002 });
  });

  it('go back to the default, and to the version before the last change and forth', async () => {
    const settings = open();
    expect(settings.canUndo).toBe(false);
    await expect(settings.undo()).rejects.toMatchObject({ code: 'nothing_to_undo' });
    await settings.change({ ETIQUETTE: 'free' });
    await settings.change({ ETIQUETTE: null });
    expect(settings.current.etiquette).toBe('polite');
    await open().undo();
    const later = open();
    expect(later.current.etiquette).toBe('free');
    await later.undo();
    expect(later.current.etiquette).toBe('polite');
  });

  it('stay as they were where the running parts cannot follow', async () => {
    const settings = open();
    const applied: string[] = [];
    settings.applyWith(async ({ after, names }) => {
      applied.push(`${[...names].join()} ${after.port}`);
      if (after.port === 8010) throw new Error('the port is taken');
    });
    await expect(settings.change({ PORT: '8010' })).rejects.toThrow('the port is taken');
    expect(settings.current.port).toBe(8002);
    expect(open().current.port).toBe(8002);
    await settings.change({ PORT: '8011' });
    expect(applied).toEqual(['PORT 8010', 'PORT 8011']);
  });

  it('stay as they were, also in the running parts, where the file cannot be written', async () => {
    const settings = open();
    const ports: number[] = [];
    settings.applyWith(async ({ after }) => void ports.push(after.port));
    await rm(directory, { recursive: true });
    await writeFile(directory, 'no folder');
    await expect(settings.change({ PORT: '8010' })).rejects.toMatchObject({ code: 'data_dir' });
    expect(settings.current.port).toBe(8002);
    expect(ports).toEqual([8010, 8002]);
  });

  it('wait for each other', async () => {
    const settings = open();
    const order: number[] = [];
    settings.applyWith(async ({ after }) => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push(after.port);
    });
    await Promise.all([settings.change({ PORT: '8010' }), settings.change({ PORT: '8011' })]);
    expect(order).toEqual([8010, 8011]);
    expect(open().current.port).toBe(8011);
  });

  it.each<[what: string, text: string, port: number, leftOut: RegExp]>([
    ['a damaged file', '{"PORT": "80', 8002, /settings\.json$/],
    ['another kind of file', '[1]', 8002, /settings\.json$/],
    ['a value that is not valid', '{"PORT": "eighty", "ETIQUETTE": "free"}', 8002, /^PORT$/],
    ['half an account', '{"XTREAM_URL": "http://p.example", "PORT": "8010"}', 8010, /^XTREAM_URL$/],
  ])('never prevent a start: %s', async (_what, text, port, leftOut) => {
    await writeFile(file(), text);
    const settings = open();
    expect(settings.current.port).toBe(port);
    expect(settings.leftOut.join()).toMatch(leftOut);
  });

  it.each<[what: string, text: string]>([
    ['a value that is none', '{"VIEWER_ACCESS": "keys"}'],
    ['a damaged file', '{"VIEWER_ACCESS": "key"'],
    ['a file cut off', ''],
    ['other settings that go with it', '{"VIEWER_ACCESS": "nobody", "PORT": "eighty", "XTREAM_URL": "x"}'],
  ])('let nobody in where they cannot be read: %s', async (_what, text) => {
    await writeFile(file(), text);
    expect(open().current.viewerAccess).toBe('login');
    expect(open({ VIEWER_ACCESS: 'key' }).current.viewerAccess).toBe('key');
  });

  it('let nobody in either where only a version from before is left, in which nobody had asked for it', async () => {
    await open().change({ VIEWER_ACCESS: 'key' });
    await writeFile(file(), '{"VIEWER_');
    expect(open().current.viewerAccess).toBe('login');
  });

  it('let everybody in as before where only others cannot be read', async () => {
    await writeFile(file(), '{"PORT": "eighty", "ETIQUETTE": "free"}');
    expect(open().current.viewerAccess).toBe('public');
    await writeFile(file(), '{"VIEWER_ACCESS": "key", "PORT": "eighty"}');
    expect(open().current.viewerAccess).toBe('key');
  });

  it('are those of the former version where the file is damaged', async () => {
    const settings = open();
    await settings.change({ PORT: '8010' });
    await settings.change({ PORT: '8011' });
    await writeFile(file(), '');
    expect(open().current.port).toBe(8010);
  });
});

describe('a secret', () => {
  it.each([
    ['XTREAM_URL', ['XTREAM_USERNAME', 'XTREAM_PASSWORD']],
    ['DISCORD_API_URL', ['DISCORD_TOKEN']],
    ['TELEGRAM_API_URL', ['TELEGRAM_TOKEN']],
  ])('is not sent to another address at %s by somebody who does not know it', async (name, secrets) => {
    const settings = open();
    await settings.change({ ...account, DISCORD_TOKEN: 'one', TELEGRAM_TOKEN: 'two' });
    const elsewhere = { [name]: 'http://elsewhere.example' };
    await expect(settings.change(elsewhere)).rejects.toMatchObject({
      problems: [{ name, rule: 'secret_again', params: { secret: secrets.join(', ') } }],
    });
    const again = Object.fromEntries(secrets.map((secret) => [secret, 'three']));
    await settings.change({ ...elsewhere, ...again });
    expect(settings.text(name)).toBe('http://elsewhere.example');
  });
});
