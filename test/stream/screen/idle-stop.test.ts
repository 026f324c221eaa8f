import { describe, expect, it } from 'vitest';
import type { BroadcastState } from '../../../src/domain/broadcast-status.ts';
import { IdleStop } from '../../../src/stream/screen/idle-stop.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

const MINUTE = 60_000;

describe('IdleStop', () => {
  it.each<[state: BroadcastState, unwatched: number, after: number | null, stops: boolean]>([
    ['live', MINUTE, MINUTE, false],
    ['live', MINUTE + 1, MINUTE, true],
    ['recovering', MINUTE + 1, MINUTE, true],
    // Somebody has just asked for a channel, or there is none.
    ['starting', 2 * MINUTE, MINUTE, false],
    ['switching', 2 * MINUTE, MINUTE, false],
    ['stopping', 2 * MINUTE, MINUTE, false],
    ['idle', 2 * MINUTE, MINUTE, false],
    ['live', 1_000 * MINUTE, null, false],
  ])('in state %s, unwatched for %d ms with a limit of %s: stops %s', (state, unwatched, after, stops) => {
    let stopped = 0;
    const stop = async () => {
      stopped++;
    };
    new IdleStop({ after: () => after, stop, logger: silentLogger }).check(state, unwatched);
    expect(stopped).toBe(stops ? 1 : 0);
  });
});
