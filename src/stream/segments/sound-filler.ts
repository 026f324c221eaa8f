import type { OwnedBytes } from '../../lib/owned-bytes.ts';
import {
  decodingTimestamp,
  isUnitStart,
  PACKET_SIZE,
  pidOf,
  SYNC_BYTE,
  TICKS_PER_SECOND,
  ticksBetween,
  wrapTicks,
  writeTimestamp,
} from '../mpeg-ts/packets.ts';
import { writeProgramMap } from '../mpeg-ts/program-map.ts';
import { toPackets } from '../mpeg-ts/psi.ts';
import { sniff } from '../mpeg-ts/sniff-codec.ts';
import { AUDIO_PID, PMT_PID, VIDEO_PID } from './segmenter.ts';

/** Ticks of one AAC frame: 1024 samples at 48 kHz. */
const FRAME = (1024 / 48_000) * TICKS_PER_SECOND;
/** Ticks of sound that may be missing before silence is put in their place. */
const SMALLEST_HOLE = 2 * FRAME;
/** Ticks that sound may be behind the picture before it is taken to be missing. */
const USUAL_LAG = 0.3 * TICKS_PER_SECOND;
/** … where a source's sound always comes late. */
const LARGEST_LAG = 4 * TICKS_PER_SECOND;
/** Ticks of picture over which sound must have come too late each time for that. */
const LATE_FOR = 1.5 * TICKS_PER_SECOND;
/** AAC frames of silence that fit into one packet of 188 bytes. */
const MOST_FRAMES = 10;

/**
 * Keeps the sound from ending: where FFmpeg delivers none, or leaves a hole, silence is put in, and sound that comes for a
 * moment that is filled already is left out. The output is always H.264 and AAC 48 kHz stereo, so this is possible here
 * whatever the source's codec is; FFmpeg itself would hold back the picture to wait for sound.
 */
export class SoundFiller {
  /** The beginning of a packet that is not whole yet. */
  #rest: Buffer = Buffer.alloc(0);
  /** The timestamp at which the sound ends so far; null before the first picture. */
  #end: number | null = null;
  #picture: number | null = null;
  #lag = USUAL_LAG;
  /** The timestamp of the picture since which all sound has come too late. */
  #lateSince: number | null = null;
  #isDropping = false;
  readonly #isCopied: boolean;

  /** @param isCopied FFmpeg copies the sound, whose codec may change from one frame to the next. */
  constructor(isCopied = false) {
    this.#isCopied = isCopied;
  }

