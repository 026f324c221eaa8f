import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { OwnedBytes } from '../../lib/owned-bytes.ts';
import type { MeasuredBandwidth } from '../segments/bandwidth.ts';
import { LivePlaylist, type Numbering } from '../segments/live-playlist.ts';
import type { PlaylistForm } from '../segments/playlist-text.ts';
import type { StoredSegment } from '../segments/segment.ts';
import { untilListed } from '../segments/until-listed.ts';
import { MemoryStorage } from './memory-storage.ts';
import type { PictureEncoder, PictureTaker } from './picture-encoder.ts';
import { replaceVideo } from './replace-video.ts';
import { VideoCounter } from './video-counter.ts';

export interface RenditionOptions {
  /** The full picture. */
  readonly full: LivePlaylist;
  /** Seconds, as the full playlist has them. */
  readonly targetDuration: number;
  readonly window: number;
  readonly startEncoder: (taker: PictureTaker) => PictureEncoder;
  /** Whether there is a lower rendition at all; without one, whoever still asks gets the full picture. */
  readonly isOn: () => boolean;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/** Bits per second that the lower rendition needs, sound and packets included. */
export const RENDITION_BANDWIDTH: MeasuredBandwidth = { peak: 2_400_000, average: 1_900_000 };

/** Milliseconds for which it is made after somebody has asked for it; longer than players wait between two playlists. */
const DEMAND_LASTS = 20_000;
/** Segments behind the edge at which it begins, so that there is something to play soon. */
const BEGIN_BEHIND = 3;
/** Milliseconds for which the first playlist is held until it lists something. */
const FIRST_WAIT = 4_500;
const BEAT = 500;
/** Milliseconds after its publication at which a segment is listed in any case, if another one follows it … */
const PATIENCE = 4_000;
/** … for so long, since a segment's last pictures leave the encoder behind the first ones of the next … */
const GRACE = 2_000;
/** … and if none does. */
const LONGEST_WAIT = 6_000;
/** So many failures in so many milliseconds make a pause … */
const MOST_FAILURES = 3;
const FAILURES_COUNT = 120_000;
/** … of so many. */
const PAUSE = 60_000;

/** A segment that is not listed yet. */
interface Waiting {
  readonly segment: StoredSegment;
  /** Monotonic milliseconds. */
  readonly since: number;
  /** What will be listed; `full`: as it is; null while an encoder has it. */
  bytes: OwnedBytes | 'full' | null;
}

/**
 * The lower rendition of a screen: its playlist once more, number by number, each segment with a smaller picture. It is made
 * only while somebody asks for it. A segment that the encoder does not deliver in time is the full one: the rendition stalls
 * no more than the full picture does.
 */
export class Rendition {
  readonly storage = new MemoryStorage();
  readonly #options: RenditionOptions;
  /** Null while nobody asks. */
  #list: LivePlaylist | null = null;
  /** The first number that has never been listed: one that has been would get other bytes. */
  #unlisted: number;
  /** The encoder of the source on air. */
  #encoder: PictureEncoder | null = null;
  /** With those of sources before it, which finish. */
  readonly #encoders = new Set<PictureEncoder>();
  /** Resolves once all encoders are gone that were stopped. */
  #gone: Promise<unknown> = Promise.resolve();
  readonly #counter = new VideoCounter();
  #waiting: Waiting[] = [];
  #demandedAt = 0;
  #listedAt = 0;
  #failures: readonly number[] = [];
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #isOver = false;
  #cancelBeat = () => {};
  #unfollow = () => {};

  constructor(options: RenditionOptions) {
    this.#options = options;
    // What the process before this one has published, it may have listed.
    this.#unlisted = options.full.nextSequence;
  }

  /** Whether players may be told of it. */
  get isOn(): boolean {
    return this.#options.isOn();
  }

  /** The media sequence number of the next segment. */
  get nextSequence(): number {
    return this.#list?.nextSequence ?? this.#unlisted;
  }

  /** The segments of the playlist, oldest first; none while nobody asks. */
  listed(): readonly StoredSegment[] {
    return this.#list?.listed() ?? [];
  }

