import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OWNER_CODE_LIFETIME } from '../../src/access/owner-codes.ts';
import { AppError } from '../../src/domain/errors.ts';
import { TelegramGroups } from '../../src/store/telegram-groups.ts';
import type { TelegramState } from '../../src/web/setup/contract.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { logIn } from '../fakes/people.ts';
import { FakeTelegram } from '../fakes/telegram/fake-telegram.ts';

const PATH = '/api/setup/telegram';
const GROUP = '-1001234567890';
let fake: FakeHttp;
let telegram: FakeTelegram;
beforeEach(async () => {
  [fake, telegram] = await Promise.all([startFakeHttp(), FakeTelegram.start()]);
  fake.telegram.apiUrl = telegram.url;
});
afterEach(async () => {
  await Promise.all([fake.stop(), telegram.stop()]);
});

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
const ask = (method: Method, url = PATH, payload?: object, headers: Record<string, string> = bearer) =>
  fake.app.inject({
    method,
    url,
    headers: { 'accept-language': 'en', ...headers },
    ...(payload ? { payload } : {}),
  });
const put = (token: string, headers?: Record<string, string>) => ask('PUT', PATH, { token }, headers);
const allow = (id: string, isAllowed: boolean) =>
  ask('PUT', `${PATH}/groups/${id}`, { is_allowed: isAllowed });
const settings = () => Object.fromEntries(fake.telegram.settings);
/** The bot was added to a group. */
const join = (id: string, title: string) =>
  new TelegramGroups(fake.database).put(telegram.token.split(':', 1)[0] ?? '', { id, title }, 1);
const audit = () => fake.context.audit.list(9).map(({ action, by }) => `${by.name} ${action}`);

describe('before a token is set', () => {
  it('the page learns that the bot is off', async () => {
    expect((await ask('GET')).json()).toEqual({
      state: 'off',
      message: 'The bot is off: paste its token to turn it on.',
      has_token: false,
      bot: null,
      start_url: null,
      admins: [],
      groups: [],
    } satisfies TelegramState);
    expect(
      (await ask('GET', PATH, undefined, { ...bearer, 'accept-language': 'fr' })).json().message,
    ).toMatch(/désactivé/);
  });

  it.each([
    ['POST', `${PATH}/code`, undefined],
    ['PUT', `${PATH}/groups/${GROUP}`, { is_allowed: true }],
  ] as const)('%s %s says that the token comes first, and changes nothing', async (method, url, payload) => {
    fake.telegram.settings.set('TELEGRAM_VIEWER_IDS', '7');
    const answer = await ask(method, url, payload);
    expect(answer.statusCode).toBe(409);
    expect(answer.json().error).toMatchObject({ code: 'telegram_off' });
    expect(settings()).toEqual({ TELEGRAM_VIEWER_IDS: '7' });
    expect(fake.context.setupTelegram.codes.current).toBeNull();
  });
});

