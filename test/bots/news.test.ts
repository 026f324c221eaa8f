import { afterEach, beforeEach, expect, it } from 'vitest';
import { tellEvents } from '../../src/app/tell-events.ts';
import type { ChannelEvent } from '../../src/catalogue/search/channel-search.ts';
import { Emitter } from '../../src/lib/emitter.ts';
import { ids } from '../fakes/discord/scene.ts';
import { mainId } from '../fakes/main-id.ts';
import { finished, readIn } from './calling.ts';
import { startCardRoom, viewer } from './card-room.ts';
import type { Room } from './room.ts';

const ufc: ChannelEvent = {
  channel: {
    ...{ id: mainId(2), number: null, name: 'PPV 2: UFC 300 04:00', categoryId: null },
    ...{ logo: null, epgId: null, archiveDays: 0 },
  },
  series: 'ppv',
  text: 'UFC 300 04:00',
};

let room: Room;
let events: Emitter<readonly ChannelEvent[]>;
beforeEach(async () => {
  room = await startCardRoom();
  events = new Emitter((error) => {
    throw error;
  });
  const { keeper: cards, context } = room;
  tellEvents({ events, follows: context.follows, cards, context });
});
afterEach(async () => {
  await room.stop();
  expect(room.discord.fake.violations).toEqual([]);
  expect(room.telegram.violations).toEqual([]);
});

it('an event that a channel of Discord follows is posted there, with a button that plays it', async () => {
  await finished(room.discord.fake.user(ids.anna).command(ids.tv, 'follow', { words: 'ufc' }));
  events.emit([{ ...ufc, channel: { ...ufc.channel, name: 'PPV 3: Golf' } }]);
  events.emit([ufc]);
  const told = await room.discord.fake.until(() =>
    room.discord.fake.messages(ids.tv).find((message) => readIn(message).includes('UFC 300')),
  );
  expect(JSON.stringify(told.components)).toContain('▶ UFC 300 04:00');
  expect(room.discord.fake.messages(ids.tv).some((message) => readIn(message).includes('Golf'))).toBe(false);
});

it('an event that a chat of Telegram follows is posted there; a chat that has ended follows nothing', async () => {
  const ana = room.telegram.user(viewer);
  ana.start();
  await ana.say(ana, '/follow ufc').reply(/ufc/);
  const [follow] = room.context.follows.all();
  events.emit([ufc]);
  const chat = Number(follow?.place.split(':')[1]);
  await expect
    .poll(() => room.telegram.messages(chat).some(({ text }) => text.includes('UFC 300 04:00')))
    .toBe(true);
  ana.block();
  events.emit([{ ...ufc, channel: { ...ufc.channel, name: 'PPV 4: UFC 301' } }]);
  await expect.poll(() => room.context.follows.all()).toEqual([]);
});
