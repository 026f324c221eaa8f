import { describe, expect, it } from 'vitest';
import { firstRequest, nextRequest, stoppedAt, waitFor } from '../../../src/stream/tuner/archive-requests.ts';
import { LiveDisguise } from '../../../src/stream/tuner/live-disguise.ts';

/** All times are minutes here. */
const inMinutes = (request: ReturnType<typeof nextRequest>) =>
  request === null || request === 'stuck' ? request : [request.from / 60_000, request.to / 60_000];
const at = (minutes: number) => minutes * 60_000;

describe('requests for the past', () => {
  it.each([
    ['a whole programme', 60, 120, 10_000, [60, 120]],
    ['a start within a minute', 60.7, 120, 10_000, [60, 120]],
    ['more than a panel gives at once', 0, 1_000, 10_000, [0, 480]],
    ['a running programme, as far as it is there', 60, 120, 100.4, [60, 98]],
    ['a programme that has just begun', 60, 120, 60.5, [60, 61]],
  ])('are first for %s', (_, from, to, now, request) => {
    expect(inMinutes(firstRequest({ from: at(from), to: at(to) }, at(now)))).toEqual(request);
  });

  it.each([
    ['what is left', 479.98, 1_000, 10_000, [480, 960]],
    ['what has been recorded meanwhile', 97.9, 120, 137.5, [98, 120]],
    ['nothing, where all is read', 119.1, 120, 10_000, null],
    ['nothing again that stopped at once', 0.2, 120, 10_000, 'stuck'],
  ])('are next for %s', (_, reached, to, now, request) => {
    const last = { from: 0, to: at(480) };
    expect(inMinutes(nextRequest(last, at(reached), at(to), at(now)))).toEqual(request);
  });

  it('leave out what was never recorded, if the answer was whole and long after', () => {
    const request = { from: 0, to: at(120) };
    const stopped = (isWhole: boolean, askedAt: number) =>
      stoppedAt(request, at(110), isWhole, at(askedAt)) / 60_000;
    expect([stopped(true, 1_000), stopped(false, 1_000), stopped(true, 123)]).toEqual([120, 110, 110]);
  });

  it('wait for the first minute', () => {
    expect(waitFor({ from: at(98), to: at(99) }, at(100.5))).toBe(at(0.5));
    expect(waitFor({ from: at(98), to: at(99) }, at(101))).toBe(0);
  });
});

describe('the live picture in disguise', () => {
  /** Stream time each second, from the first byte on. */
  const judge = (secondsAt: (second: number) => number) => {
    const disguise = new LiveDisguise(0);
    for (let second = 0; second < 60; second++) {
      const verdict = disguise.judge(second * 1000, secondsAt(second));
      if (verdict) return [verdict, second];
    }
    return null;
  };

  it.each([
    ['live', 'as fast as it plays', (second: number) => second, ['live', 13]],
    ['live', 'after a burst', (second: number) => second + (second > 0 ? 20 : 0), ['live', 13]],
    ['an archive', 'faster', (second: number) => second * 1.5, ['archive', 10]],
    ['an archive', 'slower, over a bad network', (second: number) => second * 0.7, ['archive', 18]],
    ['nothing', 'not at all', () => 3, null],
  ])('is %s: %s', (_what, _how, secondsAt, verdict) => {
    expect(judge(secondsAt)).toEqual(verdict);
  });
});
