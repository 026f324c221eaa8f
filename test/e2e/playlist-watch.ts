import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE = 400;

/** Paths of a live playlist and of the folder of its segments. */
export interface WatchedPaths {
  readonly playlist: string;
  readonly segments: string;
}

const fullPicture: WatchedPaths = { playlist: '/live/index.m3u8', segments: '/live/seg' };

/** Polls a live playlist and collects the problems that a player would have with it. */
export class PlaylistWatch {
  readonly problems: string[] = [];
  readonly #base: () => string;
  readonly #onSegment: (bytes: Buffer) => void;
  readonly #paths: WatchedPaths;
  readonly #contents = new Map<number, string>();
  #highest = 0;
  #discontinuity = 0;
  #isOver = false;
  #reading: Promise<void> = Promise.resolve();

  /** @param base returns the server's address, which may change. @param onSegment gets each segment once */
  constructor(base: () => string, onSegment: (bytes: Buffer) => void = () => {}, paths = fullPicture) {
    this.#base = base;
    this.#onSegment = onSegment;
    this.#paths = paths;
  }

  get segmentsSeen(): number {
    return this.#contents.size;
  }

  start(): void {
    this.#reading = this.#read();
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#reading;
  }

  async #read(): Promise<void> {
    while (!this.#isOver) {
      const text = await fetch(`${this.#base()}${this.#paths.playlist}`)
        .then((response) => response.text())
        .catch(() => null);
      // a server that restarts may close the connection
      if (text !== null) {
        this.#check(text);
        await this.#compare(text);
      }
      await sleep(PAUSE);
    }
  }

  #check(text: string): void {
    const first = Number(/MEDIA-SEQUENCE:(\d+)/.exec(text)?.[1]);
    const numbers = sequences(text);
    const last = numbers.at(-1) ?? 0;
    const counted = Number(/DISCONTINUITY-SEQUENCE:(\d+)/.exec(text)?.[1]);
    if (text.includes('ENDLIST')) this.problems.push('ENDLIST');
    if (numbers[0] !== first || numbers.some((number, index) => number !== first + index)) {
      this.problems.push(`not in a row: ${numbers.join(' ')}`);
    }
    if (last < this.#highest) this.problems.push(`went back from ${this.#highest} to ${last}`);
    if (counted < this.#discontinuity) {
      this.problems.push(`discontinuity sequence went back from ${this.#discontinuity} to ${counted}`);
    }
    const target = Number(/^#EXT-X-TARGETDURATION:(\d+)$/m.exec(text)?.[1]);
    if (target !== 6) this.problems.push(`another target duration: ${target}`);
    for (const [, duration] of text.matchAll(/EXTINF:([\d.]+)/g)) {
      if (Math.round(Number(duration)) > target) this.problems.push(`a segment of ${duration} s`);
    }
    this.#highest = Math.max(this.#highest, last);
    this.#discontinuity = Math.max(this.#discontinuity, counted);
  }

  /** Fetches every segment once, and sometimes a known one again: a number must never stand for two contents. */
  async #compare(text: string): Promise<void> {
    for (const number of sequences(text)) {
      if (this.#contents.has(number) && Math.random() > 0.1) continue;
      const response = await fetch(`${this.#base()}${this.#paths.segments}/${number}.ts`).catch(() => null);
      const bytes = response?.ok ? await response.arrayBuffer().catch(() => null) : null;
      if (!bytes) continue;
      const hash = createHash('sha1').update(new Uint8Array(bytes)).digest('base64');
      if (!this.#contents.has(number)) this.#onSegment(Buffer.from(bytes));
      if ((this.#contents.get(number) ?? hash) !== hash)
        this.problems.push(`segment ${number} has two contents`);
      this.#contents.set(number, hash);
    }
  }
}

function sequences(text: string): number[] {
  return [...text.matchAll(/^(?:seg\/)?(\d+)\.ts/gm)].map(([, sequence]) => Number(sequence));
}
