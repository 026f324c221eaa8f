import { hasPayload, isUnitStart, PACKET_SIZE, payloadOffset, pesPayload } from './packets.ts';

/** Bytes of a picture among which its first slice stands: parameter sets, captions and the like may come before it. */
const LARGEST_HEAD = 4_096;
/** I pictures, and seconds from the first of them on, without one that a decoder is allowed to start with. */
const MANY_PICTURES = 2;
const LONG = 4;

const IDR = 5;
const SLICE = 1;
const SEI = 6;
const RECOVERY_POINT = 6;

/**
 * Tells whether H.264 can be copied: players start with an IDR picture or a recovery point (ITU-T H.264, 7.4.1.2.4 and
 * D.2.8). Some broadcasters send plain I pictures only, from which FFmpeg decodes, but with which it begins no copy. Once a
 * picture to start with has come, no more is looked at.
 */
export class KeyframeWatch {
  #isSettled = false;
  #isKeyless = false;
  #head: Buffer | null = null;
  #pictures = 0;
  #firstAt = 0;

  /** There are only pictures that a copy cannot begin with. */
  get isKeyless(): boolean {
    return this.#isKeyless;
  }

  /** Looks at one packet of the picture. @param now stream time in seconds. */
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
    this.#isKeyless = this.#pictures >= MANY_PICTURES && now - this.#firstAt >= LONG;
    this.#isSettled = this.#isKeyless;
  }
}

/** What a picture is, by its first slice; null where that has not come. */
function readPicture(head: Buffer): 'start' | 'intra' | 'other' | null {
  for (let at = head.indexOf(START); at >= 0 && at + 4 < head.length; at = head.indexOf(START, at + 3)) {
    const type = (head[at + 3] ?? 0) & 0x1f;
    if (type === IDR || (type === SEI && hasRecoveryPoint(head, at + 4))) return 'start';
    // The first macroblock is number 0, then the slice's type is 2 or 7, both as Exp-Golomb codes.
    const slice = head[at + 4] ?? 0;
    if (type === SLICE) return slice === 0x88 || (slice & 0xf0) === 0xb0 ? 'intra' : 'other';
  }
  return null;
}

const START = Buffer.of(0, 0, 1);

/** Messages follow each other as type, size and content; types and sizes above 254 go on in the next byte. */
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
