import { afterEach, expect, it } from 'vitest';
import type { ConfiguredIds } from '../../src/access/people.ts';
import { idsByRole, type Room, startRoom, until } from './room.ts';

const ANA = 7;
let room: Room;
afterEach(() => room.stop());

/** The id that the fake server gives its first group. */
const GROUP = -5_000_001;
const listed: ConfiguredIds = { discord: idsByRole({}), telegram: idsByRole({ viewer: [GROUP] }) };

async function enter() {
  room = await startRoom({ listed });
  await room.startTelegram();
  await room.telegram.polled();
  const ana = room.telegram.user(ANA);
  const group = room.telegram.group('Room', { kind: 'group', members: [ana] });
  expect(group.id).toBe(GROUP);
  const card = await ana.say(group, '/status').reply(/Nothing is on/);
  await until(() => room.cards.all().length === 1);
  return { ana, group, card };
}

it('a group that becomes a supergroup keeps its rights and card, after a restart too, and the log names the setting', async () => {
  const { ana, group } = await enter();
  const id = group.migrate();
  await until(() => room.cards.all().some(({ place }) => place === `telegram:${id}`));
  expect(room.cards.all()).toHaveLength(1);
  expect(room.log()).toContain(`replace it with ${id} in TELEGRAM_VIEWER_IDS`);
  await ana.say(group, '/play arte').reply(/Arte/);
  await room.restart();
  await room.telegram.polled();
  await ana.say(group, '/status').reply(/Arte/);
});

it('an answer to a group that becomes a supergroup meanwhile arrives there', async () => {
  const { ana, group } = await enter();
  room.telegram.fail('sendMessage', 'drop');
  ana.say(group, '/status');
  await room.telegram.called('sendMessage', 2);
  const id = group.migrate();
  await until(() => room.telegram.messages(id).some(({ text }) => text.includes('Nothing is on')));
});
