import { Gauge, type Registry } from 'prom-client';
import { type Recording, recordingStates } from '../domain/recording.ts';
import { freeSpace } from '../lib/free-space.ts';

export interface KeptSources {
  readonly recordings: () => readonly Pick<Recording, 'state'>[];
  /** Folders by what they are for. */
  readonly volumes: Readonly<Record<string, string>>;
  /** When each guide in use was last found up to date, in epoch milliseconds; null for never. */
  readonly guides: () => readonly (number | null)[];
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Milliseconds that a disk may take to answer, such as one of the network. */
const DISK_PATIENCE = 2_000;

/** What is on the disks: recordings, room, the guide. */
export function addKept(registry: Registry, { recordings, volumes, guides, now }: KeptSources): void {
  const registers = [registry];
  new Gauge({
    name: 'zapette_recordings',
    help: 'Recordings by state',
    labelNames: ['state'],
    registers,
    collect() {
      const counts = new Map<string, number>();
      for (const { state } of recordings()) counts.set(state, (counts.get(state) ?? 0) + 1);
      for (const state of recordingStates) this.set({ state }, counts.get(state) ?? 0);
    },
  });
  new Gauge({
    name: 'zapette_disk_free_bytes',
    help: 'Bytes that may still be written to the disk of a folder; missing where the disk does not answer',
    labelNames: ['volume'],
    registers,
    async collect() {
      this.reset();
      const found = await Promise.all(
        Object.entries(volumes).map(async ([volume, folder]) => ({
          volume,
          free: await soon(freeSpace(folder)),
        })),
      );
      for (const { volume, free } of found) if (free !== null) this.set({ volume }, free);
    },
  });
  new Gauge({
    name: 'zapette_guide_age_seconds',
    help: 'Seconds since the oldest guide in use was last found up to date; missing without a guide',
    registers,
    collect() {
      this.remove();
      const read = guides().filter((at) => at !== null);
      if (read.length > 0) this.set(Math.max(0, now() - Math.min(...read)) / 1000);
    },
  });
}

/** Null where it fails or takes too long. */
async function soon(answer: Promise<number>): Promise<number | null> {
  const late = AbortSignal.timeout(DISK_PATIENCE);
  const isLate = new Promise<null>((resolve) =>
    late.addEventListener('abort', () => resolve(null), { once: true }),
  );
  return Promise.race([answer.catch(() => null), isLate]);
}
