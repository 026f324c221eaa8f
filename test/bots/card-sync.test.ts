import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { owner } from '../../src/access/visitor.ts';
import { play } from '../../src/actions/play.ts';
import { stop } from '../../src/actions/stop.ts';
import { type CardPort, CardSync, type Outcome } from '../../src/bots/card-sync.ts';
import { card } from '../../src/commands/card.ts';
import type { Place } from '../../src/domain/actor.ts';
import type { BroadcastStatus } from '../../src/domain/broadcast-status.ts';
import type { Posted } from '../../src/domain/card.ts';
import { AppError } from '../../src/domain/errors.ts';
import { Emitter } from '../../src/lib/emitter.ts';
import { Cards } from '../../src/store/cards.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { ScreenEvent } from '../../src/stream/screen/screen.ts';
import { Screens } from '../../src/stream/screen/screens.ts';
import { settle } from '../fakes/fake-clock.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';

const ana = { id: 'discord:1', name: 'Ana', role: 'controller' } as const;
const room: Place = { id: 'discord:10', platform: 'discord', language: 'en', isPrivate: false };
const club: Place = { id: 'telegram:-5:7', platform: 'telegram', language: 'fr', isPrivate: false };

/** The edits that a platform received, with the seconds since the start. */
interface Edit extends Posted {
  readonly at: number;
  readonly text: string;
}

let http: FakeHttp;
let database: DatabaseSync;
let cards: Cards;
let keeper: CardSync;
let edits: Edit[];
let removed: string[];
let answer: () => Promise<Outcome>;

beforeEach(async () => {
  http = await startFakeHttp();
  database = openDatabase(':memory:');
  cards = new Cards(database);
  edits = [];
  removed = [];
  answer = async () => 'done';
  keeper = startKeeper();
});
afterEach(async () => {
  keeper.stop();
  await http.stop();
  database.close();
});

function startKeeper(context: Partial<FakeHttp['context']> = {}): CardSync {
  const made = new CardSync({
    cards,
    context: { ...http.context, ...context },
    logger: http.context.logger,
  });
  const begun = http.clock.now();
  const port: CardPort = {
    looks: ({ lines, buttons }) => JSON.stringify([lines, buttons]),
    edit: async ({ place, message }, { lines }) => {
      const at = (http.clock.now() - begun) / 1_000;
      edits.push({ at, place, message, text: JSON.stringify(lines) });
      return answer();
    },
    remove: async ({ message }) => void removed.push(message),
    send: async () => 'done',
  };
  made.start();
  made.connect('discord', port);
  made.connect('telegram', port);
  return made;
}

/** Starts a keeper on a fake broadcast; the returned function changes its status. */
function startWithFakeBroadcast(
  beginning: Partial<BroadcastStatus>,
): (change: Partial<BroadcastStatus>) => void {
  keeper.stop();
  const events = new Emitter<ScreenEvent>((error) => {
    throw error;
  });
  let status = { ...http.screen.broadcast.status, ...beginning };
  const broadcast = Object.create(http.screen.broadcast, { status: { get: () => status } });
  const screens = new Screens([{ ...http.screen, broadcast, events }], http.context.logger);
  keeper = startKeeper({ screens, screenOf: () => screens.get() });
  return (change) => {
    status = { ...status, ...change };
    events.emit({ type: 'status', status });
  };
}

/** Reports that a card was posted. */
function post(place: Place, message: string): void {
  const { context, screen } = http;
  keeper.posted(place, message, card(screen.broadcast.status, { context, screen, language: place.language }));
}

