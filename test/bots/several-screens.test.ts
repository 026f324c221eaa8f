import { afterEach, beforeEach, expect, it } from 'vitest';
import { ids } from '../fakes/discord/scene.ts';
import { readIn } from './calling.ts';
import { idsByRole, type Room, startRoom, until } from './room.ts';

const ADA = 7;
/** The id that the fake server gives its first group. */
const GROUP = -5_000_001;
const listed = {
  discord: idsByRole({ admin: [ids.boss] }),
  telegram: idsByRole({ admin: [ADA], viewer: [GROUP] }),
};

let room: Room;
beforeEach(async () => {
  room = await startRoom({ listed, isTimeFake: true });
  await Promise.all([room.startDiscord(), room.startTelegram()]);
  await room.telegram.polled();
});
afterEach(() => room.stop());

it('a Discord room and a Telegram group are each about the screen that was chosen there', async () => {
  const boss = room.discord.fake.user(ids.boss);
  const ada = room.telegram.user(ADA, { language_code: 'en' });
  const group = room.telegram.group('Pitch', { kind: 'group', members: [ada] });
  await boss.command(ids.tv, 'screen add', { name: 'Sport' }).answered();
  const { choices } = await boss.autocomplete(ids.tv, 'play', 'screen', 'sp').answered();
  expect(choices).toEqual([{ name: 'Sport', value: 'sport' }]);

  await ada.say(group, '/screen use sport').reply(/Sport/);
  await ada.say(group, '/play arte').reply(/📺 Sport\n.*Arte/s);
  await boss.command(ids.tv, 'play', { channel: 'tf1' }).answered();
  const nameOn = (id: string) => room.http.context.screens.get(id).broadcast.status.channel?.name;
  expect([nameOn('live'), nameOn('sport')]).toEqual(['TF1 HD', 'Arte']);
  await boss.command(ids.tv, 'stop', { screen: 'sport' }).answered();
  expect([nameOn('live'), nameOn('sport')]).toEqual(['TF1 HD', undefined]);
  await boss.command(ids.tv, 'play', { channel: 'canal', screen: 'sport' }).answered();
  const shown = () => room.discord.fake.presences.at(-1)?.activities[0]?.name;
  await room.http.clock.advance(20_000);
  await until(() => shown() === 'TF1 · Canal+');

  // The card of the room follows its choice; the list of televisions is none of its business.
  const { changedAt } = room.http.context.lineUp;
  await boss.command(ids.tv, 'status').answered();
  const shownOnCard = () => {
    const { message } = room.cards.find(`discord:${ids.tv}`) ?? {};
    return readIn(room.discord.fake.messages(ids.tv).find(({ id: each }) => each === message));
  };
  await until(() => shownOnCard().includes('📺 Live'));
  // Nothing is left to be shown.
  await room.http.clock.advance(60_000);
  await boss.command(ids.tv, 'screen use', { screen: 'sport' }).answered();
  await room.http.clock.advance(20_000);
  await until(() => shownOnCard().includes('📺 Sport'));
  expect(room.http.context.lineUp.changedAt).toBe(changedAt);

  // The group keeps its screen under its new id.
  const id = group.migrate();
  await until(() => room.cards.all().some(({ place }) => place === `telegram:${id}`));
  await ada.say(group, '/status').reply(/📺 Sport/);
});
