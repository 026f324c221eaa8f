import { describe, expect, it } from 'vitest';
import { StreamStart } from '../../../src/stream/tuner/stream-start.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

describe('StreamStart', () => {
  it('starts at the first piece where a decoder can start, and passes everything after it', () => {
    const start = new StreamStart(new FakeClock());
    const passed = [false, false, true, false, false].map((isStart) => start.passes({ isStart }));
    expect(passed).toEqual([false, false, true, true, true]);
  });

  it('does not wait for ever for a keyframe', () => {
    const clock = new FakeClock();
    const start = new StreamStart(clock);
    expect(start.passes({ isStart: false })).toBe(false);
    clock.skip(12_001);
    expect(start.passes({ isStart: false })).toBe(true);
  });
});
