import { describe, expect, it } from 'vitest';
import { Coalescer } from '../../src/lib/coalescer.ts';
import { FakeClock, settle } from '../fakes/fake-clock.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

function make(job: () => Promise<void> = async () => {}) {
  const clock = new FakeClock();
  const begun = clock.now();
  const times: number[] = [];
  const coalescer = new Coalescer({
    clock,
    gather: 1_000,
    every: 15_000,
    logger: silentLogger,
    job: async () => {
      times.push(clock.now() - begun);
      coalescer.didJob();
      await job();
    },
  });
  return { clock, times, coalescer };
}

describe('Coalescer', () => {
  it('runs the job soon after a quiet time, and not before the interval has passed, however many changes come', async () => {
    const { clock, times, coalescer } = make();
    for (let news = 0; news < 200; news++) {
      coalescer.touch();
      await clock.advance(100);
    }
    await clock.advance(60_000);
    expect(times).toEqual([1_000, 16_000, 31_000]);
    coalescer.touch();
    await clock.advance(60_000);
    expect(times.at(-1)).toBe(81_000);
  });

  it('never runs the job twice at a time, and runs it once more for changes during a job', async () => {
    const first = Promise.withResolvers<void>();
    const { clock, times, coalescer } = make(() => first.promise);
    coalescer.touch();
    await clock.advance(1_000);
    coalescer.touch();
    await clock.advance(60_000);
    expect(times).toEqual([1_000]);
    first.resolve();
    await settle();
    await clock.advance(1_000);
    expect(times).toEqual([1_000, 62_000]);
  });

  it('runs the job again after a failure', async () => {
    const { clock, times, coalescer } = make(() => Promise.reject(new Error('this job fails')));
    coalescer.touch();
    await clock.advance(1_000);
    coalescer.touch();
    await clock.advance(60_000);
    expect(times).toEqual([1_000, 16_000]);
  });

  it('waits for the interval after another part has done the job', async () => {
    const { clock, times, coalescer } = make();
    coalescer.didJob();
    coalescer.touch();
    await clock.advance(60_000);
    expect(times).toEqual([15_000]);
  });

  it('runs no job after stop', async () => {
    const { clock, times, coalescer } = make();
    coalescer.touch();
    coalescer.stop();
    coalescer.touch();
    await clock.advance(60_000);
    expect(times).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
