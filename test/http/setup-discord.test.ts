import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DiscordChoice, DiscordPorts } from '../../src/actions/set-up-discord.ts';
import { lookUpDiscord } from '../../src/bots/discord/look-up.ts';
import type { BotState } from '../../src/domain/bot-state.ts';
import { AppError } from '../../src/domain/errors.ts';
import { aToken } from '../fakes/discord/a-token.ts';
import type { FakeDiscord } from '../fakes/discord/fake-discord.ts';
import { ids, startScene } from '../fakes/discord/scene.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { logIn } from '../fakes/people.ts';

const ANOTHER = '200000000000000002';
const GUESTS = '600000000000000001';
const nobodyListed = { admin: [], controller: [], viewer: [] };
/** Longer than an answer of Discord is kept. */
const LATER = 5_000;

/** The settings as the routes see them. */
interface FakeSettings {
  readonly values: Map<string, string>;
  readonly locked: Set<string>;
  state: BotState;
  /** What was changed by whom. */
  readonly changes: { readonly names: string[]; readonly by: string }[];
}

let discord: FakeDiscord;
let settings: FakeSettings;
let fake: FakeHttp;

beforeEach(async () => {
  ({ fake: discord } = await startScene({
    token: aToken,
    guilds: [
      { id: ids.guild, name: 'Living room', channels: [], roles: [{ id: ids.dj, name: 'DJ' }] },
      { id: ANOTHER, name: 'Attic', channels: [], roles: [{ id: GUESTS, name: 'Guests' }] },
    ],
  }));
  settings = { values: new Map(), locked: new Set(), state: 'on', changes: [] };
  fake = await startFakeHttp({ setupDiscord: portsOf(settings) });
});
afterEach(async () => {
  await fake.stop();
  await discord.stop();
});

function portsOf({ values, locked, changes }: FakeSettings): DiscordPorts {
  const list = (name: string) => values.get(name)?.split(',') ?? [];
  return {
    lookUp: (token, signal) => lookUpDiscord(token, { apiUrl: discord.api, cdnUrl: discord.cdn, signal }),
    token: () => values.get('DISCORD_TOKEN') ?? null,
    state: () => settings.state,
    chosen: () => ({
      guildId: values.get('DISCORD_GUILD_ID') ?? null,
      listed: {
        admin: list('DISCORD_ADMIN_ROLES'),
        controller: list('DISCORD_CONTROLLER_ROLES'),
        viewer: list('DISCORD_VIEWER_ROLES'),
      },
    }),
    isLocked: (name) => locked.has(name),
    change: async (wanted, by) => {
      const names = Object.keys(wanted);
      if (names.some((name) => locked.has(name))) throw new AppError('not_allowed');
      changes.push({ names, by: by.id });
      for (const [name, value] of Object.entries(wanted)) {
        if (value === null) values.delete(name);
        else values.set(name, value);
      }
    },
  };
}

const ask = async (
  method: 'GET' | 'PUT' | 'DELETE',
  path = '',
  payload?: object,
  headers: Record<string, string> = bearer,
) => {
  const response = await fake.app.inject({
    method,
    url: `/api/setup/discord${path}`,
    headers: { 'accept-language': 'en', ...headers },
    ...(payload ? { payload } : {}),
  });
  return { status: response.statusCode, json: response.json(), body: response.body };
};
const see = async () => (await ask('GET')).json;
const useToken = (token: string) => ask('PUT', '', { token });
const choose = (roles: Partial<Omit<DiscordChoice, 'listed'> & Record<string, unknown>>) =>
  ask('PUT', '/roles', { guild_id: null, ...nobodyListed, ...roles });

/** Takes the bot out of all servers but one, or out of all. */
function leaveOnly(...kept: readonly string[]): void {
  for (const id of [ids.guild, ANOTHER]) if (!kept.includes(id)) discord.kickBot(id);
}

