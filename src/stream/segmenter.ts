import type { Clock } from '../lib/clock.ts';
import type { Frame } from './cut-policy.ts';
import {
  decodingTimestamp,
  isRandomAccess,
  isUnitStart,
  PACKET_SIZE,
  pidOf,
  SYNC_BYTE,
  TICKS_PER_SECOND,
  ticksBetween,
} from './mpeg-ts.ts';

/** The PIDs that FFmpeg's muxer gives to what ffmpeg-args.ts maps: always video first, then audio. */
export const VIDEO_PID = 0x100;
const PAT_PID = 0;
const PMT_PID = 0x1000;

/** Says whether a segment ends before this frame; see CutPolicy. */
export interface Cutter {
  shouldCut(frame: Frame): boolean;
}

/** A finished piece of one FFmpeg run, on that run's own clock. */
export interface CutSegment {
  /** Whole packets, beginning with PAT and PMT. Owned by the receiver. */
  readonly bytes: Buffer;
  /** 90 kHz ticks from its first video frame to the next segment's. */
  readonly ticks: number;
  /** Decoding timestamp of its first video frame. */
  readonly start: number;
  /** Begins with a keyframe. */
  readonly independent: boolean;
}

/**
 * Cuts the MPEG-TS of one FFmpeg run into segments the moment the policy says so. Doing this here rather than in
 * FFmpeg's HLS muxer saves the files, the polling, and a quarter of a second at every switch.
 */
export class Segmenter {
  readonly #policy: Cutter;
  readonly #clock: Clock;
  readonly #onSegment: (segment: CutSegment) => void;
  #rest: Buffer = Buffer.alloc(0);
  #pat: Buffer | null = null;
  #pmt: Buffer | null = null;
  #pieces: Buffer[] = [];
  #start: number | null = null;
  #independent = false;
  #lastFrame = 0;
  #frameTicks = 0;

  constructor(policy: Cutter, clock: Clock, onSegment: (segment: CutSegment) => void) {
    this.#policy = policy;
    this.#clock = clock;
    this.#onSegment = onSegment;
  }

  write(chunk: Buffer): void {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    const whole = bytes.length - (bytes.length % PACKET_SIZE);
    let from = 0;
    for (let at = 0; at < whole; at += PACKET_SIZE) {
      if (bytes[at] !== SYNC_BYTE) throw new Error('FFmpeg delivered something that is not MPEG-TS');
      if (!isUnitStart(bytes, at)) continue;
      const pid = pidOf(bytes, at);
      if (pid === PAT_PID) this.#pat = Buffer.from(bytes.subarray(at, at + PACKET_SIZE));
      else if (pid === PMT_PID) this.#pmt = Buffer.from(bytes.subarray(at, at + PACKET_SIZE));
      else if (pid === VIDEO_PID && this.#cutsBefore(bytes, at)) {
        this.#keep(bytes.subarray(from, at));
        this.#close(this.#lastFrame);
        this.#open(bytes, at);
        from = at;
      }
    }
    this.#keep(bytes.subarray(from, whole));
    this.#rest = bytes.subarray(whole);
  }

  /** Delivers what is left, as a last and shorter segment. */
  end(): void {
    if (this.#start !== null) this.#close(this.#lastFrame + this.#frameTicks);
  }

  /** Looks at the video frame that begins here; true if a segment begins with it. */
  #cutsBefore(bytes: Buffer, at: number): boolean {
    const timestamp = decodingTimestamp(bytes, at);
    if (timestamp === null) return false;
    const keyframe = isRandomAccess(bytes, at);
    if (this.#start === null) {
      // Audio from before the first keyframe is left out: it would begin a segment without a picture.
      this.#lastFrame = timestamp;
      return keyframe;
    }
    this.#frameTicks = ticksBetween(this.#lastFrame, timestamp);
    this.#lastFrame = timestamp;
    const length = ticksBetween(this.#start, timestamp) / TICKS_PER_SECOND;
    return this.#policy.shouldCut({ keyframe, length, now: this.#clock.monotonic() / 1000 });
  }

  #open(bytes: Buffer, at: number): void {
    this.#start = this.#lastFrame;
    this.#independent = isRandomAccess(bytes, at);
    this.#pieces = [this.#pat, this.#pmt].filter((table) => table !== null);
  }

  #keep(piece: Buffer): void {
    if (this.#start !== null && piece.length > 0) this.#pieces.push(piece);
  }

  #close(end: number): void {
    if (this.#start === null) return;
    const ticks = ticksBetween(this.#start, end);
    const segment = {
      bytes: Buffer.concat(this.#pieces),
      ticks,
      start: this.#start,
      independent: this.#independent,
    };
    this.#start = null;
    this.#pieces = [];
    if (ticks > 0) this.#onSegment(segment);
  }
}
