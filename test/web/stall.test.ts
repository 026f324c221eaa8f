import { describe, expect, it } from 'vitest';
import { StallWatch } from '../../src/web/watch/stall.ts';

/** The seconds at which the watch reports a stall when it checks every half second. */
function alarms(
  seconds: number,
  position: (second: number) => number,
  plays: (second: number) => boolean,
): number[] {
  const watch = new StallWatch(8_000);
  const found: number[] = [];
  for (let second = 0; second <= seconds; second += 0.5) {
    if (watch.check(second * 1_000, position(second), plays(second))) found.push(second);
  }
  return found;
}

describe('StallWatch', () => {
  it('reports nothing while the playhead moves', () => {
    expect(
      alarms(
        60,
        (second) => second,
        () => true,
      ),
    ).toEqual([]);
  });

  it('reports a stall after 8 s without movement and every 8 s from then on', () => {
    expect(
      alarms(
        30,
        (second) => Math.min(second, 10),
        () => true,
      ),
    ).toEqual([18, 26]);
  });

  it('starts counting when playback should resume after a pause', () => {
    expect(
      alarms(
        40,
        () => 5,
        (second) => second >= 20,
      ),
    ).toEqual([27.5, 35.5]);
  });

  it('starts counting at the next check after a restart', () => {
    const watch = new StallWatch(8_000);
    watch.check(0, 5, true);
    watch.restart();
    expect(watch.check(7_000, 5, true)).toBe(false);
    expect(watch.check(14_500, 5, true)).toBe(false);
    expect(watch.check(15_000, 5, true)).toBe(true);
  });
});