describe('GET /api/setup/discord', () => {
  it('says what to do without a token, and asks Discord nothing', async () => {
    expect(await see()).toEqual({
      state: 'off',
      message: 'Discord is off: paste the bot’s token to turn it on.',
      has_token: false,
      bot: null,
      invite_url: null,
      guilds: [],
      chosen: { guild_id: null, ...nobodyListed },
    });
    expect(discord.calls).toEqual([]);
  });

  it('shows the bot, its servers and their roles, and never the token', async () => {
    settings.values.set('DISCORD_TOKEN', aToken).set('DISCORD_GUILD_ID', ids.guild);
    const { json, body } = await ask('GET');
    expect(json).toMatchObject({
      state: 'on',
      message: 'The bot is on: type /play in a channel of Living room.',
      has_token: true,
      bot: { name: 'Zapette', picture: null },
      invite_url: expect.stringContaining(ids.application),
      guilds: [
        { id: ANOTHER, name: 'Attic', roles: [{ id: GUESTS, name: 'Guests', colour: null }] },
        { id: ids.guild, name: 'Living room', roles: [{ id: ids.dj, name: 'DJ', colour: null }] },
      ],
      chosen: { guild_id: ids.guild },
    });
    expect(body).not.toContain(aToken);
  });

  it('asks Discord once in a few seconds, whoever asks', async () => {
    settings.values.set('DISCORD_TOKEN', aToken);
    await Promise.all([see(), see(), see()]);
    fake.clock.skip(2_000);
    await see();
    expect(discord.count('GET /users/@me')).toBe(1);
    fake.clock.skip(LATER);
    await see();
    expect(discord.count('GET /users/@me')).toBe(2);
  });

  it('says so when Discord no longer accepts the token', async () => {
    settings.values.set('DISCORD_TOKEN', aToken);
    discord.token = 'a new one';
    const { state, message, bot } = await see();
    expect([state, bot]).toEqual(['refused', null]);
    expect(message).toMatch(/^Discord does not accept this token.*Reset Token/);
  });

  it('keeps what it knows while Discord cannot be reached', async () => {
    settings.values.set('DISCORD_TOKEN', aToken);
    await see();
    discord.failNext('GET /users/@me', { status: 503 });
    fake.clock.skip(LATER);
    expect(await see()).toMatchObject({
      state: 'on',
      message: expect.stringContaining('Discord cannot be reached'),
      guilds: [{ name: 'Attic' }, { name: 'Living room' }],
    });
  });

  it.each<[BotState, RegExp]>([
    ['starting', /is starting/],
    ['commands_refused', /old ones stay/],
    ['refused', /no longer accepts the token/],
    ['not_invited', /not in the chosen server/],
    ['unreachable', /keeps trying/],
    ['broken', /The log says which/],
  ])('explains the state %s without a word of settings or restarts', async (state, message) => {
    settings.values.set('DISCORD_TOKEN', aToken);
    settings.state = state;
    const seen = await see();
    expect(seen).toMatchObject({ state, message: expect.stringMatching(message) });
    expect(seen.message).not.toMatch(/DISCORD_|restart/);
  });

  it('warns of a code grant only while the bot still has to be invited', async () => {
    settings.values.set('DISCORD_TOKEN', aToken);
    discord.setApplication({ requiresCodeGrant: true });
    expect((await see()).message).toMatch(/^The bot is on/);
    leaveOnly();
    fake.clock.skip(LATER);
    expect((await see()).message).toMatch(/Requires OAuth2 Code Grant/);
  });

  it('warns of commands that go to another address', async () => {
    settings.values.set('DISCORD_TOKEN', aToken);
    discord.setApplication({ interactionsUrl: 'https://example.org/' });
    expect((await see()).message).toMatch(/Interactions Endpoint URL/);
  });

  it('is in the OpenAPI document with its answer', async () => {
    const { paths } = (await fake.app.inject('/docs/json')).json();
    expect(Object.keys(paths['/api/setup/discord'])).toEqual(['get', 'put', 'delete']);
    expect(JSON.stringify(paths['/api/setup/discord/roles'].put.responses)).toContain('DiscordState');
  });

  it('is for admins alone, as all of it is', async () => {
    for (const [method, path] of [
      ['GET', ''],
      ['PUT', ''],
      ['DELETE', ''],
      ['PUT', '/roles'],
    ] as const) {
      const payload = method === 'PUT' ? { token: aToken, guild_id: null, ...nobodyListed } : undefined;
      expect((await ask(method, path, payload, {})).status).toBe(401);
      expect((await ask(method, path, payload, logIn(fake, 'controller'))).status).toBe(403);
    }
    expect(settings.changes).toEqual([]);
  });
});

