import { beforeEach, describe, expect, it } from 'vitest';
import type { ReactionCounts } from '../../../src/domain/reaction.ts';
import { Reactions } from '../../../src/stream/screen/reactions.ts';
import { type BroadcastBench, makeBroadcast } from '../../fakes/broadcast-bench.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

let bench: BroadcastBench;
let reactions: Reactions;
let told: { readonly at: number; readonly burst: ReactionCounts }[];
beforeEach(() => {
  bench = makeBroadcast();
  const { broadcast, clock } = bench;
  reactions = new Reactions({ mode: 'watch', broadcast, clock, logger: silentLogger });
  const begun = clock.now();
  told = [];
  reactions.subscribe((burst) => told.push({ at: clock.now() - begun, burst }));
});

describe('reactions', () => {
  it('are told at once where they are the first, and together where they follow', async () => {
    reactions.add('👏', 'ana');
    await bench.clock.advance(0);
    expect(told).toEqual([{ at: 0, burst: { '👏': 1 } }]);
    reactions.add('👏', 'bob');
    reactions.add('🔥', 'ana');
    reactions.add('👏', 'eve');
    await bench.clock.advance(299);
    expect(told).toHaveLength(1);
    await bench.clock.advance(1);
    expect(told.slice(1)).toEqual([{ at: 300, burst: { '👏': 2, '🔥': 1 } }]);
  });

  it('of 500 who press for three seconds are told in eleven goes, none of them lost', async () => {
    for (let tenth = 0; tenth < 30; tenth += 1) {
      for (let viewer = 0; viewer < 500; viewer += 1) {
        if (viewer % 10 === tenth % 10) reactions.add('😂', `viewer ${viewer}`);
      }
      await bench.clock.advance(100);
    }
    await bench.clock.advance(1_000);
    expect(told.length).toBeLessThanOrEqual(11);
    expect(told.reduce((sum, { burst }) => sum + (burst['😂'] ?? 0), 0)).toBe(1_500);
  });

  it('leave no timer when nobody presses', async () => {
    expect(bench.clock.pending).toBe(0);
    reactions.add('😱', 'ana');
    await bench.clock.advance(1_000);
    expect(bench.clock.pending).toBe(0);
    expect(told).toHaveLength(1);
  });

  it('are not told once it has been stopped', async () => {
    reactions.add('😱', 'ana');
    reactions.stop();
    await bench.clock.advance(1_000);
    expect(told).toEqual([]);
  });

  it('of one person, ten are taken in five seconds, and of others all the same', async () => {
    for (let press = 0; press < 10; press += 1) reactions.add('👏', 'ana');
    expect(() => reactions.add('👏', 'ana')).toThrow(
      expect.objectContaining({ code: 'reacts_too_fast', params: { most: 10, seconds: 5 } }),
    );
    reactions.add('👏', 'bob');
    await bench.clock.advance(5_000);
    reactions.add('👏', 'ana');
    expect(reactions.totals).toEqual({ '👏': 12 });
  });

  it('are counted for as long as the same is on: from nothing at a switch, also back to what was on before', async () => {
    await bench.onAir(1);
    reactions.add('👏', 'ana');
    reactions.add('👏', 'bob');
    reactions.add('🔥', 'bob');
    expect(reactions.totals).toEqual({ '👏': 2, '🔥': 1 });
    await bench.onAir(2);
    expect(reactions.totals).toEqual({});
    reactions.add('😱', 'ana');
    await bench.onAir(1);
    expect(reactions.totals).toEqual({});
    reactions.add('👏', 'ana');
    await bench.broadcast.stop();
    expect(reactions.totals).toEqual({});
  });

  it('survive a source that is brought back', async () => {
    await bench.onAir(1);
    reactions.add('👏', 'ana');
    const restarting = bench.broadcast.restart();
    await bench.clock.advance(100);
    bench.account.last.deliver();
    await restarting;
    expect(reactions.totals).toEqual({ '👏': 1 });
  });
});
