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
  reactions = new Reactions({ mode: () => 'watch', broadcast, clock, logger: silentLogger });
  const begun = clock.now();
  told = [];
  reactions.subscribe((burst) => told.push({ at: clock.now() - begun, burst }));
});

describe('Reactions', () => {
  it('tells of the first press at once, and of the following ones together', async () => {
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

  it('tells of 500 presses within three seconds in eleven bursts, and loses none', async () => {
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

  it('leaves no timer while nobody presses', async () => {
    expect(bench.clock.pending).toBe(0);
    reactions.add('😱', 'ana');
    await bench.clock.advance(1_000);
    expect(bench.clock.pending).toBe(0);
    expect(told).toHaveLength(1);
  });

  it('tells of no press after stop', async () => {
    reactions.add('😱', 'ana');
    reactions.stop();
    await bench.clock.advance(1_000);
    expect(told).toEqual([]);
  });

  it('takes ten presses of one person in five seconds, and those of others too', async () => {
    for (let press = 0; press < 10; press += 1) reactions.add('👏', 'ana');
    expect(() => reactions.add('👏', 'ana')).toThrow(
      expect.objectContaining({ code: 'reacts_too_fast', params: { most: 10, seconds: 5 } }),
    );
    reactions.add('👏', 'bob');
    await bench.clock.advance(5_000);
    reactions.add('👏', 'ana');
    expect(reactions.totals).toEqual({ '👏': 12 });
  });

  it('counts from zero after each switch, also back to the channel before', async () => {
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

  it('keeps its counts over a source that is brought back', async () => {
    await bench.onAir(1);
    reactions.add('👏', 'ana');
    const restarting = bench.broadcast.restart();
    await bench.clock.advance(100);
    bench.account.last.deliver();
    await restarting;
    expect(reactions.totals).toEqual({ '👏': 1 });
  });
});