describe('PUT /api/setup/discord', () => {
  it('stores a good token at once, cleaned', async () => {
    const { status, json, body } = await useToken(` "Bot ${aToken}" `);
    expect([status, json.has_token, json.bot.name]).toEqual([200, true, 'Zapette']);
    expect(Object.fromEntries(settings.values)).toEqual({ DISCORD_TOKEN: aToken });
    expect(settings.changes).toEqual([{ names: ['DISCORD_TOKEN'], by: 'console' }]);
    expect(body).not.toContain(aToken);
    await see();
    expect(discord.count('GET /users/@me')).toBe(1);
  });

  it.each([
    ['nothing', '', /The token is missing/],
    ['spaces', '   ', /The token is missing/],
    ['hiding dots', '••••••••', /These dots/],
    ['an id', ids.application, /This is an id/],
    ['a public key', '5b2f6c9e'.repeat(8), /public key/],
    ['a client secret', 'aB3-_xYz'.repeat(4), /client secret of the page OAuth2/],
    ['a Telegram token', `7012345678:AA${'h-_9Kq'.repeat(5)}xyz`, /Telegram token/],
    ['a personal token', `mfa.${'aB3-_xYz'.repeat(10)}`, /change its password now/],
    ['an address', 'https://discord.com/developers/applications', /This is an address/],
    ['half a token', aToken.slice(0, 40), /A part of the token is missing/],
    ['a sentence', 'my bot’s token', /This is not a token/],
    ['a token that was reset', `${aToken.slice(0, -3)}abc`, /Discord does not accept this token/],
    ['an unknown form', 'no-token-at-all', /Discord does not accept this token/],
  ])('refuses %s in words, and keeps the former one', async (_, token, message) => {
    settings.values.set('DISCORD_TOKEN', 'the former one');
    const { status, json } = await useToken(token);
    expect([status, json.error.message]).toEqual([400, expect.stringMatching(message)]);
    expect(json.error.message).toMatch(/open the page Bot, press Reset Token, then Copy/);
    expect(settings.values.get('DISCORD_TOKEN')).toBe('the former one');
    expect(settings.changes).toEqual([]);
  });

  it('answers in French', async () => {
    const { json } = await ask('PUT', '', { token: '' }, { ...bearer, 'accept-language': 'fr' });
    expect(json.error.message).toMatch(/^Il manque le jeton/);
  });

  it.each([
    ['cannot be reached', () => discord.failNext('GET /users/@me', { status: 500 }), 502],
    ['wants a pause', () => discord.limitNext('GET /users/@me/guilds', 30), 503],
  ])('stores nothing where Discord %s', async (_, spoil, status) => {
    spoil();
    const { status: answered, json } = await useToken(aToken);
    expect([answered, json.error.message]).toEqual([status, expect.stringContaining('Discord')]);
    expect(settings.values.size).toBe(0);
    expect(JSON.stringify(fake.log())).not.toContain(aToken);
  });

  it('chooses the only server at once', async () => {
    leaveOnly(ids.guild);
    expect((await useToken(aToken)).json.chosen).toEqual({ guild_id: ids.guild, ...nobodyListed });
    expect(settings.values.get('DISCORD_GUILD_ID')).toBe(ids.guild);
  });

  it('leaves a server that the environment decides', async () => {
    leaveOnly(ids.guild);
    settings.values.set('DISCORD_GUILD_ID', ANOTHER);
    settings.locked.add('DISCORD_GUILD_ID');
    const { status, json } = await useToken(aToken);
    expect([status, json.chosen.guild_id]).toEqual([200, ANOTHER]);
  });

  it('waits for the invitation, and chooses the server of it once', async () => {
    leaveOnly(ids.guild);
    const invite = discord.kickBot(ids.guild);
    settings.state = 'starting';
    const { json } = await useToken(aToken);
    expect(json).toMatchObject({ state: 'not_invited', guilds: [], chosen: { guild_id: null } });
    expect(json.message).toMatch(/now invite the bot/);
    invite();
    fake.clock.skip(LATER);
    settings.state = 'on';
    expect(await see()).toMatchObject({ state: 'on', chosen: { guild_id: ids.guild } });
    // Whoever then wants every server keeps that.
    await choose({ guild_id: null });
    fake.clock.skip(LATER);
    expect(await see()).toMatchObject({ chosen: { guild_id: null } });
  });

  it('leaves settings from before alone when the page is opened', async () => {
    leaveOnly(ids.guild);
    settings.values.set('DISCORD_TOKEN', aToken);
    expect(await see()).toMatchObject({ guilds: [{ id: ids.guild }], chosen: { guild_id: null } });
    expect(settings.changes).toEqual([]);
  });

  it('is limited', async () => {
    for (let count = 0; count < 10; count += 1) await useToken('');
    const { status, json } = await useToken(aToken);
    expect([status, json.error.code]).toEqual([429, 'rate_limited']);
  });
});

