import { describe, expect, it } from 'vitest';
import { Viewers } from '../../../src/stream/screen/viewers.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

describe('Viewers', () => {
  it('counts a player once, for as long as it asks for playlists', () => {
    const clock = new FakeClock();
    const viewers = new Viewers(clock);
    viewers.seen('a');
    clock.skip(15_000);
    viewers.seen('a');
    viewers.seen('b');
    expect(viewers.count).toBe(2);
    clock.skip(15_000);
    viewers.seen('b');
    expect(viewers.count).toBe(2);
    clock.skip(6_000);
    expect(viewers.count).toBe(1);
    clock.skip(60_000);
    expect(viewers.count).toBe(0);
  });

  it('believes an edge for three of its reports, and no edge twice', () => {
    const clock = new FakeClock();
    const viewers = new Viewers(clock);
    viewers.reported('paris', 12);
    viewers.reported('paris', 10);
    clock.skip(30_000);
    viewers.reported('oslo', 5);
    expect([viewers.count, viewers.atEdges]).toEqual([15, 15]);
    expect(viewers.ids).toEqual([]);
    clock.skip(16_000);
    expect(viewers.count).toBe(5);
    viewers.reported('oslo', 0);
    expect(viewers.count).toBe(0);
  });

  it('counts a player for as long as it was said to', () => {
    const clock = new FakeClock();
    const viewers = new Viewers(clock);
    viewers.seen('a', 50_000);
    clock.skip(49_000);
    expect([viewers.count, viewers.ids]).toEqual([1, ['a']]);
    clock.skip(2_000);
    expect([viewers.count, viewers.ids]).toEqual([0, []]);
  });

  it('counts a connection once, until it ends', () => {
    const viewers = new Viewers(new FakeClock());
    const ends = [viewers.connected(), viewers.connected()];
    expect(viewers.count).toBe(2);
    ends[0]?.();
    ends[0]?.();
    expect(viewers.count).toBe(1);
  });
});
