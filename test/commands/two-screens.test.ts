import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HistoryRecorder } from '../../src/app/history-recorder.ts';
import { CardSync } from '../../src/bots/card-sync.ts';
import type { CommandContext } from '../../src/commands/context.ts';
import { execute } from '../../src/commands/execute.ts';
import { registry } from '../../src/commands/registry.ts';
import type { Reply } from '../../src/commands/reply.ts';
import { suggest } from '../../src/commands/suggest.ts';
import type { Actor, Place } from '../../src/domain/actor.ts';
import { liveScreen, screenId } from '../../src/domain/ids.ts';
import type { HttpContext } from '../../src/http/context.ts';
import { createServer } from '../../src/http/server.ts';
import { statusJson } from '../../src/http/status-json.ts';
import { Cards } from '../../src/store/cards.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { Screen } from '../../src/stream/screen/screen.ts';
import { Screens } from '../../src/stream/screen/screens.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { screenFacts } from '../fakes/screen-facts.ts';
import { ada, labelsOf, textOf } from './asking.ts';

const bob: Actor = { ...ada, id: 'discord:2', name: 'Bob', role: 'viewer' };
const tv: Place = { id: 'discord:tv', platform: 'discord', language: 'en', isPrivate: false };
const pitch: Place = { ...tv, id: 'discord:pitch' };

/** Each screen with a broadcast and a clock of its own; everything else is that of the first. */
let fakes: readonly [live: FakeHttp, sport: FakeHttp];
let live: Screen;
let sport: Screen;
let context: HttpContext & CommandContext;
beforeEach(async () => {
  const options = { reactions: 'room' } as const;
  fakes = [await startFakeHttp(options), await startFakeHttp({ ...options, screen: screenId('sport') })];
  [live, sport] = [fakes[0].screen, { ...fakes[1].screen, facts: screenFacts('sport', 2, 'Sport') }];
  context = {
    ...fakes[0].context,
    screens: new Screens([live, sport], fakes[0].context.logger),
    screenOf: (place) => (place === pitch.id ? sport : live),
  };
  const { history, clock, logger } = context;
  new HistoryRecorder({ screen: sport, history, before: null, clock, logger }).start();
});
afterEach(() => Promise.all(fakes.map((fake) => fake.stop())));

const call = (place: Place, command: string, values: readonly string[] = [], actor = ada): Promise<Reply> =>
  execute(registry, context, { actor, place }, { command, values });

/** Presses the button that has this label. */
function press(place: Place, { buttons = [] }: Reply, label: string, actor = ada): Promise<Reply> {
  const button = buttons.flat().find((each) => each.label === label);
  if (!button || !('action' in button)) throw new Error(`no button ${label}`);
  return call(place, button.action.command, button.action.values, actor);
}

const nameOn = (screen: Screen) => screen.broadcast.status.channel?.name ?? null;