describe('DELETE /api/setup/discord', () => {
  it('turns the bot off and keeps who may do what', async () => {
    await useToken(aToken);
    settings.values.set('DISCORD_VIEWER_ROLES', ids.dj);
    const { status, json } = await ask('DELETE');
    expect(status).toBe(200);
    expect(json).toMatchObject({ state: 'off', has_token: false, bot: null, chosen: { viewer: [ids.dj] } });
    expect(settings.values.has('DISCORD_TOKEN')).toBe(false);
  });
});

describe('PUT /api/setup/discord/roles', () => {
  beforeEach(async () => {
    settings.values.set('DISCORD_TOKEN', aToken).set('DISCORD_GUILD_ID', ids.guild);
  });

  it('stores the server and the roles, and only what differs', async () => {
    const wanted = { guild_id: ids.guild, admin: [], controller: [ids.dj], viewer: [] };
    const { status, json } = await choose(wanted);
    expect([status, json.chosen]).toEqual([200, wanted]);
    expect(settings.changes).toEqual([{ names: ['DISCORD_CONTROLLER_ROLES'], by: 'console' }]);
    await choose(wanted);
    expect(settings.changes).toHaveLength(1);
    await choose({ guild_id: ids.guild });
    expect(settings.values.has('DISCORD_CONTROLLER_ROLES')).toBe(false);
  });

  it('changes nothing for the same ids in another order', async () => {
    settings.values.set('DISCORD_ADMIN_ROLES', `${ids.boss},${ids.dj}`);
    await choose({ guild_id: ids.guild, admin: [ids.dj, ids.boss, ids.dj] });
    expect(settings.changes).toEqual([]);
  });

  it('takes roles of every server where the bot works in all of them', async () => {
    const { json } = await choose({ viewer: [ids.dj, GUESTS] });
    expect(json.chosen).toMatchObject({ guild_id: null, viewer: [ids.dj, GUESTS] });
  });

  it('moves people and roles that are listed already, whoever they are', async () => {
    settings.values.set('DISCORD_ADMIN_ROLES', ids.boss);
    const { status, json } = await choose({ guild_id: ids.guild, viewer: [ids.boss] });
    expect([status, json.chosen]).toMatchObject([200, { admin: [], viewer: [ids.boss] }]);
  });

  it.each([
    ['a role of another server', { guild_id: ids.guild, admin: [GUESTS] }, /The id 6\d+ belongs to no role/],
    ['@everyone', { guild_id: ids.guild, admin: [ids.guild] }, /belongs to no role/],
    ['a person who is not listed', { guild_id: ids.guild, viewer: [ids.anna] }, /belongs to no role/],
    ['a server that the bot is not in', { guild_id: ids.anna }, /not in this server: invite it/],
    ['what is no id', { guild_id: ids.guild, admin: ['DJ'] }, /not valid/],
  ])('refuses %s in words', async (_, roles, message) => {
    const { status, json } = await choose(roles);
    expect([status, json.error.message]).toEqual([400, expect.stringMatching(message)]);
    expect(settings.changes).toEqual([]);
  });

  it('needs a token, and Discord', async () => {
    discord.failNext('GET /users/@me', { status: 500 });
    expect((await choose({})).json.error.code).toBe('discord_not_reached');
    settings.values.delete('DISCORD_TOKEN');
    expect((await choose({})).json.error.code).toBe('discord_token_missing');
  });
});
