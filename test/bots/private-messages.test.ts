import { afterEach, beforeEach, expect, it } from 'vitest';
import { call, ids } from '../fakes/discord/scene.ts';
import { idsByRole, type Room, startRoom } from './room.ts';

let room: Room;
beforeEach(async () => {
  room = await startRoom({
    listed: { discord: idsByRole({ viewer: [ids.dj] }), telegram: idsByRole({}) },
  });
  await room.startDiscord();
});
afterEach(() => room.stop());

/** A private message of the bot with a button, as one may have been sent before a restart. */
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

it('a role of the server counts in private messages too', async () => {
  const anna = room.discord.fake.user(ids.anna);
  const reply = await anna.press(await letterTo(ids.anna), 'v1:status', { locale: 'en-GB' }).answered();
  expect(reply.message?.content).toContain('Nothing is on');
  expect(room.discord.fake.violations).toEqual([]);
});

it('who has none of them is refused there as well', async () => {
  const boss = room.discord.fake.user(ids.boss);
  const reply = boss.press(await letterTo(ids.boss), 'v1:status', { locale: 'en-GB' });
  await reply.until(({ message, followups }) =>
    [message, ...followups].some((each) => each?.content.includes('You may not do that here')),
  );
});
