import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { registry } from '../../src/commands/registry.ts';
import type { Reply } from '../../src/commands/reply.ts';
import { ids } from '../fakes/discord/scene.ts';
import { finished } from './calling.ts';
import { idsByRole, type Room, startRoom, until } from './room.ts';

const listed = { discord: idsByRole({ controller: [ids.dj] }), telegram: idsByRole({ controller: [7, 8] }) };
let room: Room;
afterEach(() => room.stop());

/** /status takes as long as the test decides. */
async function slowRoom() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const done: Reply = { lines: [['Here it is.']], isPrivate: false };
  const run = async () => {
    await promise;
    return done;
  };
  room = await startRoom({ listed, commands: { ...registry, status: { ...registry.status, run } } });
  return resolve;
}

describe('a slow answer in Discord', () => {
  it('is deferred at once and given once, minutes later', async () => {
    const finish = await slowRoom();
    await room.startDiscord();
    const reply = await room.discord.fake.user(ids.anna).command(ids.tv, 'status').acknowledged();
    expect(reply.acknowledgedAfterMs).toBeLessThan(1_000);
    expect(reply.deferred).toBe(true);
    room.discord.clock.skip(5 * 60_000);
    finish();
    expect((await reply.answered()).message?.content).toBe('Here it is.');
    expect(reply.refusals).toEqual([]);
    expect(room.discord.fake.violations).toEqual([]);
  });

  it('is deferred at once after a press too', async () => {
    room = await startRoom({ listed });
    await room.startDiscord();
    const anna = room.discord.fake.user(ids.anna);
    const { message } = await finished(anna.command(ids.tv, 'play', { channel: 'arte' }));
    const button = 'v1:stop';
    const reply = await anna.press(message?.id ?? '', button).answered();
    expect(reply.acknowledgedAfterMs).toBeLessThan(1_000);
    expect(reply.refusals).toEqual([]);
    expect(room.discord.fake.violations).toEqual([]);
  });

  it('causes no error for a keystroke that the next one replaced', async () => {
    room = await startRoom({ listed });
    await room.startDiscord();
    const anna = room.discord.fake.user(ids.anna);
    await anna
      .autocomplete(ids.tv, 'play', 'channel', 't')
      .supersede()
      .until(({ refusals }) => refusals.includes(10062));
    await anna.autocomplete(ids.tv, 'play', 'channel', 'tf').answered();
    expect(room.log()).not.toContain('"level":50');
  });
});

describe('SIGTERM', () => {
  it('lets Discord’s bot finish the answer in progress', async () => {
    const finish = await slowRoom();
    const bot = await room.startDiscord();
    const reply = await room.discord.fake.user(ids.anna).command(ids.tv, 'status').acknowledged();
    const stopped = bot.stop();
    expect(await Promise.race([stopped.then(() => 'gone'), pause(50, 'waits')])).toBe('waits');
    expect(room.discord.fake.gateway.online).toHaveLength(1);
    finish();
    await stopped;
    expect(reply.message?.content).toBe('Here it is.');
  });

  it.each(['asks', 'is sent to'] as const)(
    'lets Telegram’s bot that %s finish the answer in progress',
    async (way) => {
      const finish = await slowRoom();
      const webhooks = room.http.context.webhooks;
      const baseUrl = `${await room.http.listen()}/webhooks`;
      const webhook = way === 'asks' ? null : { baseUrl, secret: 'secret', webhooks };
      const bot = await room.startTelegram(room.telegram.token, webhook);
      await room.telegram.user(7).start().reply();
      const asked = room.telegram.user(7).say(7, '/status');
      await asked.confirmed();
      const stopped = bot.stop();
      finish();
      await stopped;
      expect(asked.soFar.map(({ text }) => text)).toContain('Here it is.');
    },
  );
});

describe('a chat', () => {
  it('is answered while another chat’s command takes long', async () => {
    const finish = await slowRoom();
    await room.startTelegram();
    const [slow, quick] = [room.telegram.user(7), room.telegram.user(8)];
    await slow.start().reply();
    await quick.start().reply();
    const asked = slow.say(7, '/status');
    await quick.say(8, '/help').reply(/Here is what/);
    finish();
    await asked.reply('Here it is.');
  });
});

describe('the gateway connection', () => {
  it('resumes its session after a drop, and the commands sent meanwhile are answered', async () => {
    room = await startRoom({ listed });
    await room.startDiscord();
    const { fake } = room.discord;
    fake.dropConnection();
    await until(() => fake.gateway.online.length === 0);
    const reply = fake.user(ids.anna).command(ids.tv, 'status');
    expect((await reply.answered()).message?.content).toContain('Rien à l’antenne');
    expect(fake.gateway.identified).toBe(1);
    expect(fake.violations).toEqual([]);
  });

  it('is reported unreachable within 30 s and then back, by the same bot', async () => {
    room = await startRoom({ listed, isTimeFake: true });
    await room.startDiscord();
    const { fake } = room.discord;
    const { clock } = room.http;
    fake.setGatewayDown(true);
    await until(() => fake.gateway.online.length === 0);
    await expect.poll(() => clock.pending).toBeGreaterThan(0);
    await clock.advance(10_000);
    await until(() => room.states.discord.at(-1) === 'unreachable');
    expect(room.log()).toContain('Discord: the service cannot be reached');
    fake.setGatewayDown(false);
    await until(() => room.states.discord.at(-1) === 'on');
    expect(room.log()).toContain('Discord is back');
    const reply = fake.user(ids.anna).command(ids.tv, 'status');
    expect((await reply.answered()).message?.content).toContain('Rien à l’antenne');
    expect(room.states.discord).toEqual(['on', 'unreachable', 'on']);
  });

  it('reports nothing when the gateway requests a reconnection, as it does every day', async () => {
    room = await startRoom({ listed, isTimeFake: true });
    await room.startDiscord();
    const { fake } = room.discord;
    fake.askToReconnect();
    await until(() => fake.gateway.resumed === 1);
    await room.http.clock.advance(60_000);
    expect(room.states.discord).toEqual(['on']);
  });
});
