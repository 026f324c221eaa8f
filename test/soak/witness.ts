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

/** What was told from a moment on, such as `recovering channel_ended`. */
interface Word {
  readonly at: number;
  readonly text: string;
}

/** Follows the channel as a viewer does: fetches every segment, and notes when there is a new picture and what is told. */
export class Witness {
  readonly #watch: PlaylistWatch;
  readonly #status: () => Promise<Record<string, unknown>>;
  readonly #began = performance.now();
  /** Pictures of the slate, which are no news. */
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

  /** What a player would have tripped over. */
  get problems(): readonly string[] {
    return this.#watch.problems;
  }

  get segmentsSeen(): number {
    return this.#watch.segmentsSeen;
  }

  /** Learns the slate, which must be on; resolves once it knows all of it. */
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

  /** Stretches without a new picture, from the first picture on; the last one may still last. */
  gaps(): Gap[] {
    const ends = [...this.#pictures.slice(1), this.now];
    return this.#pictures.map((from, index) => ({ from, to: ends[index] ?? this.now }));
  }

  /** What was told within a stretch of time, in order. */
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

/** Of what is shown: timestamps and counters are other ones each time that the slate comes. */
function digestOf(bytes: Buffer): string {
  const hash = createHash('sha1');
  for (let at = 0; at + PACKET_SIZE <= bytes.length; at += PACKET_SIZE)
    if (pidOf(bytes, at) === VIDEO_PID && !isUnitStart(bytes, at))
      hash.update(bytes.subarray(at + payloadOffset(bytes, at), at + PACKET_SIZE));
  return hash.digest('base64');
}
