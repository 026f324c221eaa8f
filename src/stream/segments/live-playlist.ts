import { Emitter } from '../../lib/emitter.ts';
import type { Logger } from '../../lib/logger.ts';
import { type MediaPlaylist, type PlaylistForm, renderMediaPlaylist } from './playlist-text.ts';
import type { StoredSegment } from './segment.ts';
import type { SegmentStorage } from './segment-storage.ts';

/** The numbers of the first segment; broadcast-memory.ts says why they never go back across a restart. */
export interface Numbering {
  readonly sequence: number;
  readonly discontinuitySequence: number;
}

export interface LivePlaylistOptions {
  /** Seconds; no segment may be longer. */
  readonly targetDuration: number;
  /** Seconds of playlist; RFC 8216 6.2.2 wants at least three target durations. */
  readonly window: number;
  readonly first: Numbering;
  /** The segments of the playlist to begin with, oldest first; numbers go on behind them. */
  readonly before?: readonly StoredSegment[];
  readonly storage: SegmentStorage;
  readonly logger: Pick<Logger, 'error'>;
}

/** RFC 8216 6.2.2: a segment stays available for its own and the playlist's length after it has left the playlist. */
const WINDOWS_KEPT_AFTER = 2;

/**
 * The live window of the channel: gives each new segment its media sequence number and says which segments the playlist
 * lists. Numbers only go up, and a number is never given to two contents.
 */
export class LivePlaylist {
  /** Holds what the playlist lists, and for a while what it has listed. */
  readonly storage: SegmentStorage;
  readonly #options: LivePlaylistOptions;
  readonly #appended: Emitter<StoredSegment>;
  readonly #texts = new Map<PlaylistForm, { upTo: number; text: Buffer }>();
  #listed: StoredSegment[] = [];
  #listedDuration = 0;
  /** What must still be available, oldest first: the listed segments and those that have left lately. */
  #available: { readonly sequence: number; readonly duration: number }[] = [];
  #availableDuration = 0;
  #nextSequence: number;
  #discontinuitySequence: number;
  #clockEnd = 0;

  constructor(options: LivePlaylistOptions) {
    this.storage = options.storage;
    this.#options = options;
    this.#appended = new Emitter((err) => options.logger.error({ err }, 'a listener of the segments failed'));
    this.#nextSequence = options.first.sequence;
    this.#discontinuitySequence = options.first.discontinuitySequence;
    for (const segment of options.before ?? []) this.#add(segment);
  }

  /** The media sequence number of the next segment. */
  get nextSequence(): number {
    return this.#nextSequence;
  }

  /** The discontinuity sequence number of the next segment. */
  get nextDiscontinuitySequence(): number {
    return this.#discontinuitySequence + this.#listed.filter((segment) => segment.discontinuity).length;
  }

  /** The playlist at this moment; it does not change afterwards. */
  get content(): MediaPlaylist {
    return {
      targetDuration: this.#options.targetDuration,
      discontinuitySequence: this.#discontinuitySequence,
      segments: this.#listed,
    };
  }

  /** The text for one kind of player, made once per segment. @param form the same object each time for one kind. */
  text(form: PlaylistForm): Buffer {
    const upTo = this.#nextSequence;
    const made = this.#texts.get(form);
    if (made?.upTo === upTo) return made.text;
    const text = Buffer.from(renderMediaPlaylist(this.content, form));
    this.#texts.set(form, { upTo, text });
    return text;
  }

  /** The segments of the playlist, oldest first. */
  listed(): readonly StoredSegment[] {
    return this.#listed;
  }

  /**
   * Adds a finished segment at the live edge, whose bytes must not be changed any more.
   * @param now epoch milliseconds; the programme clock follows it, and only jumps (forward) after a pause.
   */
  append(segment: Omit<StoredSegment, 'sequence' | 'programDateTime'>, now: number): StoredSegment {
    const start = now - segment.duration * 1000;
    const programDateTime =
      start - this.#clockEnd > 1000 * this.#options.targetDuration ? start : this.#clockEnd;
    const numbered = { ...segment, sequence: this.#nextSequence, programDateTime };
    this.repeat(numbered);
    return numbered;
  }

  /** Adds a segment under the number that another playlist has given it, which follows the last one's. */
  repeat(segment: StoredSegment): void {
    this.#add(segment);
    this.#removeOld();
    this.#appended.emit(segment);
  }

  /** Calls the listener with every segment from now on, until the returned function is called. */
  subscribe(listener: (segment: StoredSegment) => void): () => void {
    return this.#appended.subscribe(listener);
  }

  #add(segment: StoredSegment): void {
    const { sequence, duration } = segment;
    this.#nextSequence = sequence + 1;
    this.#clockEnd = segment.programDateTime + duration * 1000;
    this.storage.append(segment);
    this.#listed = [...this.#listed, segment];
    this.#listedDuration += duration;
    this.#available.push({ sequence, duration });
    this.#availableDuration += duration;
  }

  #removeOld(): void {
    const { window } = this.#options;
    let leaving = this.#listed[0];
    while (leaving && this.#listedDuration - leaving.duration >= window) {
      this.#listed = this.#listed.slice(1);
      this.#listedDuration -= leaving.duration;
      if (leaving.discontinuity) this.#discontinuitySequence++;
      leaving = this.#listed[0];
    }
    let oldest = this.#available[0];
    while (oldest && this.#availableDuration - oldest.duration > window * (1 + WINDOWS_KEPT_AFTER)) {
      this.#available.shift();
      this.#availableDuration -= oldest.duration;
      oldest = this.#available[0];
    }
    const listed = this.#listed[0];
    if (oldest && listed) this.storage.advance({ listed: listed.sequence, available: oldest.sequence });
  }
}