  /**
   * Patches the chunk in place.
   * @returns whole packets in order, some of them views of the chunk: it may be freed once they have been copied.
   */
  take(chunk: OwnedBytes): Buffer[] {
    const out: Buffer[] = [];
    let from = 0;
    if (this.#rest.length > 0) {
      from = Math.min(PACKET_SIZE - this.#rest.length, chunk.length);
      this.#rest = Buffer.concat([this.#rest, chunk.subarray(0, from)]);
      if (this.#rest.length < PACKET_SIZE) return out;
      this.#takePackets(this.#rest, out);
    }
    const end = from + Math.floor((chunk.length - from) / PACKET_SIZE) * PACKET_SIZE;
    if (end > from) this.#takePackets(chunk.subarray(from, end), out);
    this.#rest = Buffer.from(chunk.subarray(end));
    return out;
  }

  /** The silence that is missing up to the last picture. */
  end(): Buffer[] {
    if (this.#end === null || this.#picture === null) return [];
    return this.#fill(this.#picture);
  }

  #takePackets(packets: Buffer, out: Buffer[]): void {
    let from = 0;
    for (let at = 0; at < packets.length; at += PACKET_SIZE) {
      if (packets[at] !== SYNC_BYTE) throw new Error('FFmpeg delivered something that is not MPEG-TS');
      const pid = pidOf(packets, at);
      const begins = isUnitStart(packets, at);
      let before: Buffer[] = [];
      if (begins && pid === VIDEO_PID) before = this.#onPicture(packets, at);
      else if (begins && pid === AUDIO_PID) before = this.#onSound(packets, at);
      else if (begins && pid === PMT_PID) mapPackets.copy(packets, at);
      const isLeftOut = pid === AUDIO_PID && this.#isDropping;
      if (before.length === 0 && !isLeftOut) continue;
      if (at > from) out.push(packets.subarray(from, at));
      out.push(...before);
      from = isLeftOut ? at + PACKET_SIZE : at;
    }
    if (packets.length > from) out.push(packets.subarray(from));
  }

  #onPicture(packets: Buffer, at: number): Buffer[] {
    const picture = decodingTimestamp(packets, at);
    if (picture === null) return [];
    this.#picture = picture;
    this.#end ??= picture;
    return ticksBetween(this.#end, picture) > this.#lag ? this.#fill(picture - USUAL_LAG / 3) : [];
  }

  #onSound(packets: Buffer, at: number): Buffer[] {
    const begins = decodingTimestamp(packets, at);
    if (begins === null || this.#end === null) return [];
    if (this.#isCopied && sniff(packets, at)?.codec !== 'aac lc 48000 stereo') {
      this.#isDropping = true;
      return [];
    }
    const ahead = ticksBetween(this.#end, begins);
    this.#isDropping = ahead < -FRAME / 2;
    if (this.#isDropping) this.#noteLateness(-ahead);
    else this.#lateSince = null;
    if (this.#isDropping) return [];
    const silence = ahead > SMALLEST_HOLE ? this.#fill(begins - FRAME / 2) : [];
    this.#end = wrapTicks(begins + FRAME);
    return silence;
  }

  /** Sound that FFmpeg gives late all the time is waited for; what comes at once, for a hole, is not. */
  #noteLateness(ticks: number): void {
    this.#lateSince ??= this.#picture;
    const isLateForLong =
      this.#lateSince !== null &&
      this.#picture !== null &&
      ticksBetween(this.#lateSince, this.#picture) > LATE_FOR;
    if (isLateForLong) this.#lag = Math.max(this.#lag, Math.min(LARGEST_LAG, ticks + USUAL_LAG));
  }

  /** Silence up to `to`. */
  #fill(to: number): Buffer[] {
    const packets: Buffer[] = [];
    while (this.#end !== null) {
      const missing = Math.ceil(ticksBetween(this.#end, to) / FRAME);
      if (missing <= 0) break;
      const frames = Math.min(missing, MOST_FRAMES);
      packets.push(silencePacket(this.#end, frames));
      this.#end = wrapTicks(this.#end + frames * FRAME);
    }
    return packets;
  }
}

/** The PMT of what we deliver, whatever FFmpeg was given. */
const none = Buffer.alloc(0);
const mapPackets = toPackets(
  PMT_PID,
  writeProgramMap(
    {
      number: 1,
      clockPid: VIDEO_PID,
      streams: [
        { type: 0x1b, pid: VIDEO_PID, descriptors: none },
        { type: 0x0f, pid: AUDIO_PID, descriptors: none },
      ],
    },
    0,
  ),
  0,
);

/** ADTS (ISO/IEC 14496-3, 1.A.2.2): AAC-LC, 48 kHz, stereo, one frame of silence. */
const silentFrame = Buffer.of(
  ...[0xff, 0xf1, 0x4c, 0x80, 0x02, 0x1f, 0xfc],
  ...[0x21, 0x00, 0x49, 0x90, 0x02, 0x19, 0x00, 0x23, 0x80],
);

/** One packet with so many frames of silence. Its counter is left to whoever puts the stream together. */
function silencePacket(start: number, frames: number): Buffer {
  const data = Buffer.concat(Array.from({ length: frames }, () => silentFrame));
  const size = 8 + data.length;
  const pes = Buffer.from([
    ...[0, 0, 1, 0xc0, size >> 8, size & 0xff, 0x80, 0x80, 5, 0x20, 0, 0, 0, 0],
    ...data,
  ]);
  writeTimestamp(pes, 9, Math.round(start));
  const packet = Buffer.alloc(PACKET_SIZE, 0xff);
  const stuffing = PACKET_SIZE - 4 - pes.length;
  packet.set([SYNC_BYTE, 0x40 | (AUDIO_PID >> 8), AUDIO_PID & 0xff, stuffing > 0 ? 0x30 : 0x10]);
  if (stuffing > 0) packet[4] = stuffing - 1;
  if (stuffing > 1) packet[5] = 0;
  pes.copy(packet, PACKET_SIZE - pes.length);
  return packet;
}
