import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Heartbeat } from '../../../src/stream/screen/heartbeat.ts';
import { type BroadcastBench, makeBroadcast, wishFor } from '../../fakes/broadcast-bench.ts';
import { FakeClock, settle } from '../../fakes/fake-clock.ts';
import { mainId } from '../../fakes/main-id.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

const broken = () => {
  throw new Error('a listener that throws');
};

let bench: BroadcastBench;
beforeEach(() => {
  bench = makeBroadcast();
});

describe('a listener that throws', () => {
  it('at the status harms no switch, no stop and no other listener', async () => {
    bench.broadcast.subscribe(broken);
    const other = vi.fn();
    bench.broadcast.subscribe(other);
    await bench.onAir(1);
    const playing = bench.broadcast.play(wishFor(2), null);
    await settle();
    bench.account.last.deliver();
    expect(await playing).toMatchObject({ state: 'live', channel: { id: mainId(2) } });
    expect(await bench.broadcast.stop()).toMatchObject({ state: 'idle' });
    expect(other).toHaveBeenLastCalledWith(expect.objectContaining({ state: 'idle' }));
  });

  it('at the segments takes no channel off the air', async () => {
    bench.broadcast.live.playlist.subscribe(broken);
    await bench.onAir(1);
    bench.account.last.deliver();
    expect(bench.broadcast.status.state).toBe('live');
    expect(bench.sources()).toEqual(['slate', '1.0']);
  });
});

describe('Heartbeat', () => {
  it('goes on after a beat that failed', async () => {
    const clock = new FakeClock();
    let beats = 0;
    const pulse = new Heartbeat(clock, { count: 1 }, silentLogger, () => {
      beats += 1;
      if (beats < 3) throw new Error('a beat that fails');
      return beats < 5;
    });
    pulse.wake();
    await clock.advance(5_000);
    expect(beats).toBe(5);
  });
});
