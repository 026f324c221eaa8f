import { PACKET_SIZE, pesPayload } from './packets.ts';
import type { Content, VideoCodec } from './program-map.ts';

/** Stream id of private data, which may be audio, subtitles or anything else (ISO/IEC 13818-1, table 2-22). */
const PRIVATE_STREAM = 0xbd;

/**
 * Recognises the content of the PES packet that begins in this packet of 188 bytes by its first bytes. Null if they do not
 * tell: a multiplexer need not begin a PES packet with a frame.
 */
export function sniff(bytes: Uint8Array, at: number): Content {
  const pes = pesPayload(bytes, at);
  if (!pes) return null;
  const data = bytes.subarray(pes.at, at + PACKET_SIZE);
  const isVideo = pes.streamId >= 0xe0 && pes.streamId <= 0xef;
  const isAudio = (pes.streamId >= 0xc0 && pes.streamId <= 0xdf) || pes.streamId === PRIVATE_STREAM;
  if (isVideo || pes.streamId === 0xfd) {
    const codec = sniffVideo(data);
    if (codec) return { kind: 'video', codec };
  }
  return isAudio || pes.streamId === 0xfd ? sniffAudio(data) : null;
}

/** True if the first packet of a picture shows that a decoder can start there. */
export function beginsKeyframe(bytes: Uint8Array, at: number, codec: VideoCodec): boolean {
  const pes = pesPayload(bytes, at);
  if (!pes) return false;
  for (const header of startCodes(bytes.subarray(pes.at, at + PACKET_SIZE))) {
    if (codec === 'h264' && [5, 7].includes(header & 0x1f)) return true;
    // Units 16 to 21 are keyframes (from broken link to clean random access); 32 and 33 are the parameter sets before them.
    const unit = (header >> 1) & 0x3f;
    if (codec === 'hevc' && ((unit >= 16 && unit <= 21) || unit === 32 || unit === 33)) return true;
    if ((codec === 'mpeg2' || codec === 'mpeg4') && (header === 0xb3 || header === 0xb0)) return true;
  }
  return false;
}

/** Yields the byte after each start code. */
export function* startCodes(data: Uint8Array): Generator<number> {
  for (let at = 0; at + 3 < data.length; at++)
    if (data[at] === 0 && data[at + 1] === 0 && data[at + 2] === 1) yield data[at + 3] ?? 0;
}

function sniffVideo(data: Uint8Array): VideoCodec | null {
  const start = data[0] === 0 && data[1] === 0 && data[2] === 0 ? 1 : 0;
  if (data[start] !== 0 || data[start + 1] !== 0 || data[start + 2] !== 1) return null;
  const [first = 0, second = 0] = data.subarray(start + 3, start + 5);
  // MPEG-2 begins with a sequence, a group of pictures or a picture; MPEG-4 with a visual object sequence, or one object.
  if (first === 0xb3 || first === 0xb8 || first === 0x00)
    return first === 0x00 && second === 0x01 ? null : 'mpeg2';
  if (first === 0xb0 || first === 0xb6 || (first >= 0x20 && first <= 0x2f && second === 0x00)) return 'mpeg4';
  if (second === 0x01 && hevcUnits.has(first)) return 'hevc';
  if (first === 0x09) return (second & 0x1f) === 0x10 ? 'h264' : null;
  return h264Units.has(first) ? 'h264' : null;
}

/** First bytes of units that begin a picture: access unit delimiters, parameter sets, SEI and slices. */
const hevcUnits: ReadonlySet<number> = new Set([0x46, 0x40, 0x42, 0x44, 0x4e, 0x02, 0x26, 0x28, 0x2a]);
const h264Units: ReadonlySet<number> = new Set([0x67, 0x27, 0x47, 0x68, 0x06, 0x65, 0x25, 0x45, 0x41, 0x61]);

/** Recognises the audio codec by a stream's first bytes. */
export function sniffAudio(data: Uint8Array): Content {
  const [first = 0, second = 0, third = 0, fourth = 0] = data;
  if (first === 0xff && (second & 0xf6) === 0xf0) {
    // The ADTS header (ISO/IEC 14496-3, 1.A.2.2) holds profile, sampling frequency and channel configuration.
    const isPlain = (third & 0xfd) === 0x4c && (fourth & 0xc0) === 0x80;
    return { kind: 'audio', codec: isPlain ? 'aac lc 48000 stereo' : 'aac' };
  }
  if (first === 0x56 && (second & 0xe0) === 0xe0) return { kind: 'audio', codec: 'latm' };
  if (first === 0x0b && second === 0x77) {
    const syntax = (data[5] ?? 0) >> 3;
    return syntax > 16 ? null : { kind: 'audio', codec: syntax > 10 ? 'eac3' : 'ac3' };
  }
  return isMpegAudio(first, second, third) ? { kind: 'audio', codec: 'mpeg' } : null;
}

/** Accepts an MPEG audio header (ISO/IEC 11172-3, 2.4.1.3) without a reserved version, layer, bit rate or sampling rate. */
function isMpegAudio(first: number, second: number, third: number): boolean {
  return (
    first === 0xff &&
    (second & 0xe0) === 0xe0 &&
    (second & 0x18) !== 0x08 &&
    (second & 0x06) !== 0 &&
    (third & 0xf0) !== 0xf0 &&
    (third & 0x0c) !== 0x0c
  );
}
