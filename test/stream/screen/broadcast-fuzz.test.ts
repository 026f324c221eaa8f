import { expect, it } from 'vitest';
import { AppError } from '../../../src/domain/errors.ts';
import type { StoredSegment } from '../../../src/stream/segments/segment.ts';
import { french, original } from '../../fakes/audio-tracks.ts';
import { makeBroadcast, watchOutcome, wishFor } from '../../fakes/broadcast-bench.ts';
import { settle } from '../../fakes/fake-clock.ts';
import type { Behaviour } from '../../fakes/fake-feeds.ts';
import { FIRST_SEQUENCE } from '../../fakes/live-channel.ts';
import { mainId } from '../../fakes/main-id.ts';
import { labelOf } from '../../fakes/synthetic-segment.ts';

const OPERATIONS = 300;

const behaviours: readonly Behaviour[] = [
  { firstAfter: 300 },
  { firstAfter: 1_500 },
  { firstAfter: 500, diesAfter: 700 },
  { firstAfter: 200, diesAfter: 45_000 },
  { fails: 'channel_dead', after: 400 },
  { fails: 'no_slot' },
  // Nothing ever comes: called off, or in the end given up by the test.
  'by hand',
];

it.each([
  [1, 1, []],
  [2, 2, []],
  [3, 1, []],
  [4, 3, []],
  [5, 1, [1, 2, 3]],
  [6, 2, [1, 2, 3]],
  [7, 1, [1, 2, 3, 4, 5, 6]],
  [8, 2, [1, 2, 3, 4, 5, 6]],
])(
  'whatever happens, the channel goes on (seed %i, connections: %i, variants: %j)',
  async (seed, capacity, variants) => {
    const bench = makeBroadcast({ capacity, variants, idleStop: 120_000 });
    const { broadcast, account, clock, segments, statuses } = bench;
    const random = makeRandom(seed);
    account.closeTime = 300;
    for (const id of [1, 2, 3]) account.tracks.set(id, [french, original]);
    const outcomes: (() => string)[] = [];

    const operations: (() => unknown)[] = [
      () => outcomes.push(watchOutcome(broadcast.play(wishFor(1 + random(6)), { id: 'a', name: 'ana' }))),
      () => outcomes.push(watchOutcome(broadcast.play(wishFor(1 + random(6)), { id: 'b', name: 'ben' }))),
      () => outcomes.push(watchOutcome(broadcast.chooseAudio([french, original][random(2)]?.id ?? 0))),
      () => random(3) === 0 && void broadcast.stop(),
      () => outcomes.push(watchOutcome(broadcast.comeBack(3_000))),
      () => outcomes.push(watchOutcome(broadcast.failOver(new AppError('channel_black')))),
      () => account.onAir[0]?.die(random(2) === 0 ? 'channel_stalled' : 'ffmpeg_failed', random(8) > 0),
      () => account.feeds.at(-1)?.fail('channel_silent'),
      () => broadcast.demand(),
      () => broadcast.live.viewers.seen('ana'),
      () => clock.advance(random(400)),
      () => clock.advance(random(3_000)),
      () => clock.advance(random(40_000)),
    ];

    for (let count = 0; count < OPERATIONS; count++) {
      for (const id of [1, 2, 3, 4, 5, 6])
        if (random(4) === 0) account.behaviours.set(id, behaviours[random(behaviours.length)] ?? 'by hand');
      // Often several at once, with nothing happening in between.
      for (let together = 0; together <= random(3); together++)
        await operations[random(operations.length)]?.();
      await settle();
      const { state, channel } = broadcast.status;
      const onAir = account.onAir.map(({ channel: number }) => mainId(number));
      expect(onAir.length).toBeLessThanOrEqual(1);
      expect(account.open.length).toBeLessThanOrEqual(capacity);
      if (state === 'live') expect(onAir).toEqual([channel?.id]);
      if (state === 'idle') expect(onAir).toEqual([]);
    }

    const down = watchOutcome(broadcast.shutdown());
    await clock.advance(5_000);
    expect(down()).toBe('done');
    expect(account.open).toEqual([]);
    expect(clock.pending).toBe(0);
    expect(outcomes.map((outcome) => outcome())).not.toContain('pending');
    expect(outcomes.map((outcome) => outcome())).toContain('done');
    expect(statuses.filter(({ state }) => state === 'live').length).toBeGreaterThan(5);
    checkChannel(segments);
  },
);

/** What players rely on, whatever has happened. */
function checkChannel(segments: readonly StoredSegment[]): void {
  expect(segments.length).toBeGreaterThan(100);
  expect(segments.map(({ sequence }) => sequence)).toEqual(
    segments.map((_, index) => FIRST_SEQUENCE + index),
  );
  const sources = segments.map((segment) => labelOf(segment).split(' ')[0]);
  expect(segments.map(({ discontinuity }) => discontinuity)).toEqual(
    sources.map((source, index) => source !== sources[index - 1]),
  );
  // Between two segments of one feed there may be slate, but never another feed.
  for (const source of new Set(sources)) {
    const between = sources.slice(sources.indexOf(source), sources.lastIndexOf(source));
    if (source !== 'slate')
      expect(between.filter((other) => other !== source && other !== 'slate')).toEqual([]);
  }
  const times = segments.map(({ programDateTime }) => programDateTime);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
}

function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
