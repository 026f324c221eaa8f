import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isUnitStart, PACKET_SIZE, payloadOffset, pidOf } from '../../src/stream/mpeg-ts/packets.ts';
import { VIDEO_PID } from '../../src/stream/segments/segmenter.ts';
import { PlaylistWatch } from '../e2e/playlist-watch.ts';

const LOOK_EVERY = 250;

/** A stretch without a new picture. Seconds from the start. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** A reported state and its time, such as `recovering channel_ended`. */
interface Word {
  readonly at: number;
  readonly text: string;
}

/** Follows the channel like a viewer: fetches every segment and records new pictures and reported states. */
export class Witness {
  readonly #watch: PlaylistWatch;
  readonly #status: () => Promise<Record<string, unknown>>;
  readonly #began = performance.now();
  /** Pictures of the slate, which do not count as new. */
  readonly #slate = new Set<string>();
  readonly #pictures: number[] = [];
  readonly #words: Word[] = [];
  #isLearning = true;
  #isOver = false;
  #looking: Promise<void> = Promise.resolve();

  constructor(base: string, status: () => Promise<Record<string, unknown>>) {
    this.#status = status;
    this.#watch = new PlaylistWatch(
      () => base,
      (bytes) => this.#see(bytes),
    );
  }

  /** Seconds since the start. */
  get now(): number {
    return (performance.now() - this.#began) / 1000;
  }

  /** Faults of the stream that would disturb a player. */
  get problems(): readonly string[] {
    return this.#watch.problems;
  }

  get segmentsSeen(): number {
    return this.#watch.segmentsSeen;
  }

  /** Records the slate, which must be on air; resolves once it has all of it. */
  async start(): Promise<void> {
    this.#watch.start();
    this.#looking = this.#look();
    for (let before = -1; before !== this.#slate.size || before === 0; ) {
      before = this.#slate.size;
      await sleep(4_500);
    }
    this.#isLearning = false;
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all([this.#watch.stop(), this.#looking]);
  }

  /** Stretches without a new picture, from the first picture on; the last may still go on. */
  gaps(): Gap[] {
    const ends = [...this.#pictures.slice(1), this.now];
    return this.#pictures.map((from, index) => ({ from, to: ends[index] ?? this.now }));
  }

  /** The states reported within a stretch of time, in order. */
  told(from: number, to: number): string {
    return this.#words
      .filter(({ at }, index) => at < to && (this.#words[index + 1]?.at ?? this.now) > from)
      .map(({ at, text }) => (at < from ? text : `${(at - from).toFixed(0)} s ${text}`))
      .join(' > ');
  }

  #see(bytes: Buffer): void {
    const picture = digestOf(bytes);
    if (this.#isLearning) this.#slate.add(picture);
    else if (!this.#slate.has(picture)) this.#pictures.push(this.now);
  }

  async #look(): Promise<void> {
    while (!this.#isOver) {
      const {
        state,
        reason,
        last_failure: lastFailure,
      } = await this.#status().catch(() => ({
        state: 'no answer',
        reason: null,
        last_failure: null,
      }));
      const code = ((reason ?? (state === 'recovering' ? lastFailure : null)) as { code?: string } | null)
        ?.code;
      const text = [state, code].filter(Boolean).join(' ');
      if (text !== this.#words.at(-1)?.text) this.#words.push({ at: this.now, text });
      await sleep(LOOK_EVERY);
    }
  }
}

/** A digest of the picture alone, since timestamps and counters differ each time the slate is on air. */
function digestOf(bytes: Buffer): string {
  const hash = createHash('sha1');
  for (let at = 0; at + PACKET_SIZE <= bytes.length; at += PACKET_SIZE)
    if (pidOf(bytes, at) === VIDEO_PID && !isUnitStart(bytes, at))
      hash.update(bytes.subarray(at + payloadOffset(bytes, at), at + PACKET_SIZE));
  return hash.digest('base64');
}
