import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reply as FakeReply } from '../fakes/discord/reply.ts';
import { call, ids } from '../fakes/discord/scene.ts';
import { idsByRole, type Room, startRoom } from './room.ts';

const MEMBER = 'GET /guilds/:guild/members/:user';
let room: Room;
beforeEach(async () => {
  room = await startRoom({
    // Commands registered globally also exist in private messages.
    guildId: null,
    listed: { discord: idsByRole({ viewer: [ids.dj], controller: [ids.boss] }), telegram: idsByRole({}) },
  });
  await room.startDiscord();
});
afterEach(() => room.stop());

const anna = () => room.discord.fake.user(ids.anna);
const status = (id: string) => room.discord.fake.user(id).command('dm', 'status', {}, { locale: 'en-GB' });
const says = (reply: FakeReply, text: string) =>
  reply.until(({ message, followups }) =>
    [message, ...followups].some((each) => each?.content.includes(text)),
  );

/** Sends a private message with a button, as from before a restart. */
async function letterTo(userId: string): Promise<string> {
  const { fake } = room.discord;
  const channel = await call(fake, 'POST', '/users/@me/channels', { recipient_id: userId });
  const button = { type: 2, style: 2, label: 'Refresh', custom_id: 'v1:status' };
  const { json } = await call(fake, 'POST', `/channels/${String(channel.json.id)}/messages`, {
    content: 'a letter',
    allowed_mentions: { parse: [] },
    components: [{ type: 1, components: [button] }],
  });
  return String(json.id);
}

describe('in private messages with Discord’s bot', () => {
  it('a role of the server counts', async () => {
    const reply = await anna()
      .press(await letterTo(ids.anna), 'v1:status', { locale: 'en-GB' })
      .answered();
    expect(reply.message?.content).toContain('Nothing is on');
    expect(room.discord.fake.violations).toEqual([]);
  });

  it('a role that was taken away stops counting at once', async () => {
    await says(status(ids.anna), 'Nothing is on');
    room.discord.fake.setRoles(ids.guild, ids.anna, []);
    await says(status(ids.anna), 'private TV room');
  });

  it('a member who left the server loses their rights at once', async () => {
    await says(status(ids.anna), 'Nothing is on');
    room.discord.fake.leave(ids.guild, ids.anna);
    // A person who shares no server with the bot can still write in an old conversation.
    await says(status(ids.anna), 'private TV room');
  });

  it('an answer is deferred before Discord is asked for the roles', async () => {
    room.discord.fake.failNext(MEMBER, { delayMs: 1_500 });
    const reply = await status(ids.anna).acknowledged();
    expect(reply.acknowledgedAfterMs).toBeLessThan(1_000);
    await says(reply, 'Nothing is on');
    expect(reply.refusals).toEqual([]);
  });

  it('a person listed by their own id is answered although Discord does not give their roles', async () => {
    room.discord.fake.failNext(MEMBER, { status: 500 }, 9);
    await says(status(ids.boss), 'Nothing is on');
  });

  it.each([
    ['is ill', { status: 500 }, 9],
    ['does not answer', { delayMs: 9_000 }, 1],
  ])(
    'a person with a listed role is told the reason if Discord %s',
    async (_, fault, times) => {
      room.discord.fake.failNext(MEMBER, fault, times);
      const reply = status(ids.anna);
      await says(reply, 'Discord is not telling me your roles right now');
      expect(reply.acknowledgedAfterMs).toBeLessThan(1_000);
    },
    15_000,
  );

  it('autocomplete makes no request and uses roles known within the last minute', async () => {
    const typed = () => anna().autocomplete('dm', 'play', 'channel', 'tf').answered();
    expect((await typed()).choices).toEqual([]);
    expect(room.discord.fake.count(MEMBER)).toBe(0);
    await says(status(ids.anna), 'Nothing is on');
    expect((await typed()).choices?.length).toBeGreaterThan(0);
    expect(room.discord.fake.count(MEMBER)).toBe(1);
  });
});
