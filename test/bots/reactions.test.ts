import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { play } from '../../src/actions/play.ts';
import { allReactions, type ReactionCounts } from '../../src/domain/reaction.ts';
import { ids } from '../fakes/discord/scene.ts';
import { mainId } from '../fakes/main-id.ts';
import { finished, readIn } from './calling.ts';
import { controller, startCardRoom, stranger, viewer } from './card-room.ts';
import type { Room } from './room.ts';

const console_ = { id: 'console', name: 'Console', role: 'admin' } as const;

let room: Room;
/** The reactions sent to the watch pages. */
let told: ReactionCounts[];
async function enter(reactions: 'watch' | 'room' = 'room'): Promise<void> {
  room = await startCardRoom({}, { reactions });
  told = [];
  room.http.screen.reactions.subscribe((burst) => told.push(burst));
}
beforeEach(() => enter());
afterEach(async () => {
  await room.stop();
  expect(room.discord.fake.violations).toEqual([]);
  expect(room.telegram.violations).toEqual([]);
});

describe('in Discord', () => {
  const user = (id: string) => room.discord.fake.user(id);
  const messages = () => room.discord.fake.messages(ids.tv);
  const shows = (text: string) =>
    room.discord.fake.until(() => (readIn(messages()[0]).includes(text) ? true : undefined));

  async function postCard(): Promise<string> {
    const reply = await finished(user(ids.anna).command(ids.tv, 'play', { channel: 'tf1' }));
    const id = reply.message?.id ?? '';
    await vi.waitFor(() => expect(room.cards.all()).toHaveLength(1), { timeout: 10_000 });
    return id;
  }

  it('a press shows on every watch page, is acknowledged at once, and posts no message', async () => {
    const card = await postCard();
    const edits = room.discord.fake.edits(card).length;
    const pressed = await user(ids.boss).press(card, 'v1:react:🔥').acknowledged();
    expect(pressed.acknowledgedAfterMs).toBeLessThan(1_000);
    await vi.waitFor(() => expect(room.http.screen.reactions.totals).toEqual({ '🔥': 1 }), {
      timeout: 10_000,
    });
    await room.http.clock.advance(0);
    expect(told).toEqual([{ '🔥': 1 }]);
    await room.restart();
    expect(pressed.followups).toEqual([]);
    expect(messages().map(({ id }) => id)).toEqual([card]);
    expect(room.discord.fake.edits(card)).toHaveLength(edits);
  });

  it('the card counts reactions in one line, with one edit in 15 s, and restarts at zero after a switch', async () => {
    const card = await postCard();
    const row = messages()[0]?.components?.at(-1);
    for (const emoji of allReactions) expect(JSON.stringify(row)).toContain(`"v1:react:${emoji}"`);
    for (let press = 0; press < 12; press += 1) room.http.screen.reactions.add('👏', `viewer ${press}`);
    for (let press = 0; press < 3; press += 1) room.http.screen.reactions.add('🔥', `viewer ${press}`);
    await room.http.clock.advance(1_000);
    await shows('👏 12 🔥 3');
    for (let second = 0; second < 13; second += 1) {
      room.http.screen.reactions.add('😱', `viewer ${second}`);
      await room.http.clock.advance(1_000);
    }
    expect(room.discord.fake.edits(card).filter(({ via }) => via === 'channel')).toHaveLength(1);
    await room.http.clock.advance(2_000);
    await shows('👏 12 🔥 3 😱 13');
    await play(room.context, room.http.screen, console_, { channelId: mainId(2) });
    await room.http.clock.advance(16_000);
    await shows('Canal');
    expect(readIn(messages()[0])).not.toContain('👏');
  });

  it('a person who may not react is told so in private', async () => {
    const card = await postCard();
    room.context.people.setStanding({ id: `discord:${ids.anna}`, name: 'Anna' }, 'denied', 0);
    const pressed = await user(ids.anna).press(card, 'v1:react:👏', { locale: 'en-GB' }).followedUp();
    expect(pressed.followups[0]).toMatchObject({ flags: 64, content: expect.stringContaining('may not do') });
    expect(room.http.screen.reactions.totals).toEqual({});
  });

  it('a person who presses without end gets no messages', async () => {
    const card = await postCard();
    for (let press = 0; press < 10; press += 1) room.http.screen.reactions.add('👏', `discord:${ids.anna}`);
    const pressed = await user(ids.anna).press(card, 'v1:react:👏').acknowledged();
    // Waits until the bot has finished.
    await room.restart();
    expect(pressed.followups).toEqual([]);
    expect(messages()).toHaveLength(1);
  });
});

describe('in Telegram', () => {
  const user = (id: number) => room.telegram.user(id);
  const club = () => room.telegram.group('Club', { members: [controller, viewer, stranger].map(user) });

  it('a press shows on every watch page, and a toast tells the presser the count', async () => {
    const group = club();
    const card = await user(controller).say(group, '/play tf1').reply(/TF1/);
    expect(card.buttons.at(-1)).toEqual(['👏', '🔥', '😂', '😱']);
    expect(await user(viewer).press(card, '😂').answer()).toMatchObject({ alert: false, text: '😂 1' });
    expect(await user(controller).press(card, '😂').answer()).toMatchObject({ alert: false, text: '😂 2' });
    await room.http.clock.advance(0);
    expect(told).toEqual([{ '😂': 2 }]);
    expect(room.telegram.messages(group).map(({ id }) => id)).toEqual([card.id]);
    await room.http.clock.advance(1_000);
    await expect.poll(() => room.telegram.message(card.id)?.text).toContain('\n😂 2');
    await play(room.context, room.http.screen, console_, { channelId: mainId(2) });
    await room.http.clock.advance(16_000);
    await expect.poll(() => room.telegram.message(card.id)?.text).toContain('Canal+');
    expect(room.telegram.message(card.id)?.text).not.toContain('😂');
  });

  it('a person who may not react or presses without end is told so, without a message', async () => {
    const group = club();
    const card = await user(controller).say(group, '/play tf1').reply(/TF1/);
    expect(await user(stranger).press(card, '👏').answer()).toMatchObject({
      alert: true,
      text: expect.stringContaining('Send this number'),
    });
    for (let press = 0; press < 10; press += 1) room.http.screen.reactions.add('👏', `telegram:${viewer}`);
    expect(await user(viewer).press(card, '👏').answer()).toMatchObject({
      alert: false,
      text: expect.stringContaining('Slow down: at most 10 reactions'),
    });
    expect(room.telegram.messages(group)).toHaveLength(1);
  });

  it('an emoji that is no longer offered is answered by a sentence', async () => {
    const group = club();
    const card = await user(controller).say(group, '/play tf1').reply(/TF1/);
    expect(await user(viewer).pressData(card, 'v1:react:💣').answer()).toMatchObject({
      alert: true,
      text: 'Unknown choice “💣”: choose one of 👏 🔥 😂 😱.',
    });
    expect(room.http.screen.reactions.totals).toEqual({});
  });

  it('a card has reactions only in room mode, and a former card’s button says so', async () => {
    const group = club();
    const before = await user(controller).say(group, '/play tf1').reply(/TF1/);
    expect(before.buttons.flat()).toContain('👏');
    await room.stop();
    await enter('watch');
    const again = club();
    const card = await user(controller).say(again, '/play tf1').reply(/TF1/);
    expect(card.buttons.flat()).not.toContain('👏');
    const pressed = user(controller).pressData(card, 'v1:react:👏');
    expect(await pressed.answer()).toMatchObject({
      alert: true,
      text: expect.stringContaining('Reactions are off here'),
    });
  });
});
