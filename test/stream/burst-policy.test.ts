import { describe, expect, it } from 'vitest';
import { BurstPolicy, type Offer } from '../../src/stream/burst-policy.ts';

const offer = (now: number, independent: boolean, backlog: number): Offer => ({ now, independent, backlog });

describe('BurstPolicy', () => {
  it.each<[what: string, offers: readonly Offer[], onAirWith: number]>([
    ['takes the first segment where nobody is far behind', [offer(0, true, 9)], 0],
    [
      'leaves out a burst where somebody is, up to the next keyframe',
      [offer(0, true, 12), offer(50, false, 12), offer(900, false, 11), offer(1_900, true, 11)],
      3,
    ],
    [
      'takes what comes in its own time, however far behind they are',
      [offer(0, true, 20), offer(1_000, true, 20)],
      1,
    ],
    ['never begins within a group of pictures', [offer(0, false, 0), offer(1_000, true, 0)], 1],
    ['leaves out only so many', Array.from({ length: 8 }, (_, n) => offer(n, n === 0, 20)), 6],
  ])('%s', (_, offers, onAirWith) => {
    const policy = new BurstPolicy();
    expect(offers.findIndex((each) => !policy.leavesOut(each))).toBe(onAirWith);
  });
});
