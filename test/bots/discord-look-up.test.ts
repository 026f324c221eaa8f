import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { lookUpDiscord } from '../../src/bots/discord/look-up.ts';
import type { FakeDiscord, FakeDiscordOptions } from '../fakes/discord/fake-discord.ts';
import { permissionBits } from '../fakes/discord/permissions.ts';
import { ids, startScene, token } from '../fakes/discord/scene.ts';

const clear: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of clear.splice(0)) await stop();
});

async function start(options: Partial<FakeDiscordOptions> = {}): Promise<FakeDiscord> {
  const { fake } = await startScene(options);
  clear.push(() => fake.stop());
  return fake;
}

/** A server that answers everything alike; its address. */
async function answering(status: number, headers: Record<string, string>, body: string | Buffer) {
  const server = createServer((_request, response) => response.writeHead(status, headers).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  clear.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const at = ({ api, cdn }: Pick<FakeDiscord, 'api' | 'cdn'>, signal = AbortSignal.timeout(10_000)) => ({
  apiUrl: api,
  cdnUrl: cdn,
  signal,
});
const png = Buffer.from('89504e470d0a1a0a', 'hex');

describe('lookUpDiscord', () => {
  it('tells the bot’s name, application and servers', async () => {
    const fake = await start();
    expect(await lookUpDiscord(token, at(fake))).toMatchObject({
      bot: { name: 'Zapette', picture: null },
      applicationId: ids.application,
      guilds: [{ id: ids.guild, name: 'Living room', roles: [{ id: ids.dj, name: 'DJ', colour: null }] }],
      obstacle: null,
    });
    expect(fake.violations).toEqual([]);
  });

  it('invites the bot with what it needs and no more', async () => {
    const fake = await start();
    const url = new URL((await lookUpDiscord(token, at(fake))).inviteUrl);
    expect(url.origin + url.pathname).toBe('https://discord.com/oauth2/authorize');
    const { permissions, ...query } = Object.fromEntries(url.searchParams);
    expect(query).toEqual({
      client_id: ids.application,
      scope: 'bot applications.commands',
      integration_type: '0',
    });
    const sendInThreads = 1n << 38n;
    const { VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES } = permissionBits;
    const inChannels = VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES;
    expect(BigInt(permissions ?? 0)).toBe(inChannels | sendInThreads);
  });

  it('lists roles that people can get, highest first, and servers by name', async () => {
    const fake = await start({
      guilds: [
        {
          id: ids.guild,
          name: 'Zoo',
          channels: [],
          roles: [
            { id: '600000000000000001', name: 'Guests' },
            { id: '600000000000000002', name: 'Another bot', managed: true },
            { id: '600000000000000003', name: 'Family', colour: 0x00aa0f },
          ],
        },
        { id: '200000000000000002', name: 'Attic', channels: [] },
      ],
    });
    expect((await lookUpDiscord(token, at(fake))).guilds).toEqual([
      { id: '200000000000000002', name: 'Attic', roles: [] },
      {
        id: ids.guild,
        name: 'Zoo',
        roles: [
          { id: '600000000000000003', name: 'Family', colour: '#00aa0f' },
          { id: '600000000000000001', name: 'Guests', colour: null },
        ],
      },
    ]);
  });

  it('leaves out a server that the bot has just left', async () => {
    const fake = await start();
    fake.failNext('GET /guilds/:guild/roles', { status: 403, code: 50_001 });
    expect((await lookUpDiscord(token, at(fake))).guilds).toEqual([]);
  });

  it('brings the picture without showing anybody the token', async () => {
    const fake = await start();
    fake.setApplication({ avatar: png });
    const { bot } = await lookUpDiscord(token, at(fake));
    expect(bot.picture).toBe(`data:image/png;base64,${png.toString('base64')}`);
    expect(fake.violations).toEqual([]);
  });

  it.each([
    ['too large', 200, { 'content-type': 'image/png' }, Buffer.alloc(64 * 1024 + 1)],
    ['a web page', 200, { 'content-type': 'text/html' }, '<p>Log in to this network</p>'],
    ['missing', 404, { 'content-type': 'image/png' }, png],
    ['elsewhere', 302, { location: 'http://127.0.0.1:1/' }, ''],
  ])('does without a picture that is %s', async (_, status, headers, body) => {
    const fake = await start();
    fake.setApplication({ avatar: png });
    const cdn = await answering(status, headers, body);
    const { bot } = await lookUpDiscord(token, at({ api: fake.api, cdn }));
    expect(bot).toEqual({ name: 'Zapette', picture: null });
  });

  it.each([
    [{ requiresCodeGrant: true }, 'code_grant'],
    [{ interactionsUrl: 'https://example.org/' }, 'interactions_url'],
  ])('finds what keeps the bot from working: %j', async (application, obstacle) => {
    const fake = await start();
    fake.setApplication(application);
    expect(await lookUpDiscord(token, at(fake))).toMatchObject({ obstacle });
  });

  it('tries a token that Discord refuses once', async () => {
    const fake = await start();
    await expect(lookUpDiscord('another.token', at(fake))).rejects.toMatchObject({
      code: 'discord_token_refused',
    });
    expect(fake.calls.map(({ route }) => route)).toEqual(['GET /users/@me']);
  });

  it('waits while Discord wants a short pause, and tells how long a long one is', async () => {
    const fake = await start();
    fake.limitNext('GET /users/@me/guilds', 0.05);
    expect((await lookUpDiscord(token, at(fake))).guilds).toHaveLength(1);
    fake.limitNext('GET /users/@me/guilds', 30);
    await expect(lookUpDiscord(token, at(fake))).rejects.toMatchObject({
      code: 'discord_busy',
      params: { seconds: 31 },
    });
  });

  it.each<[who: string, answer: Parameters<typeof answering> | null]>([
    ['nobody', null],
    ['a broken service', [503, { 'content-type': 'text/html' }, '<p>Bad gateway</p>']],
    ['a web page', [200, { 'content-type': 'text/html' }, '<p>Hello</p>']],
    ['another service', [200, { 'content-type': 'application/json' }, '{"id":1}']],
    ['a page that blocks this address', [403, { 'content-type': 'text/html' }, '<p>Blocked</p>']],
  ])('says that Discord is not reached where %s answers', async (_, answer) => {
    const cdn = answer ? await answering(...answer) : 'http://127.0.0.1:1';
    const error = await lookUpDiscord(token, at({ api: `${cdn}/api`, cdn })).catch((reason) => reason);
    expect(error).toMatchObject({ code: 'discord_not_reached' });
    expect(`${error.cause.stack}${JSON.stringify(error.cause)}`).not.toContain(token);
  });

  it('does not repeat requests at once where a limit names no time', async () => {
    const cdn = await answering(429, { 'content-type': 'text/html' }, 'slow down');
    await expect(lookUpDiscord(token, at({ api: `${cdn}/api`, cdn }))).rejects.toMatchObject({
      code: 'discord_busy',
      params: { seconds: 60 },
    });
  });

  it('ends with its signal', async () => {
    const fake = await start();
    const ending = new AbortController();
    fake.failNext('GET /users/@me', { delayMs: 2_000 });
    const looking = lookUpDiscord(token, at(fake, ending.signal));
    ending.abort();
    await expect(looking).rejects.toMatchObject({ code: 'discord_not_reached' });
    expect(fake.count('GET /applications/@me')).toBe(0);
  });
});