describe('a token that Telegram knows', () => {
  it('is stored at once, and the page gets the bot’s name and a link for its owner', async () => {
    const answer = await put(`Use this token to access the HTTP API:\n${telegram.token}\nKeep it safe.`);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      state: 'on',
      message: 'The bot is on.',
      has_token: true,
      bot: { name: 'Zapette', username: 'zapette_bot' },
      start_url: expect.stringMatching(/^https:\/\/t\.me\/zapette_bot\?start=owner_[\w-]{32}$/),
      admins: [],
      groups: [],
    });
    expect(settings()).toEqual({ TELEGRAM_TOKEN: telegram.token });
    expect(fake.telegram.changes).toEqual(['TELEGRAM_TOKEN']);
    expect((await ask('GET')).json()).toEqual(answer.json());
    expect(telegram.count('getMe')).toBe(1);
    expect(telegram.violations).toEqual([]);
  });

  it('is in no answer, in no entry of the audit log, and hidden in the log', async () => {
    const secret = telegram.token.split(':')[1] ?? '';
    const answers = [await put(telegram.token), await ask('GET'), await ask('GET', '/api/audit')];
    telegram.fail('getMe', 'drop');
    answers.push(await put(telegram.token));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 502]);
    for (const { body } of answers) expect(body).not.toContain(secret);
    const log = JSON.stringify(fake.log());
    expect(log).toContain('telegram_unreachable');
    expect(log).not.toContain(secret);
    expect(fake.secrets.scrub(telegram.token)).toBe('***');
  });

  it('needs no link if somebody is an admin already; a group of admins is nobody', async () => {
    fake.telegram.settings.set('TELEGRAM_ADMIN_IDS', GROUP);
    expect((await put(telegram.token)).json().start_url).not.toBeNull();
    await ask('DELETE');
    fake.telegram.settings.set('TELEGRAM_ADMIN_IDS', `${GROUP},7`);
    expect((await put(telegram.token)).json().start_url).toBeNull();
  });

  it('is forgotten on demand, with the link', async () => {
    await put(telegram.token);
    const { codes } = fake.context.setupTelegram;
    const code = codes.current ?? '';
    const answer = await ask('DELETE');
    expect(answer.json()).toMatchObject({ state: 'off', has_token: false, bot: null, start_url: null });
    expect(settings()).toEqual({});
    expect(await codes.redeem(code, { id: 'telegram:7', name: 'Ana' })).toBe(false);
  });
});

describe('a wrong token', () => {
  it.each([
    ['', 400, 'telegram_token_missing'],
    ['  \n ', 400, 'telegram_token_missing'],
    ['@zapette_bot', 400, 'telegram_token_malformed'],
    ['https://t.me/zapette_bot', 400, 'telegram_token_malformed'],
    ['hunter2', 400, 'telegram_token_malformed'],
    ['424242', 400, 'telegram_token_cut'],
    ['424242:', 400, 'telegram_token_cut'],
    ['424242:AAFakeToken', 400, 'telegram_token_cut'],
    ['AAFq3v-Zk_9sT7wXbR2mLpQe0uYcHn1jGdI', 400, 'telegram_token_cut'],
    [
      'MTE4NzY1NDMyMTA5ODc2NTQzMg.GxYzAb.q3vZk9sT7wXbR2mLpQe0uYcHn1jGdIabcdef12',
      400,
      'telegram_token_of_discord',
    ],
    [
      '111111:AAFq3v-Zk_9sT7wXbR2mLpQe0uYcHn1jGdI 222222:AAFq3v-Zk_9sT7wXbR2mLpQe0uYcHn1jGdI',
      400,
      'telegram_token_several',
    ],
    ['424242:AAFq3v-Zk_9sT7wXbR2mLpQe0uYcHn1jGdI', 400, 'telegram_token_refused'],
    // Telegram refuses it, and it has a letter less than Telegram's.
    ['424242:AAFq3v-Zk_9sT7wXbR2mLpQe0uYcHn1jGd', 400, 'telegram_token_cut'],
  ])('%j is answered with %i %s, and is not stored', async (token, status, code) => {
    await put(telegram.token);
    fake.telegram.changes.length = 0;
    for (const language of ['en', 'fr']) {
      const answer = await put(token, { ...bearer, 'accept-language': language });
      expect(answer.statusCode).toBe(status);
      const { error } = answer.json();
      expect(error.code).toBe(code);
      expect(error.message).toMatch(language === 'fr' ? /[éùç]|«|coll|cop/i : /paste|copy/i);
      if (token.length > 12) expect(error.message).not.toContain(token);
    }
    expect(settings()).toEqual({ TELEGRAM_TOKEN: telegram.token });
    expect(fake.telegram.changes).toEqual([]);
    telegram.takeViolations();
  });

  it.each([
    ['drop', 502, 'telegram_unreachable'],
    ['bad-gateway', 502, 'telegram_unreachable'],
    [{ kind: 'refuse', code: 500, description: 'Internal Server Error' }, 502, 'telegram_unreachable'],
    [{ kind: 'flood', retryAfter: 30 }, 429, 'rate_limited'],
  ] as const)('is not said of a token that could not be checked (%j)', async (fault, status, code) => {
    telegram.fail('getMe', fault);
    const answer = await put(telegram.token);
    expect([answer.statusCode, answer.json().error.code]).toEqual([status, code]);
    expect(settings()).toEqual({});
  });

  it('cannot be guessed: only some tries a minute reach Telegram', async () => {
    const statuses: number[] = [];
    for (let guess = 0; guess < 12; guess++)
      statuses.push((await put('424242:AAFq3v-Zk_9sT7wXbR2mLpQe0uYcHn1jGdI')).statusCode);
    expect(statuses.slice(-2)).toEqual([429, 429]);
    expect(telegram.count('getMe')).toBe(10);
    telegram.takeViolations();
  });
});

