import type { Clock } from '../../lib/clock.ts';
import { TICKS_PER_SECOND } from '../mpeg-ts/packets.ts';
import { Bandwidth, type MeasuredBandwidth } from '../segments/bandwidth.ts';
import type { LivePlaylist } from '../segments/live-playlist.ts';
import type { StoredSegment } from '../segments/segment.ts';
import type { CutSegment } from '../segments/segmenter.ts';
import type { Timeline } from '../segments/timeline.ts';
import { untilListed } from '../segments/until-listed.ts';
import { ShutdownDrain } from './shutdown-drain.ts';
import { Slate } from './slate.ts';
import { Viewers } from './viewers.ts';

export interface LiveChannelOptions {
  readonly playlist: LivePlaylist;
  readonly timeline: Timeline;
  readonly slate: Slate;
  readonly clock: Clock;
}

/** Who keeps the channel going: `live`, a source; `between`, a source that is being opened or brought back; `idle`, the slate. */
export type FillMode = 'live' | 'between' | 'idle';

/** Seconds of slate that are kept ahead while idle, so that a player that joins has something to buffer. */
const IDLE_LEAD = 4;
/**
 * Seconds that the channel may be without new content before the slate steps in: players are some seconds behind
 * and notice nothing, while a slate would put two discontinuities into every switch.
 */
const PATIENCE = { live: 3, between: 1.5 };
/**
 * … and seconds without a new segment at most, however much has been sent ahead: RFC 8216, 6.2.2 allows 1.5 target
 * durations, and FFmpeg takes three reloads in vain, half a target duration apart, for the end (`-max_reload`).
 */
const LONGEST_SILENCE = 5;
/** Seconds by which a segment may be late without shifting the segments after it. */
const LATENESS = 1;
const BITRATE_SEGMENTS = 5;

/**
 * The never-ending channel that players see: each published segment becomes the next one of one playlist with one
 * timeline, and where there is none, the slate does.
 */
export class LiveChannel {
  readonly playlist: LivePlaylist;
  readonly viewers: Viewers;
  readonly drain: ShutdownDrain;
  readonly timeline: Timeline;
  readonly #slate: Slate;
  readonly #clock: Clock;
  /** What is shown in place of the slate. */
  #still: Slate | null = null;
  #publisher: object | null = null;
  #firstSegment: number | null = null;
  /** When a player at the very edge runs out, in seconds of the monotonic clock. */
  #edge = Number.NEGATIVE_INFINITY;
  /** The same for a player that never jumps. */
  #end = Number.NEGATIVE_INFINITY;
  #publishedAt = Number.NEGATIVE_INFINITY;
  #sourcePublishedAt = Number.NEGATIVE_INFINITY;

  readonly #bandwidth = new Bandwidth();

  constructor({ playlist, timeline, slate, clock }: LiveChannelOptions) {
    this.playlist = playlist;
    this.timeline = timeline;
    this.#slate = slate;
    this.#clock = clock;
    this.viewers = new Viewers(clock);
    this.drain = new ShutdownDrain(clock);
    if (playlist.listed().length > 0) {
      // Players still have segments to show while the channel is brought back.
      this.#edge = this.#now();
      this.#end = this.#edge;
      this.#publishedAt = this.#edge;
    }
  }

  /** The media sequence number with which the current channel or slate began. */
  get firstSegment(): number | null {
    return this.#firstSegment;
  }

  /** Bits per second of the last segments; null before the first. */
  get bitrate(): number | null {
    const last = this.playlist.listed().slice(-BITRATE_SEGMENTS);
    const seconds = last.reduce((sum, segment) => sum + segment.duration, 0);
    const bytes = last.reduce((sum, segment) => sum + segment.bytes.length, 0);
    return seconds > 0 ? Math.round((bytes * 8) / seconds) : null;
  }

  /** What channels have needed lately, without the slate; null before the first. */
  get bandwidth(): MeasuredBandwidth | null {
    return this.#bandwidth.measured;
  }

  /** Whether the last published segment is the slate's, or a still picture's in its place. */
  get showsSlate(): boolean {
    return this.#publisher instanceof Slate;
  }

  /** Seconds since the last segment was published. */
  get silence(): number {
    return this.#now() - this.#publishedAt;
  }

  /** Seconds since a source published its last segment, without the slate; infinite before the first. */
  get sourceSilence(): number {
    return this.#now() - this.#sourcePublishedAt;
  }

  /** Seconds that are left to a player which has played every segment as it came. */
  get lead(): number {
    return Math.max(0, this.#end - this.#now());
  }

  /** Publishes a segment. @param publisher its source: where that changes there is a discontinuity. */
  publish(segment: CutSegment, publisher: object): StoredSegment {
    const stored = this.#append(segment, publisher, publisher === this.#publisher);
    this.#still = null;
    this.#sourcePublishedAt = this.#publishedAt;
    this.#bandwidth.add(stored.bytes.length, stored.duration);
    return stored;
  }

  /** Shows a still picture in place of the slate until the next segment of a source; null for the slate again. */
  hold(still: Slate | null): void {
    this.#still = still;
  }

  /** Adds slate where it is needed; to be called a few times a second. */
  fill(mode: FillMode): void {
    const now = this.#now();
    if (mode === 'idle') {
      while (this.#publisher !== this.#shownSlate || this.#edge - now < IDLE_LEAD) this.#appendSlate(true);
      return;
    }
    const due = Math.min(
      this.#edge + (this.showsSlate ? 0 : PATIENCE[mode]),
      this.#publishedAt + LONGEST_SILENCE,
    );
    if (now >= due) this.#appendSlate(false);
  }

  /** The media sequence number of the next segment. */
  get nextSequence(): number {
    return this.playlist.nextSequence;
  }

  /** @see untilListed */
  until(sequence: number, timeout: number, signal: AbortSignal): Promise<void> {
    return untilListed(this.playlist, sequence, { clock: this.#clock, timeout, signal });
  }

  #appendSlate(isIdle: boolean): void {
    const slate = this.#shownSlate;
    if (this.#publisher !== slate) slate.rewind();
    const { segment, joins } = slate.next();
    this.#append(segment, slate, joins, isIdle);
  }

  get #shownSlate(): Slate {
    return this.#still ?? this.#slate;
  }

  #append(segment: CutSegment, publisher: object, joins: boolean, isIdle = false): StoredSegment {
    this.timeline.append(segment, joins);
    const discontinuity = publisher !== this.#publisher;
    const duration = segment.ticks / TICKS_PER_SECOND;
    const now = this.#now();
    // Players that jump to a new source lose their reserve.
    const goesOn = !discontinuity && now - this.#edge < LATENESS;
    this.#edge = (goesOn ? this.#edge : now) + duration;
    this.#end = (now - this.#end < LATENESS ? this.#end : now) + duration;
    this.#publisher = publisher;
    this.#publishedAt = now;
    if (discontinuity) this.#firstSegment = this.playlist.nextSequence;
    const { bytes, independent } = segment;
    return this.playlist.append({ bytes, duration, independent, discontinuity, isIdle }, this.#clock.now());
  }

  #now(): number {
    return this.#clock.monotonic() / 1000;
  }
}
