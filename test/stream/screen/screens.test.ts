import { describe, expect, it } from 'vitest';
import { liveScreen, screenId } from '../../../src/domain/ids.ts';
import type { Trouble } from '../../../src/domain/trouble.ts';
import { Emitter } from '../../../src/lib/emitter.ts';
import { Reactions } from '../../../src/stream/screen/reactions.ts';
import { joinScreen, type PictureHealth, type ScreenEvent } from '../../../src/stream/screen/screen.ts';
import { Screens } from '../../../src/stream/screen/screens.ts';
import { ViewerHistory } from '../../../src/stream/screen/viewer-history.ts';
import { makeBroadcast } from '../../fakes/broadcast-bench.ts';
import { noPast } from '../../fakes/no-past.ts';
import { noRendition } from '../../fakes/no-rendition.ts';
import { screenFacts } from '../../fakes/screen-facts.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

describe('Screens', () => {
  const live = makeScreen().screen;
  const sport = { ...live, id: screenId('sport'), facts: screenFacts('sport', 2) };
  const screens = new Screens([live, sport], silentLogger);

  it('gives the default screen where none is named', () => {
    expect(screens.get()).toBe(live);
    expect(screens.get(liveScreen)).toBe(live);
  });

  it('gives a screen by its id', () => {
    expect(screens.get('sport')).toBe(sport);
  });

  it.each(['', 'Live', 'kids', '__proto__', '../live'])('throws screen_unknown for "%s"', (id) => {
    expect(() => screens.get(id)).toThrow(expect.objectContaining({ code: 'screen_unknown' }));
  });

  it('lists the screens in their order', () => {
    expect(screens.all()).toEqual([live, sport]);
  });
});

describe('a screen', () => {
  it('has the id of its broadcast and the viewers of its channel', () => {
    const { screen } = makeScreen();
    expect(screen.id).toBe('live');
    expect(screen.broadcast.status.id).toBe(screen.id);
    const leave = screen.viewers.connected();
    expect(screen.broadcast.status.viewers).toBe(1);
    leave();
  });

  it('tells of changes of its status, of reactions and of trouble by one emitter', async () => {
    const { screen, bench, setTrouble } = makeScreen();
    const events: ScreenEvent[] = [];
    const leave = screen.events.subscribe((event) => events.push(event));
    await bench.onAir(7);
    expect(bench.statuses.at(-1)?.state).toBe('live');
    expect(events).toEqual(bench.statuses.map((status) => ({ type: 'status', status })));

    events.length = 0;
    screen.reactions.add('👏', 'ada');
    await bench.clock.advance(0);
    const trouble: Trouble = { kind: 'black', since: 5 };
    setTrouble(trouble);
    expect(events.filter(({ type }) => type !== 'status')).toEqual([
      { type: 'reactions', burst: { '👏': 1 } },
      { type: 'trouble', trouble },
    ]);

    events.length = 0;
    leave();
    setTrouble(null);
    expect(events).toEqual([]);
    await bench.broadcast.shutdown();
  });

  it('goes on where a listener throws', async () => {
    const { screen, bench } = makeScreen();
    const states: string[] = [];
    screen.events.subscribe(() => {
      throw new Error('a listener that is broken');
    });
    screen.events.subscribe((event) => {
      if (event.type === 'status') states.push(event.status.state);
    });
    await bench.onAir(7);
    expect(states.at(-1)).toBe('live');
    await bench.broadcast.shutdown();
  });
});

function makeScreen() {
  const bench = makeBroadcast();
  const { broadcast, clock } = bench;
  const changes = new Emitter(() => {});
  const health = {
    trouble: null as Trouble | null,
    subscribe: (listener: () => void) => changes.subscribe(listener),
  } satisfies PictureHealth;
  const setTrouble = (trouble: Trouble | null): void => {
    health.trouble = trouble;
    changes.emit();
  };
  const screen = joinScreen(
    {
      facts: () => screenFacts('live'),
      remembered: null,
      broadcast,
      rendition: noRendition(broadcast.live.playlist, clock),
      past: noPast(),
      viewerHistory: new ViewerHistory(broadcast.live.viewers, clock),
      reactions: new Reactions({ mode: () => 'watch', broadcast, clock, logger: silentLogger }),
      pictureHealth: health,
    },
    silentLogger,
  );
  return { screen, bench, setTrouble };
}
