import { hasPayload, isUnitStart, PACKET_SIZE, payloadOffset, pesPayload } from './packets.ts';

/** Bytes to search for a picture's first slice; parameter sets and captions may precede it. */
const LARGEST_HEAD = 4_096;
/** A stream counts as keyless after this many I pictures, and seconds since the first, without a point to start at. */
const MIN_INTRA_PICTURES = 2;
const MIN_SECONDS = 4;

const IDR = 5;
const SLICE = 1;
const SEI = 6;
const RECOVERY_POINT = 6;

/**
 * Tells whether H.264 can be copied: players start at an IDR picture or a recovery point (ITU-T H.264, 7.4.1.2.4 and
 * D.2.8). Some broadcasters send only plain I pictures: FFmpeg can start decoding at one, but cannot start a copy there.
 * The search ends at the first picture that a player can start at.
 */
export class KeyframeWatch {
  #isSettled = false;
  #isKeyless = false;
  #head: Buffer | null = null;
  #pictures = 0;
  #firstAt = 0;

  /** True if the stream has no picture at which a copy can start. */
  get isKeyless(): boolean {
    return this.#isKeyless;
  }

  /** Inspects one video packet. @param now stream time in seconds. */
  look(bytes: Buffer, at: number, now: number): void {
    if (this.#isSettled || !hasPayload(bytes, at)) return;
    const begins = isUnitStart(bytes, at);
    if (!begins && !this.#head) return;
    const from = begins ? (pesPayload(bytes, at)?.at ?? at + PACKET_SIZE) : at + payloadOffset(bytes, at);
    const part = bytes.subarray(Math.min(from, at + PACKET_SIZE), at + PACKET_SIZE);
    this.#head = Buffer.concat(begins || !this.#head ? [part] : [this.#head, part]);
    const picture = readPicture(this.#head);
    if (picture === null && this.#head.length < LARGEST_HEAD) return;
    this.#head = null;
    if (picture === 'start') this.#isSettled = true;
    if (picture !== 'intra') return;
    if (this.#pictures++ === 0) this.#firstAt = now;
    this.#isKeyless = this.#pictures >= MIN_INTRA_PICTURES && now - this.#firstAt >= MIN_SECONDS;
    this.#isSettled = this.#isKeyless;
  }
}

/** Classifies a picture by its first slice; null until the slice has arrived. */
function readPicture(head: Buffer): 'start' | 'intra' | 'other' | null {
  for (let at = head.indexOf(START); at >= 0 && at + 4 < head.length; at = head.indexOf(START, at + 3)) {
    const type = (head[at + 3] ?? 0) & 0x1f;
    if (type === IDR || (type === SEI && hasRecoveryPoint(head, at + 4))) return 'start';
    // An I slice starts at macroblock 0 and has type 2 or 7, both numbers written as Exp-Golomb codes.
    const slice = head[at + 4] ?? 0;
    if (type === SLICE) return slice === 0x88 || (slice & 0xf0) === 0xb0 ? 'intra' : 'other';
  }
  return null;
}

const START = Buffer.of(0, 0, 1);

/** Searches the messages of an SEI unit: type, size, content; a type or size above 254 continues in the next byte. */
function hasRecoveryPoint(head: Buffer, from: number): boolean {
  const next = head.indexOf(START, from);
  const end = next < 0 ? head.length : next;
  let at = from;
  const number = () => {
    let value = 0;
    for (; head[at] === 0xff && at < end; at++) value += 0xff;
    value += head[at] ?? 0;
    at++;
    return value;
  };
  while (at + 2 < end) {
    if (number() === RECOVERY_POINT) return true;
    const size = number();
    at += size;
  }
  return false;
}
