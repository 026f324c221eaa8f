import type { Clock } from '../../lib/clock.ts';
import { type OwnedBytes, ownedCopy } from '../../lib/owned-bytes.ts';
import {
  decodingTimestamp,
  isRandomAccess,
  isUnitStart,
  PACKET_SIZE,
  pidOf,
  SYNC_BYTE,
  TICKS_PER_SECOND,
  ticksBetween,
} from '../mpeg-ts/packets.ts';
import type { CatchUp } from './catch-up.ts';
import type { Frame } from './cut-policy.ts';

/** The PIDs that FFmpeg's muxer gives to the streams that ffmpeg/args.ts maps: always video first, then audio. */
export const VIDEO_PID = 0x100;
export const AUDIO_PID = 0x101;
export const PMT_PID = 0x1000;
const PAT_PID = 0;

/** Ticks that sound may be ahead of the last picture. */
const SOUND_AHEAD = TICKS_PER_SECOND / 2;

/** Says whether a segment ends before this frame; see CutPolicy. */
export interface Cutter {
  shouldCut(frame: Frame): boolean;
}

/** Ticks in which the past that a source sends first is shown: players lack sound for no longer than that. */
const FAST_FORWARD = 0.12 * TICKS_PER_SECOND;

/** Bytes; enough for two seconds of most channels. */
const INITIAL_SIZE = 2 * 1024 * 1024;

/** A finished piece of one FFmpeg run, on that run's own clock. */
export interface CutSegment {
  /** Whole packets, beginning with PAT and PMT. The timeline patches them in place, once. */
  readonly bytes: OwnedBytes;
  /** 90 kHz ticks from its first video frame to the next segment's, as they are shown. */
  readonly ticks: number;
  /** The decoding timestamp of its first video frame, on the run's clock. */
  readonly start: number;
  /** Begins with a keyframe. */
  readonly independent: boolean;
  /** Its first `ticks` are shown in `shownIn` ticks, without sound. */
  readonly fastForward?: { readonly ticks: number; readonly shownIn: number };
  /** The feed's FFmpeg run that made it: where that changes, there is a discontinuity. */
  readonly run?: object;
}

/**
 * Cuts the MPEG-TS of one FFmpeg run into segments as soon as the policy says so. Doing this here rather than in
 * FFmpeg's HLS muxer saves the files, the polling, and a quarter of a second at every switch.
 */
export class Segmenter {
  readonly #policy: Cutter;
  readonly #catchUp: Pick<CatchUp, 'isPast'> | null;
  readonly #clock: Clock;
  readonly #onSegment: (segment: CutSegment) => void;
  /** The bytes of the current segment, then those of a packet that is not whole yet; used again for each segment. */
  #bytes: Buffer = Buffer.allocUnsafeSlow(INITIAL_SIZE);
  #size = 0;
  /** Where the next packet to look at begins. */
  #next = 0;
  #pat: Buffer | null = null;
  #pmt: Buffer | null = null;
  /** Null until the first keyframe. */
  #start: number | null = null;
  #independent = false;
  #lastFrame = 0;
  #frameTicks = 0;
  /** The timestamp at which the present begins; null before that. */
  #present: number | null = null;
  /** The timestamp of the very first frame. */
  #first: number | null = null;

  /** @param catchUp null to publish the past that a source sends first like everything else. */
  constructor(
    policy: Cutter,
    clock: Clock,
    onSegment: (segment: CutSegment) => void,
    catchUp: Pick<CatchUp, 'isPast'> | null = null,
  ) {
    this.#policy = policy;
    this.#clock = clock;
    this.#onSegment = onSegment;
    this.#catchUp = catchUp;
  }