  /** Goes on for the players of the process before this one. @param before the segments that it listed, oldest first. */
  resume(before: readonly StoredSegment[]): void {
    if (before.at(-1)?.sequence !== this.#unlisted - 1 || this.#list) return;
    this.#demandedAt = this.#now();
    this.#begin(before);
  }

  /** A player asks for it. Resolves once the playlist lists something, within a few seconds. */
  async demand(): Promise<void> {
    const { clock } = this.#options;
    this.#demandedAt = this.#now();
    if (this.#isOver) return;
    const list = this.#list ?? this.#begin();
    if (list.listed().length === 0)
      await untilListed(list, list.nextSequence, { clock, timeout: FIRST_WAIT });
  }

  /** @see untilListed; to be called after `demand`. */
  async until(sequence: number, timeout: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    if (this.#list) await untilListed(this.#list, sequence, { clock, timeout, signal });
  }

  /** @see LivePlaylist.text; to be called after `demand`. */
  text(form: PlaylistForm): Buffer {
    return (this.#list ?? this.#options.full).text(form);
  }

  /** Ends it with the broadcast, once that has published its last segment. What is listed stays. */
  async stop(): Promise<void> {
    this.#isOver = true;
    this.#cancelBeat();
    this.#unfollow();
    this.#giveUp();
    await this.#gone;
  }

  #begin(before: readonly StoredSegment[] = []): LivePlaylist {
    const { full, targetDuration, window, logger } = this.#options;
    const published = full.listed();
    const begin =
      before[0]?.sequence ?? beginning(published.filter(({ sequence }) => sequence >= this.#unlisted));
    const list = new LivePlaylist({
      targetDuration,
      window,
      first: numberingAt(full, begin ?? full.nextSequence),
      before,
      storage: this.storage,
      logger,
    });
    this.#list = list;
    this.#listedAt = this.#now();
    this.#unfollow = full.subscribe((segment) => this.#take(segment));
    for (const segment of published) if (segment.sequence >= list.nextSequence) this.#take(segment);
    this.#beat();
    return list;
  }

  #take(segment: StoredSegment): void {
    if (!this.isOn && this.#encoder) this.#giveUp();
    if (segment.discontinuity) this.#finishEncoder(segment);
    if (!this.#encoder && segment.independent && this.isOn && this.#now() >= this.#pausedUntil)
      this.#startEncoder();
    this.#waiting.push({ segment, since: this.#now(), bytes: this.#encoder ? null : 'full' });
    this.#encoder?.feed(segment);
    this.#listReady();
  }

  #startEncoder(): void {
    const encoder: PictureEncoder = this.#options.startEncoder({
      onPicture: (sequence, packets) => {
        const waiting = this.#waiting.find(({ segment }) => segment.sequence === sequence);
        if (!waiting || !this.#encoders.has(encoder)) return;
        waiting.bytes = replaceVideo(waiting.segment.bytes, packets) ?? 'full';
        this.#listReady();
      },
      onFailed: (error) => {
        if (this.#encoders.has(encoder)) this.#fail(error);
      },
    });
    this.#encoder = encoder;
    this.#encoders.add(encoder);
  }

  /** @param next of another source. */
  #finishEncoder(next: StoredSegment): void {
    const encoder = this.#encoder;
    this.#encoder = null;
    void encoder?.finish(next).then(() => this.#encoders.delete(encoder));
  }

  #listReady(): void {
    for (let first = this.#waiting[0]; first?.bytes; first = this.#waiting[0]) {
      const { segment, bytes } = first;
      this.#waiting.shift();
      if (bytes === 'full') this.#counter.pass(segment.bytes);
      else this.#counter.number(bytes);
      this.#list?.repeat(bytes === 'full' ? segment : { ...segment, bytes });
      this.#listedAt = this.#now();
    }
  }

  #beat(): void {
    this.#cancelBeat = this.#options.clock.after(BEAT, () => this.#beat());
    if (this.#now() - this.#demandedAt > DEMAND_LASTS) this.#rest();
    else if (this.#isLate) this.#fail(new Error('the encoder is late'));
  }

  get #isLate(): boolean {
    const [first, second] = this.#waiting;
    if (!first) return false;
    const due = second
      ? Math.max(first.since + PATIENCE, second.since + GRACE, this.#listedAt + GRACE)
      : first.since + LONGEST_WAIT;
    return this.#now() >= due;
  }

  /** Goes on with the full picture; the next segment that may begin an encoder gets another one, unless too many have failed. */
  #fail(error: unknown): void {
    const { logger } = this.#options;
    const now = this.#now();
    this.#failures = [...this.#failures.filter((at) => now - at < FAILURES_COUNT), now];
    if (this.#failures.length < MOST_FAILURES) {
      logger.info({ err: error }, 'the lower rendition gets another encoder');
    } else {
      this.#failures = [];
      this.#pausedUntil = now + PAUSE;
      logger.warn({ err: error }, 'the lower rendition is the full picture for a minute');
    }
    this.#giveUp();
  }

  /** Nobody asks any more. */
  #rest(): void {
    this.#unlisted = this.nextSequence;
    this.#cancelBeat();
    this.#unfollow();
    this.#endEncoders();
    this.#waiting = [];
    this.#list = null;
    this.storage.clear();
  }

  #endEncoders(): void {
    const encoders = [...this.#encoders];
    this.#encoder = null;
    this.#encoders.clear();
    this.#gone = Promise.all([this.#gone, ...encoders.map((encoder) => encoder.stop())]);
  }

  /** Lists the full picture wherever an encoder has not delivered, and ends the encoders. */
  #giveUp(): void {
    this.#endEncoders();
    for (const waiting of this.#waiting) waiting.bytes ??= 'full';
    this.#listReady();
  }

  #now(): number {
    return this.#options.clock.monotonic();
  }
}

/** The number at which an encoder begins: some segments behind the edge, with a keyframe if there is one. */
function beginning(segments: readonly StoredSegment[]): number | undefined {
  const edge = segments.at(-1)?.sequence ?? 0;
  const starts = segments.filter(({ independent }) => independent);
  const start = starts.findLast(({ sequence }) => sequence <= edge - BEGIN_BEHIND) ?? starts[0];
  return (start ?? segments.at(-BEGIN_BEHIND) ?? segments[0])?.sequence;
}

/** The numbers with which a copy of a playlist begins at one of its segments. */
function numberingAt({ content }: LivePlaylist, sequence: number): Numbering {
  const before = content.segments.filter((segment) => segment.sequence < sequence && segment.discontinuity);
  return { sequence, discontinuitySequence: content.discontinuitySequence + before.length };
}