describe('while Telegram cannot be reached', () => {
  let proxy: Server;
  afterEach(() => new Promise((resolve) => proxy.close(resolve)));

  it('the page gets the state without a name, and Telegram is asked rarely', async () => {
    let asked = 0;
    proxy = createServer((_request, response) => {
      asked++;
      response.writeHead(503).end();
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    fake.telegram.settings.set('TELEGRAM_TOKEN', telegram.token);
    fake.telegram.state = 'unreachable';
    fake.telegram.apiUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    for (let poll = 0; poll < 4; poll++) {
      const state = (await ask('GET')).json();
      expect(state).toMatchObject({ state: 'unreachable', has_token: true, bot: null, start_url: null });
      expect(state.message).toMatch(/keeps trying/);
    }
    expect(asked).toBe(1);
    fake.telegram.apiUrl = telegram.url;
    fake.clock.skip(15_000);
    expect((await ask('GET')).json().bot).toEqual({ name: 'Zapette', username: 'zapette_bot' });
  });
});

describe('a link for the owner', () => {
  it('is made anew on demand, and the former one ends', async () => {
    const first = (await put(telegram.token)).json().start_url;
    const second = (await ask('POST', `${PATH}/code`)).json().start_url;
    expect(second).toMatch(/\?start=owner_/);
    expect(second).not.toBe(first);
    expect(audit()).toEqual(['console owner_code', 'console owner_code', 'console settings']);
  });

  it('disappears once it is used, and the page names the admin', async () => {
    await put(telegram.token);
    const { codes } = fake.context.setupTelegram;
    expect(await codes.redeem(codes.current ?? '', { id: 'telegram:7', name: 'Ana' })).toBe(true);
    expect(settings()).toMatchObject({ TELEGRAM_ADMIN_IDS: '7' });
    expect((await ask('GET')).json()).toMatchObject({
      start_url: null,
      admins: [{ id: '7', name: 'Ana' }],
    });
    expect(audit()[0]).toBe('Ana owner_made');
  });

  it('disappears after a quarter of an hour', async () => {
    await put(telegram.token);
    fake.clock.skip(OWNER_CODE_LIFETIME);
    expect((await ask('GET')).json().start_url).toBeNull();
  });

  it('adds a second admin to the first', async () => {
    fake.telegram.settings.set('TELEGRAM_ADMIN_IDS', '7');
    await put(telegram.token);
    await ask('POST', `${PATH}/code`);
    const { codes } = fake.context.setupTelegram;
    await codes.redeem(codes.current ?? '', { id: 'telegram:8', name: 'Ben' });
    expect(settings()).toMatchObject({ TELEGRAM_ADMIN_IDS: '7,8' });
  });
});

describe('a group', () => {
  beforeEach(async () => {
    join(GROUP, 'Film night');
    join('-5', 'Club');
    await put(telegram.token);
  });
  const groups = async () => (await ask('GET')).json().groups;

  it('is allowed and forbidden', async () => {
    expect(await groups()).toEqual([
      { id: '-5', title: 'Club', is_allowed: false },
      { id: GROUP, title: 'Film night', is_allowed: false },
    ]);
    const allowed = await allow(GROUP, true);
    expect(allowed.json().groups[1]).toEqual({ id: GROUP, title: 'Film night', is_allowed: true });
    expect(settings()).toMatchObject({ TELEGRAM_VIEWER_IDS: GROUP });
    expect((await allow(GROUP, false)).json().groups[1].is_allowed).toBe(false);
    expect(settings()).toEqual({ TELEGRAM_TOKEN: telegram.token });
    expect(fake.telegram.changes.slice(1)).toEqual(['TELEGRAM_VIEWER_IDS', 'TELEGRAM_VIEWER_IDS']);
  });

  it('allowed at the same time as another one does not undo it', async () => {
    await Promise.all([allow(GROUP, true), allow('-5', true)]);
    expect((await groups()).map((group: { is_allowed: boolean }) => group.is_allowed)).toEqual([true, true]);
  });

  it('that has a higher role keeps it when it is allowed, and loses it when it is forbidden', async () => {
    fake.telegram.settings.set('TELEGRAM_CONTROLLER_IDS', `7,${GROUP}`);
    await allow(GROUP, true);
    expect(settings()).not.toHaveProperty('TELEGRAM_VIEWER_IDS');
    await allow(GROUP, false);
    expect(settings()).toMatchObject({ TELEGRAM_CONTROLLER_IDS: '7' });
  });

  it('is allowed by the id that it had before it became a supergroup, and forbidden by both', async () => {
    fake.database.prepare("INSERT INTO chat_moves VALUES ('-77', ?, 1)").run(GROUP);
    fake.telegram.settings.set('TELEGRAM_VIEWER_IDS', '-77');
    expect((await groups())[1]).toEqual({ id: GROUP, title: 'Film night', is_allowed: true });
    await allow(GROUP, false);
    expect(settings()).toEqual({ TELEGRAM_TOKEN: telegram.token });
  });

  it('that the settings let in is listed before the bot has met it', async () => {
    fake.telegram.settings.set('TELEGRAM_VIEWER_IDS', '7,-99');
    expect((await groups())[2]).toEqual({ id: '-99', title: '-99', is_allowed: true });
    await allow('-99', false);
    expect(settings()).toMatchObject({ TELEGRAM_VIEWER_IDS: '7' });
  });

  it.each(['-1', '7', 'all'])('that the bot is not in is not let in (%s)', async (id) => {
    const answer = await allow(id, true);
    expect([answer.statusCode, answer.json().error.code]).toEqual([404, 'telegram_group_unknown']);
    expect(settings()).toEqual({ TELEGRAM_TOKEN: telegram.token });
  });

  it('is not let in where the settings cannot be changed, and the page learns why', async () => {
    fake.telegram.failure = new AppError('disk_full', { path: '/data' });
    const answer = await allow(GROUP, true);
    expect([answer.statusCode, answer.json().error.code]).toEqual([500, 'disk_full']);
    fake.telegram.failure = null;
    expect((await allow(GROUP, true)).json().groups[1].is_allowed).toBe(true);
  });
});

it.each([
  ['GET', PATH, undefined],
  ['PUT', PATH, { token: 'x' }],
  ['DELETE', PATH, undefined],
  ['PUT', `${PATH}/groups/${GROUP}`, { is_allowed: true }],
  ['POST', `${PATH}/code`, undefined],
] as const)('%s %s is for admins', async (method, url, payload) => {
  expect((await ask(method, url, payload, {})).statusCode).toBe(401);
  expect((await ask(method, url, payload, logIn(fake, 'controller'))).statusCode).toBe(403);
  expect([200, 400, 409]).toContain((await ask(method, url, payload, logIn(fake, 'admin'))).statusCode);
});
