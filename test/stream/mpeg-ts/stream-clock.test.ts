import { describe, expect, it } from 'vitest';
import { type ClockKind, StreamClock } from '../../../src/stream/mpeg-ts/stream-clock.ts';

type Ticks = [ClockKind, number][];
const WRAP = 2 ** 33 / 90_000;

function run(ticks: Ticks): StreamClock {
  const clock = new StreamClock();
  for (const [kind, seconds] of ticks) clock.tick(kind, Math.round(seconds * 90_000));
  return clock;
}

/** A tick every tenth of a second. */
function at(kind: ClockKind, from: number, to: number): Ticks {
  const count = Math.round((to - from) * 10) + 1;
  return Array.from({ length: count }, (_, index) => [kind, from + index / 10]);
}

/** Both at the same time. */
function both(one: Ticks, other: Ticks): Ticks {
  return one.flatMap((tick, index) => [tick, ...other.slice(index, index + 1)]);
}

const cases: [string, Ticks, number][] = [
  ['advances with the programme clock', at(0, 5, 5.2), 0.2],
  ['advances across a wrap', [...at(0, WRAP - 0.1, WRAP - 0.1), [0, 0.1]], 0.2],
  ['does not advance at a backward jump', [...at(0, 50, 50.1), ...at(0, 3, 3.1)], 0.2],
  ['does not advance over a missing segment', [...at(0, 50, 50.1), ...at(0, 54.1, 54.2)], 0.2],
  ['does not advance at a forward jump', [...at(0, 50, 50.1), ...at(0, 5_000, 5_000.1)], 0.2],
  ['counts a short gap as time', [...at(0, 50, 50), ...at(0, 53, 53)], 3],
  ['follows video timestamps without a programme clock', both(at(1, 1, 2), at(2, 1, 2)), 1],
  ['follows only one of two clocks', both(at(0, 1, 3), at(1, 1.5, 3.3)), 2],
  ['follows audio timestamps once video ends', [...at(0, 1, 2), ...at(2, 2, 4)], 3],
  ['counts no time twice', [...at(2, 1, 2), [1, 1], ...at(2, 2, 3), [1, 2], ...at(2, 3, 4), [1, 3]], 3],
  ['returns to the better clock', [...at(1, 1, 2), ...at(0, 70, 71), [1, 3]], 2],
];

describe('StreamClock', () => {
  it.each(cases)('%s', (_, ticks, expected) => {
    expect(Math.abs(run(ticks).seconds - expected)).toBeLessThan(0.11);
  });

  it('leaves most of a gap out of the playable time', () => {
    expect(run([...at(0, 50, 50.1), ...at(0, 52.5, 52.5)]).heard).toBeCloseTo(0.6, 5);
  });
});