describe('CardSync', () => {
  it('edits the card of each place in its language, and none that is up to date', async () => {
    post(room, 'a');
    post(club, 'b');
    await http.clock.advance(60_000);
    expect(edits).toEqual([]);
    await play(http.context, http.screen, ana, { channelId: mainId(1) });
    await http.clock.advance(1_000);
    expect(edits).toMatchObject([
      { place: room.id, message: 'a', text: expect.stringContaining('requested by Ana') },
      { place: club.id, message: 'b', text: expect.stringContaining('demandé par Ana') },
    ]);
    await http.clock.advance(60_000);
    expect(edits).toHaveLength(2);
  });

  it('shows that a variant stands in, and that the chosen channel is back', async () => {
    const change = startWithFakeBroadcast({ state: 'live', channel: { id: mainId(1), name: 'TF1 FHD' } });
    post(room, 'a');
    await http.clock.advance(60_000);
    change({
      channel: { id: mainId(2), name: 'TF1 HD' },
      standsInFor: { code: 'channel_dead', params: {}, channel: { id: mainId(1), name: 'TF1 FHD' } },
    });
    await http.clock.advance(20_000);
    expect(edits.at(-1)?.text).toContain('TF1 FHD is gone: TF1 HD');
    change({ channel: { id: mainId(1), name: 'TF1 FHD' }, standsInFor: null });
    await http.clock.advance(20_000);
    expect(edits.at(-1)?.text).not.toContain('is gone');
  });

  it('names on every card a television that had no free connection, for two minutes', async () => {
    const { client } = http.context.clients.make('Jellyfin in the living room', 'jellyfin', owner);
    await play(http.context, http.screen, ana, { channelId: mainId(1) });
    post(room, 'a');
    post(club, 'b');
    await http.clock.advance(60_000);
    edits = [];
    const refuse = () =>
      http.context.clients.refused(client, 'Arte', new AppError('no_slot', { capacity: 1, holders: 'TF1' }));
    refuse();
    await http.clock.advance(20_000);
    expect(edits).toMatchObject([
      { message: 'a', text: expect.stringContaining('⚠ Jellyfin in the living room had no free connection') },
      { message: 'b', text: expect.stringContaining('⚠ Pas de connexion libre pour Jellyfin in the living') },
    ]);
    refuse();
    await http.clock.advance(119_000);
    expect(edits).toHaveLength(2);
    await http.clock.advance(20_000);
    expect(edits.slice(2)).toMatchObject([{ message: 'a' }, { message: 'b' }]);
    for (const { text } of edits.slice(2)) expect(text).not.toContain('Jellyfin');
  });

  it('shows that the picture is bad, and that it is good again', async () => {
    await play(http.context, http.screen, ana, { channelId: mainId(1) });
    post(room, 'a');
    await http.clock.advance(60_000);
    http.pictureHealth.set({ kind: 'black', since: http.clock.now() });
    await http.clock.advance(20_000);
    expect(edits.at(-1)?.text).toContain('The picture has been black since');
    http.pictureHealth.set(null);
    await http.clock.advance(20_000);
    expect(edits.at(-1)?.text).not.toContain('black');
  });

  it('makes at most two edits for 100 changes in 10 s, the last with the final state', async () => {
    const change = startWithFakeBroadcast({ state: 'live', channel: { id: mainId(1), name: 'TF1' } });
    post(room, 'a');
    await http.clock.advance(60_000);
    edits = [];
    for (let round = 1; round <= 100; round++) {
      const isOn = round % 2 === 0;
      change({
        state: isOn ? 'live' : 'recovering',
        attempt: isOn ? null : { number: 1, of: 5 },
        viewers: round,
      });
      await http.clock.advance(100);
    }
    await http.clock.advance(60_000);
    expect(edits.length).toBeLessThanOrEqual(2);
    expect(edits.at(-1)?.text).toContain('on air');
    expect(edits.at(-1)?.text).toContain('100 viewers');
  });

  it('never edits a card twice within 15 s', async () => {
    post(room, 'a');
    for (let round = 0; round < 40; round++) {
      await play(http.context, http.screen, ana, { channelId: mainId(1 + (round % 3)) });
      await http.clock.advance(2_000);
    }
    expect(edits.length).toBeGreaterThan(3);
    const gaps = edits.slice(1).map(({ at }, index) => at - (edits[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(15);
  });

  it('makes no edit while a channel is being opened', async () => {
    const change = startWithFakeBroadcast({});
    post(room, 'a');
    await http.clock.advance(60_000);
    const channel = { id: mainId(1), name: 'TF1' };
    change({ state: 'starting', wanted: { ...channel, askedBy: null } });
    await http.clock.advance(5_000);
    expect(edits).toEqual([]);
    change({ state: 'live', wanted: null, channel });
    await http.clock.advance(1_000);
    expect(edits).toMatchObject([{ at: 66, text: expect.stringContaining('TF1') }]);
  });

  it('updates the progress bar and the programme as time passes, without events', async () => {
    const now = http.clock.now();
    const minute = 60_000;
    http.guide.push(
      { title: 'News', description: '', start: now, stop: now + 10 * minute },
      { title: 'Film', description: '', start: now + 10 * minute, stop: now + 100 * minute },
    );
    await play(http.context, http.screen, ana, { channelId: mainId(1) });
    post(room, 'a');
    await http.clock.advance(20_000);
    expect(edits.at(-1)?.text).toContain('▱▱▱▱▱▱▱▱▱▱');
    await http.clock.advance(minute);
    expect(edits.at(-1)?.text).toContain('▰▱▱▱▱▱▱▱▱▱');
    await http.clock.advance(8 * minute);
    expect(edits.at(-1)?.text).toMatch(/News.*▰▰▰▰▰▰▰▰▰▱.*Film/);
    await http.clock.advance(minute);
    expect(edits.at(-1)?.text).toMatch(/Film.*▱▱▱▱▱▱▱▱▱▱/);
    expect(edits.at(-1)?.text).not.toContain('News');
    expect(edits.length).toBeLessThan(14);
  });

  it('removes the old card of a place when a new one is posted', async () => {
    post(room, 'a');
    post(room, 'b');
    await settle();
    expect(removed).toEqual(['a']);
    await play(http.context, http.screen, ana, { channelId: mainId(1) });
    await http.clock.advance(60_000);
    expect(edits.map(({ message }) => message)).toEqual(['b']);
    post(room, 'b');
    await settle();
    expect(removed).toEqual(['a']);
  });

  it('forgets a deleted card, and retries after transient errors', async () => {
    post(room, 'a');
    answer = async () => {
      throw new Error('no network');
    };
    await play(http.context, http.screen, ana, { channelId: mainId(1) });
    await http.clock.advance(10_000);
    expect(edits).toHaveLength(1);
    answer = async () => 'gone';
    await http.clock.advance(20_000);
    expect(edits).toHaveLength(2);
    expect(cards.all()).toEqual([]);
    await stop(http.context, http.screen, ana);
    await http.clock.advance(60_000);
    expect(edits).toHaveLength(2);
  });

  it('keeps the same messages after a restart, and edits only those that changed', async () => {
    post(room, 'a');
    post(club, 'b');
    keeper.stop();
    keeper = startKeeper();
    await http.clock.advance(60_000);
    expect(edits).toEqual([]);
    keeper.stop();
    await play(http.context, http.screen, ana, { channelId: mainId(1) });
    await http.clock.advance(60_000);
    keeper = startKeeper();
    await http.clock.advance(60_000);
    expect(edits.map(({ message }) => message)).toEqual(['a', 'b']);
  });

  it('corrects a card that a slow older edit overwrote', async () => {
    post(room, 'a');
    const slow = Promise.withResolvers<Outcome>();
    answer = () => slow.promise;
    await play(http.context, http.screen, ana, { channelId: mainId(1) });
    await http.clock.advance(60_000);
    expect(edits).toHaveLength(1);
    // A button is answered meanwhile; the slow edit arrives last and shows the former state.
    await stop(http.context, http.screen, ana);
    post(room, 'a');
    answer = async () => 'done';
    slow.resolve('done');
    await http.clock.advance(60_000);
    expect(edits.at(-1)?.text).toContain('Nothing is on');
    expect(edits).toHaveLength(2);
  });

  it('makes the answer to a button wait for an edit in progress, and does not repeat the answer', async () => {
    post(room, 'a');
    const slow = Promise.withResolvers<Outcome>();
    answer = () => slow.promise;
    await play(http.context, http.screen, ana, { channelId: mainId(1) });
    await http.clock.advance(60_000);
    let isAnswered = false;
    const answered = keeper.inTurn(room.id, async () => {
      isAnswered = true;
      post(room, 'a');
    });
    await stop(http.context, http.screen, ana);
    await settle();
    expect(isAnswered).toBe(false);
    slow.resolve('done');
    await answered;
    await http.clock.advance(60_000);
    expect(edits).toHaveLength(1);
  });

  it('updates the cards when the catalogue changes, since their buttons name channels', async () => {
    post(room, 'a');
    await http.clock.advance(60_000);
    cards.setShown({ place: room.id, message: 'a' }, 'what there was without the list');
    await http.clock.advance(60_000);
    expect(edits).toEqual([]);
    await http.context.catalogue.refresh();
    await http.clock.advance(1_000);
    expect(edits).toHaveLength(1);
  });

  it('pauses while the bot lacks the right to edit, and then shows the latest state', async () => {
    post(room, 'a');
    answer = async () => 'barred';
    await play(http.context, http.screen, ana, { channelId: mainId(1) });
    await http.clock.advance(60_000);
    await play(http.context, http.screen, ana, { channelId: mainId(2) });
    await http.clock.advance(60_000);
    expect(edits).toHaveLength(1);
    await http.clock.advance(5 * 60_000);
    expect(edits).toHaveLength(2);
    answer = async () => 'done';
    await http.clock.advance(10 * 60_000);
    expect(edits.at(-1)?.text).toContain('Canal+');
    expect(cards.all()).toMatchObject([{ message: 'a' }]);
    const count = edits.length;
    await stop(http.context, http.screen, ana);
    await http.clock.advance(15_000);
    expect(edits.length).toBe(count + 1);
  });

  it('throws nothing while the database fails, and updates the card afterwards', async () => {
    post(room, 'a');
    database.exec('ALTER TABLE cards RENAME TO away');
    expect(() => post(room, 'b')).not.toThrow();
    expect(keeper.isCard({ place: room.id, message: 'a' })).toBe(false);
    await play(http.context, http.screen, ana, { channelId: mainId(1) });
    await http.clock.advance(60_000);
    expect(http.screen.broadcast.status.channel?.id).toBe(mainId(1));
    expect(edits).toEqual([]);
    database.exec('ALTER TABLE away RENAME TO cards');
    await play(http.context, http.screen, ana, { channelId: mainId(2) });
    await http.clock.advance(60_000);
    expect(edits.at(-1)).toMatchObject({ message: 'a', text: expect.stringContaining('Canal+') });
  });

  it('skips an edit of a message if a newer one arrives while it waits', async () => {
    const slow = Promise.withResolvers<void>();
    const done: string[] = [];
    const job = (name: string) => async () => void done.push(name);
    const message = { place: room.id, message: 'a' };
    const jobs = [
      keeper.inTurn(room.id, () => slow.promise),
      keeper.replaceInTurn(message, job('first')),
      keeper.replaceInTurn({ ...message, message: 'b' }, job('of another message')),
      keeper.replaceInTurn(message, job('second')),
      keeper.replaceInTurn(message, job('third')),
    ];
    slow.resolve();
    await Promise.all(jobs);
    expect(done).toEqual(['of another message', 'third']);
  });

  it('edits any message, such as a vote from before a restart, once the platform connects', async () => {
    keeper.stop();
    const late = new CardSync({ cards, context: http.context, logger: http.context.logger });
    late.start();
    const change = late.change({ place: room.id, message: 'vote' }, { lines: [['over']], isPrivate: false });
    expect(edits).toEqual([]);
    const changed: string[] = [];
    late.connect('discord', {
      looks: () => '',
      edit: async ({ message }) => {
        changed.push(message);
        return 'done';
      },
      remove: async () => {},
      send: async () => 'done',
    });
    await settle();
    expect(changed).toEqual(['vote']);
    expect(await change).toBe(true);
    late.stop();
  });

  it('leaves no timer behind', async () => {
    await play(http.context, http.screen, ana, { channelId: mainId(1) });
    const before = http.clock.pending;
    post(room, 'a');
    keeper.stop();
    expect(http.clock.pending).toBe(before);
  });
});
