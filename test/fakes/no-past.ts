import { RingDisk } from '../../src/stream/segments/ring/ring-disk.ts';
import { SegmentRing } from '../../src/stream/segments/ring/segment-ring.ts';
import { FakeClock } from './fake-clock.ts';
import { silentLogger } from './silent-logger.ts';

/** The segments of a screen in memory alone. */
export function noPast(): SegmentRing {
  const options = { folder: '', length: () => 0, clock: new FakeClock(), logger: silentLogger };
  return new SegmentRing({ ...options, disk: new RingDisk(options) });
}
