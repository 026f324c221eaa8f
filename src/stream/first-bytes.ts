import type { ErrorCode } from '../domain/errors.ts';
import { findSync, PACKET_SIZE, SYNC_BYTE } from './mpeg-ts.ts';
import { sniffAudio } from './sniff.ts';

/** Enough to be sure of: three sync bytes in a row, wherever the first one is. */
const ENOUGH = 4 * PACKET_SIZE;
/** Sizes of a packet with something added: a time before it (M2TS), or a checksum behind it (DVB). */
const OTHER_PACKET_SIZES = [192, 204];

export type Verdict =
  | 'mpeg-ts'
  | 'hls'
  | 'media'
  | 'undecided'
  | Extract<ErrorCode, 'channel_web_page' | 'channel_not_video'>;

/** How files begin that FFmpeg can read: MP4, Matroska, FLV, Ogg, FLAC, WAV and AVI, MPEG-PS, MP3 with a tag. */
const magics: readonly { readonly at: number; readonly bytes: Buffer }[] = [
  ...['ftyp', 'styp', 'moov', 'moof', 'sidx'].map((name) => ({ at: 4, bytes: Buffer.from(name) })),
  ...['FLV\x01', 'OggS', 'fLaC', 'RIFF', 'ID3'].map((name) => ({ at: 0, bytes: Buffer.from(name) })),
  { at: 0, bytes: Buffer.of(0x1a, 0x45, 0xdf, 0xa3) },
  { at: 0, bytes: Buffer.of(0, 0, 1, 0xba) },
];

/**
 * Says what a provider is sending, by its first bytes; its content type is not to be trusted. `media`: something else that
 * FFmpeg can read.
 * @param complete no more will come: decide now.
 */
export function judgeFirstBytes(bytes: Buffer, complete = false): Verdict {
  if (findSync(bytes) >= 0) return 'mpeg-ts';
  if (isMedia(bytes)) return 'media';
  const text = bytes
    .subarray(0, 512)
    .toString('latin1')
    .replace('\u00ef\u00bb\u00bf', '')
    .trimStart()
    .toLowerCase();
  if (text.startsWith('#extm3u')) return 'hls';
  if (/^(<!doctype|<html|<head|<body|<\?xml|<script|<div|<h1|<!--)/.test(text) || text.includes('<html'))
    return 'channel_web_page';
  if (text.startsWith('{') || text.startsWith('[') || complete || bytes.length >= ENOUGH)
    return 'channel_not_video';
  return 'undecided';
}

function isMedia(bytes: Buffer): boolean {
  const isNamed = magics.some((magic) =>
    bytes.subarray(magic.at, magic.at + magic.bytes.length).equals(magic.bytes),
  );
  return isNamed || (bytes.length >= ENOUGH && sniffAudio(bytes) !== null) || hasOtherPackets(bytes);
}

function hasOtherPackets(bytes: Buffer): boolean {
  return OTHER_PACKET_SIZES.some((size) => {
    const first = size === 192 ? 4 : 0;
    const syncs = [0, 1, 2, 3].map((index) => bytes[first + index * size]);
    return syncs.every((byte) => byte === SYNC_BYTE);
  });
}