describe('two screens', () => {
  it('each have a status of their own, and a command acts on the screen of its place', async () => {
    expect(textOf(await call(pitch, 'play', ['arte']))).toContain('● Arte');
    expect([nameOn(live), nameOn(sport)]).toEqual([null, 'Arte']);
    await call(tv, 'play', ['tf1']);
    expect([nameOn(live), nameOn(sport)]).toEqual(['TF1 HD', 'Arte']);
    expect(textOf(await call(tv, 'status'))).toContain('● TF1');
    expect(textOf(await call(pitch, 'status'))).toContain('● Arte');
    await call(pitch, 'restart');
    expect(live.broadcast.status.restarts).toBe(0);
    await call(tv, 'stop');
    expect([nameOn(live), nameOn(sport)]).toEqual([null, 'Arte']);
    expect(statusJson(context, live, 'en', 'viewer')).toMatchObject({ id: 'live', channel_name: null });
    expect(statusJson(context, sport, 'en', 'viewer')).toMatchObject({ id: 'sport', channel_name: 'Arte' });
  });

  it('each have cards, which follow nothing of the other', async () => {
    const { clock, logger } = context;
    const edits: string[] = [];
    const cards = new CardSync({ cards: new Cards(openDatabase(':memory:')), context, logger });
    cards.start();
    cards.connect('discord', {
      looks: (reply) => JSON.stringify([reply.lines, reply.buttons]),
      edit: async ({ place }, reply) => {
        edits.push(`${place}: ${textOf(reply)}`);
        return 'done';
      },
      remove: async () => {},
      send: async () => 'done',
    });
    for (const place of [tv, pitch]) cards.posted(place, `card of ${place.id}`, await call(place, 'status'));
    const later = async (): Promise<string[]> => {
      for (const fake of fakes) await fake.clock.advance(15_000);
      return edits.splice(0);
    };
    expect(await later()).toEqual([]);
    await call(pitch, 'play', ['arte']);
    expect(await later()).toEqual([expect.stringMatching(/^discord:pitch: 📺 Sport\n● Arte/u)]);
    fakes[1].pictureHealth.set({ kind: 'black', since: clock.now() });
    expect(await later()).toEqual([expect.stringMatching(/^discord:pitch: .*black/s)]);
    await call(tv, 'play', ['tf1']);
    expect(await later()).toEqual([expect.stringMatching(/^discord:tv: 📺 Live\n● TF1/u)]);
    await call(tv, 'react', ['👏']);
    expect(await later()).toEqual([expect.stringMatching(/^discord:tv: .*👏 1/s)]);
    cards.stop();
  });

  it('each count their reactions', async () => {
    await call(tv, 'play', ['tf1']);
    await call(pitch, 'play', ['arte']);
    await call(pitch, 'react', ['🔥']);
    expect(live.reactions.totals).toEqual({});
    expect(sport.reactions.totals).toEqual({ '🔥': 1 });
  });

  it('each have a history and a previous channel', async () => {
    await call(tv, 'play', ['canal']);
    await call(tv, 'play', ['tf1']);
    const before = await call(pitch, 'play', ['arte']);
    expect(labelsOf(before).filter((label) => label.startsWith('◀'))).toEqual([]);
    expect(labelsOf(await call(tv, 'status'))).toContain('◀ Canal+');
    expect(context.history.latest(5, liveScreen).map(({ channelName }) => channelName)).toEqual([
      'TF1 HD',
      'Canal+',
    ]);
    expect(context.history.latest(5, sport.id)).toMatchObject([{ channelName: 'Arte' }]);
    expect(textOf(await call(pitch, 'history'))).not.toContain('TF1');
    expect(textOf(await call(tv, 'history'))).not.toContain('Arte');
  });

  it('each have popular channels, which come first in the suggestions of their places', async () => {
    for (const name of ['arte', 'tf1', 'arte']) await call(pitch, 'play', [name]);
    const first = (place: Place) =>
      suggest(context, bob, { place: place.id, option: 'channel', typed: '' })[0]?.label;
    expect(first(pitch)).toBe('Arte');
    expect(first(tv)).not.toBe('Arte');
  });

  it('each have votes, which the other does not disturb', async () => {
    for (const screen of [live, sport]) for (let each = 0; each < 4; each++) screen.viewers.connected();
    await call(tv, 'play', ['tf1']);
    await call(pitch, 'play', ['tf1']);
    const askedFor = async (place: Place): Promise<Reply> =>
      press(place, await call(place, 'play', ['arte'], bob), 'Ask the room', bob);
    const onLive = await askedFor(tv);
    const onSport = await askedFor(pitch);
    // Another channel on the one screen ends its vote alone.
    await call(tv, 'play', ['canal']);
    expect(textOf(await press(pitch, onSport, '👍 1'))).toContain('Bob would like');
    expect(labelsOf(await press(tv, onLive, '👍 1'))).toEqual([]);
    expect([nameOn(live), nameOn(sport)]).toEqual(['Canal+', 'TF1 HD']);
    const third = { ...ada, id: 'discord:3' };
    await press(pitch, onSport, '👍 1', third);
    expect([nameOn(live), nameOn(sport)]).toEqual(['Canal+', 'Arte']);
  });

  it('are told apart in the audit log', async () => {
    context = { ...context, publicUrl: 'https://tv.example' };
    await call(pitch, 'play', ['arte']);
    await call(tv, 'stop');
    await call(pitch, 'login');
    expect(context.audit.list(3)).toMatchObject([
      { action: 'login_link', screen: null },
      { action: 'stop', screen: 'live' },
      { action: 'play', screen: 'sport' },
    ]);
  });

  it('leave the API to the default one', async () => {
    const server = await createServer(context);
    await call(pitch, 'play', ['arte']);
    const answer = await server.inject({
      method: 'POST',
      url: '/set_active_stream',
      headers: bearer,
      payload: { channel_id: 1 },
    });
    expect(answer.json()).toMatchObject({ id: 'live', channel_name: 'TF1 HD' });
    await server.inject({ method: 'POST', url: '/stop_stream', headers: bearer });
    expect([nameOn(live), nameOn(sport)]).toEqual([null, 'Arte']);
    await server.close();
  });
});