  /** Takes a copy of a chunk of any length: its memory may be changed or freed once this returns. */
  write(chunk: Buffer): void {
    this.#reserve(chunk.length);
    chunk.copy(this.#bytes, this.#size);
    this.#size += chunk.length;
    for (; this.#next + PACKET_SIZE <= this.#size; this.#next += PACKET_SIZE) this.#look(this.#next);
    // Audio before the first keyframe is left out: it would begin a segment without a picture.
    if (this.#start === null) this.#dropBefore(this.#next, []);
  }

  /** Delivers the rest as a last, shorter segment. */
  end(): void {
    if (this.#start === null) return;
    const end = this.#lastFrame + this.#frameTicks;
    this.#close(this.#leaveOutSound(end), end);
  }

  /** Leaves out sound far beyond the last picture: the next source has its own. @returns the new end. */
  #leaveOutSound(end: number): number {
    const bytes = this.#bytes;
    let to = 0;
    let isBeyond = false;
    for (let at = 0; at < this.#next; at += PACKET_SIZE) {
      const isSound = pidOf(bytes, at) === AUDIO_PID;
      const timestamp = isSound && isUnitStart(bytes, at) ? decodingTimestamp(bytes, at) : null;
      if (timestamp !== null) isBeyond = ticksBetween(end, timestamp) >= SOUND_AHEAD;
      if (isSound && isBeyond) continue;
      if (to !== at) bytes.copyWithin(to, at, at + PACKET_SIZE);
      to += PACKET_SIZE;
    }
    return to;
  }

  #look(at: number): void {
    const bytes = this.#bytes;
    if (bytes[at] !== SYNC_BYTE) throw new Error('FFmpeg delivered something that is not MPEG-TS');
    if (!isUnitStart(bytes, at)) return;
    const pid = pidOf(bytes, at);
    if (pid === PAT_PID) this.#pat = Buffer.from(bytes.subarray(at, at + PACKET_SIZE));
    else if (pid === PMT_PID) this.#pmt = Buffer.from(bytes.subarray(at, at + PACKET_SIZE));
    else if (pid === VIDEO_PID && this.#cutsBefore(at)) {
      this.#close(at, this.#lastFrame);
      this.#open(at);
    }
  }

  /** Takes note of the video frame that begins here. @returns whether a segment begins with it. */
  #cutsBefore(at: number): boolean {
    const timestamp = decodingTimestamp(this.#bytes, at);
    if (timestamp === null) return false;
    const keyframe = isRandomAccess(this.#bytes, at);
    const now = this.#clock.monotonic() / 1000;
    if (this.#isPast(timestamp, now) || this.#present === timestamp || this.#start === null) {
      this.#lastFrame = timestamp;
      // Of the past, only the frames that the present depends on are kept: from the last keyframe on.
      if (keyframe) this.#start = null;
      return keyframe;
    }
    this.#frameTicks = ticksBetween(this.#lastFrame, timestamp);
    this.#lastFrame = timestamp;
    const length = (ticksBetween(this.#start, timestamp) - this.#skipped) / TICKS_PER_SECOND;
    return this.#policy.shouldCut({ keyframe, length, now });
  }

  #isPast(timestamp: number, now: number): boolean {
    if (!this.#catchUp || this.#present !== null) return false;
    this.#first ??= timestamp;
    if (this.#catchUp.isPast(ticksBetween(this.#first, timestamp) / TICKS_PER_SECOND, now)) return true;
    this.#present = timestamp;
    return false;
  }

  /** The ticks of the segment that are of the past: from its first frame to the present. */
  get #past(): number {
    return this.#start === null || this.#present === null ? 0 : ticksBetween(this.#start, this.#present);
  }

  /** The ticks by which the segment is shown faster than it was recorded. */
  get #skipped(): number {
    return Math.max(0, this.#past - FAST_FORWARD);
  }

  #open(at: number): void {
    this.#start = this.#lastFrame;
    this.#independent = isRandomAccess(this.#bytes, at);
    this.#dropBefore(
      at,
      [this.#pat, this.#pmt].filter((table) => table !== null),
    );
  }

  #close(at: number, end: number): void {
    if (this.#start === null) return;
    const skipped = this.#skipped;
    const ticks = ticksBetween(this.#start, end) - skipped;
    const bytes = ownedCopy(this.#bytes.subarray(0, at));
    const segment: CutSegment = {
      bytes,
      ticks,
      start: this.#start,
      independent: this.#independent,
      ...(skipped > 0 ? { fastForward: { ticks: this.#past, shownIn: this.#past - skipped } } : {}),
    };
    this.#start = null;
    if (ticks > 0) this.#onSegment(segment);
  }

  /** Drops the bytes before `at` and puts these tables, PAT and PMT, in their place. */
  #dropBefore(at: number, tables: readonly Buffer[]): void {
    const room = tables.length * PACKET_SIZE;
    this.#reserve(room);
    this.#bytes.copyWithin(room, at, this.#size);
    for (const [index, table] of tables.entries()) table.copy(this.#bytes, index * PACKET_SIZE);
    this.#size += room - at;
    this.#next = room;
  }

  #reserve(more: number): void {
    if (this.#size + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.#size + more));
    this.#bytes.copy(larger, 0, 0, this.#size);
    this.#bytes = larger;
  }
}
