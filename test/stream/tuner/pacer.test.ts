import { describe, expect, it } from 'vitest';
import type { Piece } from '../../../src/stream/normaliser/normaliser.ts';
import { Pacer } from '../../../src/stream/tuner/pacer.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const STEP = 0.04;

class Bench {
  readonly clock = new FakeClock();
  readonly out: { seconds: number; at: number }[] = [];
  readonly pacer = new Pacer(this.clock, ({ seconds }) =>
    this.out.push({ seconds, at: (this.clock.monotonic() - this.#begun) / 1000 }),
  );
  readonly #begun = this.clock.monotonic();
  #seconds = 0;

  /** Stream time that comes at once; a keyframe every second. */
  batch(seconds: number, isStart: (second: number) => boolean = () => true): void {
    for (let left = seconds; left > STEP / 2; left -= STEP) {
      this.#seconds += STEP;
      const begins = isStart(this.#seconds) && Math.floor(this.#seconds) > Math.floor(this.#seconds - STEP);
      this.pacer.take(piece(this.#seconds, begins || (this.#seconds === STEP && isStart(0))));
    }
  }

  /** Stream time that has gone out by now. */
  get gone(): number {
    return this.out.at(-1)?.seconds ?? 0;
  }

  /** Longest time without anything new, in seconds, from `since` on. */
  longestPause(since: number): number {
    const times = this.out.map(({ at }) => at).filter((at) => at >= since);
    return Math.max(...times.slice(1).map((at, index) => at - (times[index] ?? 0)));
  }
}

function piece(seconds: number, isStart: boolean): Piece {
  return { bytes: Buffer.alloc(188), isStart, layout: { video: 'h264', audio: [] }, seconds };
}

describe('Pacer', () => {
  it('passes pieces in real time on at once', async () => {
    const bench = new Bench();
    for (let second = 0; second < 10; second += STEP) {
      bench.batch(STEP);
      await bench.clock.advance(STEP * 1000);
    }
    for (const { seconds, at } of bench.out) expect(seconds - at).toBeCloseTo(STEP, 5);
  });

  it('passes an initial burst of three seconds on at once', () => {
    const bench = new Bench();
    bench.batch(3);
    expect(bench.gone).toBeCloseTo(3, 5);
  });

  it('counts the burst from the first keyframe on, since nothing before it can be shown', () => {
    const bench = new Bench();
    bench.batch(14, (second) => second >= 9);
    expect(bench.gone).toBeGreaterThan(12.9);
    expect(bench.gone).toBeLessThan(13.2);
  });

  it('paces a source that sends everything at once', async () => {
    const bench = new Bench();
    bench.batch(30);
    expect(bench.gone).toBeCloseTo(4, 0);
    for (const seconds of [5, 10, 20]) {
      const before = bench.out.at(-1)?.at ?? 0;
      await bench.clock.advance(seconds * 1000 - before * 1000);
      expect(Math.abs(bench.gone - (seconds + 4))).toBeLessThan(0.2);
    }
  });

  it('paces a source at ten times the speed', async () => {
    const bench = new Bench();
    for (let tenth = 0; tenth < 30; tenth++) {
      bench.batch(1);
      await bench.clock.advance(100);
    }
    expect(bench.gone).toBeLessThan(3 + 4.2);
    expect(bench.gone).toBeGreaterThan(3 + 3.5);
  });

  it.each([6, 10, 15])('builds up a reserve for batches %i s apart', async (length) => {
    const bench = new Bench();
    for (let round = 0; round < 5; round++) {
      bench.batch(length);
      await bench.clock.advance(length * 1000);
    }
    expect(bench.longestPause(0)).toBeLessThan(4.2);
    expect(bench.longestPause(2 * length)).toBeLessThan(1.2);
    expect(bench.gone).toBeGreaterThan(5 * length - 1);
  });

  it('passes at most one second at once after a pause of the source', async () => {
    const bench = new Bench();
    bench.batch(1);
    await bench.clock.advance(12_000);
    bench.batch(12);
    expect(bench.gone).toBeLessThan(2.2);
    await bench.clock.advance(12_000);
    expect(bench.gone).toBeCloseTo(13, 0);
  });

  it('makes a source wait that is far ahead, and reports when it may continue', async () => {
    const bench = new Bench();
    let mayGoOn = false;
    bench.batch(30);
    expect(bench.pacer.isFull).toBe(false);
    bench.batch(30);
    expect(bench.pacer.isFull).toBe(true);
    bench.pacer.whenRoom(() => {
      mayGoOn = true;
    });
    await bench.clock.advance(10_000);
    expect(mayGoOn).toBe(false);
    await bench.clock.advance(7_000);
    expect(mayGoOn).toBe(true);
  });

  it('reports since when it is empty, and when everything has gone out', async () => {
    const bench = new Bench();
    let isDrained = false;
    bench.batch(6);
    void bench.pacer.drained().then(() => {
      isDrained = true;
    });
    expect(bench.pacer.emptySince).toBeNull();
    await bench.clock.advance(1_000);
    expect(isDrained).toBe(false);
    await bench.clock.advance(5_000);
    expect(isDrained).toBe(true);
    expect((bench.clock.monotonic() - (bench.pacer.emptySince ?? 0)) / 1000).toBeCloseTo(4, 0);
  });

  it('delivers nothing after stop(), and ends all waits', async () => {
    const bench = new Bench();
    bench.batch(60);
    const drained = bench.pacer.drained();
    bench.pacer.stop();
    await drained;
    const { gone } = bench;
    await bench.clock.advance(5_000);
    expect(bench.gone).toBe(gone);
    expect(bench.clock.pending).toBe(0);
  });
});
