import { beforeEach, describe, expect, it } from 'vitest';
import { Bandwidth } from '../../../src/stream/segments/bandwidth.ts';

let bandwidth: Bandwidth;
beforeEach(() => {
  bandwidth = new Bandwidth();
});

describe('Bandwidth', () => {
  it('tells nothing before there is enough to measure', () => {
    bandwidth.add(1_000, 2);
    expect(bandwidth.measured).toBeNull();
  });

  it('tells the fattest stretch of at least three seconds, and the average', () => {
    for (const kilobytes of [500, 500, 1_000, 2_000, 500, 500]) bandwidth.add(kilobytes * 1_000, 2);
    // 1,000 kB, 3,000 kB and 1,000 kB, each in 4 s
    expect(bandwidth.measured).toEqual({ peak: 6_000_000, average: 3_333_334 });
  });

  it('forgets what was on more than ten minutes ago', () => {
    bandwidth.add(9_000_000, 6);
    for (let minute = 0; minute < 20; minute++)
      for (let count = 0; count < 10; count++) bandwidth.add(750_000, 6);
    expect(bandwidth.measured).toEqual({ peak: 1_000_000, average: 1_000_000 });
  });
});
