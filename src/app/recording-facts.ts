import type { Disk, RecordingsFacts } from '../doctor/facts.ts';
import { probeDisk } from '../doctor/probes.ts';
import type { Clock } from '../lib/clock.ts';
import { nearestFolder } from '../lib/nearest-folder.ts';
import { recentTrouble } from '../recordings/recent-trouble.ts';
import type { Recordings } from '../recordings/recordings.ts';

export interface RecordingFactsOptions {
  readonly recordings: Pick<Recordings, 'all'>;
  /** The folder of all recordings, which the first one makes. */
  readonly root: string;
  readonly leastFree: number;
  readonly clock: Clock;
}

/** Milliseconds for a disk: one in a network that is gone never answers. */
const PATIENCE = 3_000;

/** What /doctor judges of recordings; null where there are none. */
export async function recordingFacts(options: RecordingFactsOptions): Promise<RecordingsFacts | null> {
  const { recordings, root, leastFree, clock } = options;
  const all = recordings.all();
  if (all.length === 0) return null;
  const late = Promise.withResolvers<Disk>();
  const cancel = clock.after(PATIENCE, () => late.resolve({ path: root, free: null, isWritable: false }));
  const disk = await Promise.race([nearestFolder(root).then(probeDisk), late.promise]);
  cancel();
  return { disk, leastFree, ...recentTrouble(all, clock.now()) };
}
