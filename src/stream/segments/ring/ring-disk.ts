import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../lib/clock.ts';
import { freeSpace as freeSpaceAt } from '../../../lib/free-space.ts';
import type { Logger } from '../../../lib/logger.ts';
import { SegmentRing, type SharedDisk } from './segment-ring.ts';

export interface RingDiskOptions {
  /** Where the rings of all screens are. */
  readonly folder: string;
  /** Milliseconds of the past to keep at the moment; 0 for none. */
  readonly length: () => number;
  /** Bytes of the clips, which share the space; none where it is missing. Never rejects. */
  readonly clips?: () => Promise<number>;
  /** Bytes that are free on the disk. @throws the system's error */
  readonly freeSpace?: (folder: string) => Promise<number>;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly logger: Logger;
}

/** The part of the free disk that all rings and clips may take. */
const SHARE = 0.1;

/** The disk of all screens' pasts and of the clips, which share its space. */
export class RingDisk implements SharedDisk {
  readonly #options: RingDiskOptions;
  readonly #rings = new Map<string, SegmentRing>();

  constructor(options: RingDiskOptions) {
    this.#options = options;
  }

  /** Opens the past of a screen with what a former process has left. Never rejects. */
  async open(name: string): Promise<SegmentRing> {
    const { length, clock, logger } = this.#options;
    const folder = join(this.#options.folder, name);
    const ring = new SegmentRing({
      ...{ folder, length, clock, disk: this },
      logger: logger.child({ screen: name }),
    });
    const files = await readdir(folder).catch((): string[] => []);
    const lists = files.flatMap((file) => /^(\d{1,15})\.jsonl$/.exec(file)?.[1] ?? []);
    await ring.takeOver(lists.map(Number));
    const isLost = (file: string) => file.endsWith('.ts') && !lists.includes(file.slice(0, -'.ts'.length));
    for (const file of files.filter(isLost)) await rm(join(folder, file), { force: true }).catch(() => {});
    this.#rings.set(name, ring);
    return ring;
  }

  /** Removes the past of a screen. Never rejects. */
  async forget(name: string): Promise<void> {
    await this.#rings.get(name)?.clear();
    this.#rings.delete(name);
    await rm(join(this.#options.folder, name), { recursive: true, force: true }).catch(() => {});
  }

  /** Bytes that all rings and clips may take together. @throws the system's error */
  async share(): Promise<number> {
    return this.#shareBeside(await this.#clips());
  }

  /** Drops the oldest chunks of any ring while all have more than clips leave of their share. @throws the system's error */
  async makeRoom(): Promise<void> {
    const clips = await this.#clips();
    const allowed = (await this.#shareBeside(clips)) - clips;
    while (this.#size > allowed) {
      const [oldest] = [...this.#rings.values()]
        .filter(({ oldestEnd }) => oldestEnd !== null)
        .sort((one, other) => (one.oldestEnd ?? 0) - (other.oldestEnd ?? 0));
      if (!oldest) return;
      await oldest.giveWay();
    }
  }

  /** @see share. @param clips their bytes */
  async #shareBeside(clips: number): Promise<number> {
    const { folder, freeSpace = freeSpaceAt } = this.#options;
    return ((await freeSpace(folder)) + this.#size + clips) * SHARE;
  }

  get #size(): number {
    return [...this.#rings.values()].reduce((sum, { size }) => sum + size, 0);
  }

  #clips(): Promise<number> {
    return this.#options.clips?.() ?? Promise.resolve(0);
  }
}
