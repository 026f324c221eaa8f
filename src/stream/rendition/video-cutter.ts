import {
  isRandomAccess,
  isUnitStart,
  PACKET_SIZE,
  pidOf,
  presentationTimestamp,
  TICKS_PER_SECOND,
  ticksBetween,
} from '../mpeg-ts/packets.ts';
import { PacketAligner } from '../normaliser/packet-aligner.ts';
import { VIDEO_PID } from '../segments/segmenter.ts';

/** A stretch of the timeline that one segment covers. */
export interface Stretch {
  /** The segment's media sequence number. */
  readonly sequence: number;
  /** The presentation timestamp of its first picture. */
  readonly start: number;
  /** It begins with a keyframe. */
  readonly independent: boolean;
}

/** Ticks by which a timestamp may be rounded on its way through FFmpeg. */
const ROUNDING = 90;
/** Ticks after its start in which a stretch's keyframe must come. */
const LATEST_KEYFRAME = TICKS_PER_SECOND;

/** Cuts the encoded picture where the segments begin from which it was made. */
export class VideoCutter {
  readonly #onPicture: (sequence: number, packets: Buffer) => void;
  readonly #aligner = new PacketAligner((packets) => this.#take(packets));
  /** Those that are not delivered yet, the current one first. */
  readonly #stretches: Stretch[] = [];
  #parts: Buffer[] = [];

  /** @param onPicture is given each stretch once it is complete; its packets may have tables among them, and may be none. */
  constructor(onPicture: (sequence: number, packets: Buffer) => void) {
    this.#onPicture = onPicture;
  }

  /** Says which stretch follows; before the picture of the one before it ends. */
  expect(stretch: Stretch): void {
    this.#stretches.push(stretch);
  }

  /** Takes encoded MPEG-TS, cut into chunks anywhere. The chunk must not be changed. @throws where a keyframe is missing */
  write(chunk: Buffer): void {
    this.#aligner.take(chunk);
  }

  /** Delivers the stretch before the last one, of which there is no more: the last one is somebody else's. */
  end(): void {
    if (this.#stretches.length > 1) this.#deliver();
  }

  #take(packets: Buffer): void {
    let from = 0;
    for (let at = 0; at < packets.length; at += PACKET_SIZE) {
      while (this.#nextBeginsAt(packets, at)) {
        this.#parts.push(packets.subarray(from, at));
        from = at;
        this.#deliver();
      }
    }
    this.#parts.push(packets.subarray(from));
  }

  #nextBeginsAt(packets: Buffer, at: number): boolean {
    const next = this.#stretches[1];
    if (!next || pidOf(packets, at) !== VIDEO_PID || !isUnitStart(packets, at)) return false;
    const shown = presentationTimestamp(packets, at);
    if (shown === null) return false;
    const since = ticksBetween(next.start, shown);
    if (since < -ROUNDING) return false;
    if (!next.independent || isRandomAccess(packets, at)) return true;
    if (since > LATEST_KEYFRAME) throw new Error('the encoder left out a keyframe');
    return false;
  }

  #deliver(): void {
    const done = this.#stretches.shift();
    const packets = Buffer.concat(this.#parts);
    this.#parts = [];
    if (done) this.#onPicture(done.sequence, packets);
  }
}
