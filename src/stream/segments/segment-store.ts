import { Emitter } from '../../lib/emitter.ts';
import type { Logger } from '../../lib/logger.ts';
import type { ListedSegment, MediaPlaylist } from './live-playlist.ts';

export interface StoredSegment extends ListedSegment {
  /** MPEG-TS, whole packets. */
  readonly bytes: Buffer;
}

/** Where numbering starts; see broadcast-memory.ts on how it never goes back across a restart. */
export interface Numbering {
  readonly sequence: number;
  readonly discontinuitySequence: number;
}

export interface StoreOptions {
  readonly targetDuration: number;
  /** Seconds of playlist; RFC 8216 6.2.2 wants at least three target durations. */
  readonly window: number;
  readonly first: Numbering;
  /** The playlist to begin with, oldest first; numbers go on behind it. */
  readonly before?: readonly StoredSegment[];
  readonly logger: Pick<Logger, 'error'>;
}

/** RFC 8216 6.2.2: a segment stays available for its own and the playlist's length after it has left the playlist. */
const WINDOWS_KEPT_AFTER = 2;

/** The live window in memory. Numbers only go up, and a number is never given to two contents. */
export class SegmentStore {
  readonly #options: StoreOptions;
  readonly #bySequence = new Map<number, StoredSegment>();
  readonly #appended: Emitter<StoredSegment>;
  #listed: StoredSegment[] = [];
  #listedDuration = 0;
  #nextSequence: number;
  #discontinuitySequence: number;
  #clockEnd = 0;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#appended = new Emitter((err) => options.logger.error({ err }, 'a listener of the segments failed'));
    this.#nextSequence = options.first.sequence;
    this.#discontinuitySequence = options.first.discontinuitySequence;
    for (const segment of options.before ?? []) this.#list(segment);
  }

  /** The number that the next segment will get. */
  get nextSequence(): number {
    return this.#nextSequence;
  }

  /** The discontinuity sequence that the next segment will belong to. */
  get nextDiscontinuitySequence(): number {
    return this.#discontinuitySequence + this.#listed.filter((segment) => segment.discontinuity).length;
  }

  get playlist(): MediaPlaylist {
    return {
      targetDuration: this.#options.targetDuration,
      discontinuitySequence: this.#discontinuitySequence,
      segments: this.#listed,
    };
  }

  get(sequence: number): StoredSegment | undefined {
    return this.#bySequence.get(sequence);
  }

  /** The segments of the playlist, oldest first. */
  listed(): readonly StoredSegment[] {
    return this.#listed;
  }

  /**
   * Adds a finished segment at the live edge.
   * @param now epoch milliseconds; the programme clock follows it, and only jumps (forward) after a pause.
   */
  append(
    content: { bytes: Buffer; duration: number; independent: boolean; discontinuity: boolean },
    now: number,
  ): StoredSegment {
    const start = now - content.duration * 1000;
    const programDateTime =
      start - this.#clockEnd > 1000 * this.#options.targetDuration ? start : this.#clockEnd;
    const segment: StoredSegment = { ...content, sequence: this.#nextSequence, programDateTime };
    this.#list(segment);
    this.#dropOld();
    this.#appended.emit(segment);
    return segment;
  }

  /** Is told of every segment from now on; the returned function ends that. */
  subscribe(listener: (segment: StoredSegment) => void): () => void {
    return this.#appended.subscribe(listener);
  }

  #list(segment: StoredSegment): void {
    this.#nextSequence = segment.sequence + 1;
    this.#clockEnd = segment.programDateTime + segment.duration * 1000;
    this.#bySequence.set(segment.sequence, segment);
    this.#listed = [...this.#listed, segment];
    this.#listedDuration += segment.duration;
  }

  #dropOld(): void {
    let leaving = this.#listed[0];
    while (leaving && this.#listedDuration - leaving.duration >= this.#options.window) {
      this.#listed = this.#listed.slice(1);
      this.#listedDuration -= leaving.duration;
      if (leaving.discontinuity) this.#discontinuitySequence++;
      leaving = this.#listed[0];
    }
    let kept = 0;
    for (const [sequence, segment] of [...this.#bySequence].reverse()) {
      kept += segment.duration;
      if (kept > this.#options.window * (1 + WINDOWS_KEPT_AFTER) + segment.duration)
        this.#bySequence.delete(sequence);
    }
  }
}
