import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RawBot } from './raw-bot.ts';
import { call, ids, type Scene, startScene, token } from './scene.ts';

/** Tests the gateway by a bot that misbehaves on demand. */

let scene: Scene;
let bot: RawBot;

beforeEach(async () => {
  scene = await startScene({ heartbeatIntervalMs: 100 });
  bot = await RawBot.connect(scene.fake);
});
afterEach(async () => {
  bot.close();
  await scene.fake.stop();
});

async function identified(): Promise<Readonly<Record<string, unknown>>> {
  bot.identify();
  return bot.event('READY');
}

const kinds = () => scene.fake.violations.map(({ kind }) => kind);

describe('the gateway’s handshake', () => {
  const bad: [string, object, number][] = [
    ['a wrong token', { token: 'wrong' }, 4004],
    ['another shard', { shard: [1, 2] }, 4010],
    ['unknown intents', { intents: 1 << 30 }, 4013],
    ['privileged intents', { intents: 1 | (1 << 15) }, 4014],
    ['no properties', { properties: null }, 4002],
  ];
  it.each(bad)('refuses a bot with %s', async (_, more, code) => {
    bot.identify(more);
    expect(await bot.closedWith()).toBe(code);
    expect(kinds()).toEqual(['gateway']);
  });

  it('refuses another version and compression', async () => {
    const old = await RawBot.connect(scene.fake, 'v=9&encoding=json');
    expect(await old.closedWith()).toBe(4012);
    const squeezed = await RawBot.connect(scene.fake, 'v=10&encoding=json&compress=zlib-stream');
    expect(await squeezed.closedWith()).toBe(4012);
  });

  it('refuses a bot that speaks before IDENTIFY, identifies twice, or sends nonsense', async () => {
    bot.send(3, {});
    expect(await bot.closedWith()).toBe(4003);
    bot = await RawBot.connect(scene.fake);
    await identified();
    bot.identify();
    expect(await bot.closedWith()).toBe(4005);
    bot = await RawBot.connect(scene.fake);
    bot.send(99, null);
    expect(await bot.closedWith()).toBe(4001);
  });
});

describe('the sent events', () => {
  it('match the intents', async () => {
    bot.identify({ intents: 1 | (1 << 9) });
    await bot.event('READY');
    expect(await bot.event('GUILD_CREATE')).toMatchObject({
      id: ids.guild,
      members: [{ user: { id: ids.application } }],
    });
    scene.fake.user(ids.anna).say(ids.tv, 'hello');
    expect(await bot.event('MESSAGE_CREATE')).toMatchObject({ channel_id: ids.tv, guild_id: ids.guild });
    // Asks for more than this project's bot needs.
    expect(kinds()).toEqual(['intents']);
  });

  it('are interactions only, without any intents', async () => {
    bot.identify({ intents: 0 });
    await bot.event('READY');
    scene.fake.user(ids.anna).say(ids.tv, 'hello');
    await call(scene.fake, 'PUT', `/applications/${ids.application}/commands`, [
      { name: 'play', description: 'Plays' },
    ]);
    scene.fake.user(ids.anna).command('dm', 'play');
    expect(await bot.event('INTERACTION_CREATE')).toMatchObject({ user: { id: ids.anna }, context: 1 });
    expect(bot.packets.map(({ t }) => t)).toEqual([null, 'READY', 'INTERACTION_CREATE']);
  });
});

describe('heartbeats', () => {
  it('are answered, and the connection is closed without them', async () => {
    await identified();
    bot.send(1, 2);
    await bot.received(11);
    expect(await bot.closedWith()).toBe(4009);
    expect(scene.fake.violations).toMatchObject([{ detail: expect.stringContaining('timed out') }]);
  });
});

describe('presence', () => {
  it('is limited to five in twenty seconds', async () => {
    const activities = [{ name: 'TF1', type: 3 }];
    await identified();
    for (let n = 0; n < 5; n++) bot.send(3, { since: null, activities, status: 'online', afk: false });
    await scene.fake.until(() => scene.fake.presences[4]);
    expect(bot.closed).toBeUndefined();
    bot.send(3, { since: null, activities, status: 'online', afk: false });
    expect(await bot.closedWith()).toBe(4008);
  });

  it('is limited within a session, so that a bot that starts anew shows its own at once', async () => {
    const presence = { since: null, activities: [], status: 'online', afk: false };
    await identified();
    bot.send(3, presence);
    await scene.fake.until(() => scene.fake.presences[0]);
    bot.close(1000);
    await bot.closedWith();
    bot = await RawBot.connect(scene.fake);
    await identified();
    bot.send(3, presence);
    await scene.fake.until(() => scene.fake.presences[1]);
    expect(kinds()).toEqual([]);
    bot.send(3, presence);
    await scene.fake.until(() => scene.fake.presences[2]);
    expect(kinds()).toEqual(['presence-rate']);
  });
});

describe('sessions', () => {
  it('are resumed with what was missed, in order', async () => {
    const { session_id } = await identified();
    await bot.event('GUILD_CREATE');
    scene.fake.dropConnection();
    await bot.closedWith();
    bot = await RawBot.connect(scene.fake);
    bot.send(6, { token, session_id, seq: 1 });
    await bot.event('RESUMED');
    expect(bot.packets.map(({ t, s }) => [t, s])).toEqual([
      [null, null],
      ['GUILD_CREATE', 2],
      ['RESUMED', 3],
    ]);
    expect(kinds()).toEqual([]);
  });

  it('end with a clean close, or when the service ends them', async () => {
    const first = await identified();
    bot.close(1000);
    await bot.closedWith();
    bot = await RawBot.connect(scene.fake);
    bot.send(6, { token, session_id: first.session_id, seq: 1 });
    expect(await bot.received(9)).toMatchObject({ d: false });
    await identified();
    scene.fake.invalidateSession({ resumable: true });
    expect(await bot.received(9, 2)).toMatchObject({ d: true });
    scene.fake.askToReconnect();
    expect(scene.fake.gateway.online).toHaveLength(0);
  });

  it('are not resumed from a sequence number in the future', async () => {
    const { session_id } = await identified();
    bot.close(4000);
    await bot.closedWith();
    bot = await RawBot.connect(scene.fake);
    bot.send(6, { token, session_id, seq: 99 });
    expect(await bot.closedWith()).toBe(4007);
  });
});
