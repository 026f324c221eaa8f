import { type AudioCodec, type AudioTrack, spokenIn } from '../../domain/audio-track.ts';
import { type Box, boxesIn, findBox } from './mp4-boxes.ts';
import { PLAIN_AAC } from './plain-aac.ts';

/** Bytes of a description of sound before the boxes in it (ISO/IEC 14496-12, 12.2.3). */
const ENTRY = 28;
/** What a track of audio description is (ISO/IEC 23009-1, 5.8.5.5), after version and flags. */
const DESCRIPTION = 'urn:mpeg:dash:role:2011\0description\0';

/** The tracks of sound, numbered from 1. */
export function soundOfMp4(bytes: Buffer, tracks: readonly Box[]): AudioTrack[] {
  return tracks.map((track, index) => {
    const header = findBox(bytes, track, 'mdia', 'mdhd');
    const facts = findBox(bytes, track, 'udta');
    const kinds = facts ? boxesIn(bytes, facts).filter(({ type }) => type === 'kind') : [];
    const spoken = spokenIn(header ? languageIn(bytes, header) : '');
    const isDescribed = kinds.some(({ from, to }) => bytes.toString('latin1', from + 4, to) === DESCRIPTION);
    return {
      id: index + 1,
      language: spoken.language,
      isDescription: spoken.isDescription || isDescribed,
      codec: codecOf(bytes, track),
    };
  });
}

/** Three letters of five bits each. */
function languageIn(bytes: Buffer, { from }: Box): string {
  const packed = bytes.readUInt16BE(from + (bytes[from] === 1 ? 32 : 20));
  return String.fromCharCode(...[10, 5, 0].map((shift) => ((packed >> shift) & 0x1f) + 0x60));
}

function codecOf(bytes: Buffer, track: Box): AudioCodec {
  const list = findBox(bytes, track, 'mdia', 'minf', 'stbl', 'stsd');
  const [entry] = list ? boxesIn(bytes, list, 8) : [];
  if (entry?.type === 'ac-3') return 'ac3';
  if (entry?.type === 'ec-3') return 'eac3';
  if (entry?.type !== 'mp4a') return 'other';
  const esds = boxesIn(bytes, entry, ENTRY).find(({ type }) => type === 'esds');
  const decoder = esds && descriptorIn(bytes, esds);
  if (!decoder) return 'other';
  if (decoder.type === 0x69 || decoder.type === 0x6b) return 'mpeg';
  if (decoder.type !== 0x40) return 'other';
  return decoder.config === PLAIN_AAC ? 'aac lc 48000 stereo' : 'aac';
}

/** What decodes a track (ISO/IEC 14496-1, 7.2.6): its type, and the beginning of its configuration. */
function descriptorIn(
  bytes: Buffer,
  { from, to }: Box,
): { readonly type: number; readonly config: number | null } | null {
  let type: number | null = null;
  for (let at = from + 4; at < to; ) {
    const tag = bytes[at++];
    while (((bytes[at] ?? 0) & 0x80) !== 0) at++;
    at++;
    if (tag === 0x03) at += 3;
    else if (tag === 0x04) {
      type = bytes[at] ?? 0;
      at += 13;
    } else return type === null ? null : { type, config: tag === 0x05 ? bytes.readUInt16BE(at) : null };
  }
  return type === null ? null : { type, config: null };
}
