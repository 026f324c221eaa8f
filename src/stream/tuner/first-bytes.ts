import type { ErrorCode } from '../../domain/errors.ts';
import { findSync, PACKET_SIZE, SYNC_BYTE } from '../mpeg-ts/packets.ts';
import { sniffAudio } from '../mpeg-ts/sniff-codec.ts';

/** Bytes that contain three sync bytes in a row, wherever the first one is. */
const ENOUGH = 4 * PACKET_SIZE;
/** Most bytes of rubbish before the first packet. */
const MOST_RUBBISH = 4_096;
const FILE_TYPE = Buffer.from('ftyp');
/** Most bytes of an MP4 before its index, for the file type and free space. */
const MOST_BEFORE_INDEX = 64 * 1024;
/** Sizes of a packet with a timestamp before it (M2TS), or a checksum after it (DVB). */
const OTHER_PACKET_SIZES = [192, 204];

/** What a provider sends, or why that is no channel. */
export type FirstBytesVerdict =
  | 'mpeg-ts'
  | 'hls'
  | 'media'
  | 'indexed-media'
  | 'undecided'
  | Extract<ErrorCode, 'channel_web_page' | 'channel_not_video'>;

/** First bytes of files that FFmpeg can read: MP4, Matroska, FLV, Ogg, FLAC, WAV and AVI, MPEG-PS, ASF, MP3 with a tag. */
const magics: readonly { readonly at: number; readonly bytes: Buffer }[] = [
  ...['styp', 'moov', 'moof', 'sidx'].map((name) => ({ at: 4, bytes: Buffer.from(name) })),
  ...['FLV\x01', 'OggS', 'fLaC', 'RIFF', 'ID3'].map((name) => ({ at: 0, bytes: Buffer.from(name) })),
  { at: 0, bytes: Buffer.of(0x1a, 0x45, 0xdf, 0xa3) },
  { at: 0, bytes: Buffer.of(0, 0, 1, 0xba) },
  { at: 0, bytes: Buffer.of(0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11) },
];

/**
 * Recognises what a provider sends by its first bytes, since its content type is unreliable. `media` is another format that
 * FFmpeg can read, and `indexed-media` one that it can read only with access to the file's end. More bytes never change a
 * verdict, so it does not depend on how the bytes are cut into chunks.
 * @param complete true if no more bytes will come, so that the verdict must be given now.
 */
export function judgeFirstBytes(bytes: Buffer, complete = false): FirstBytesVerdict {
  if (bytes.subarray(4, 8).equals(FILE_TYPE)) return judgeMp4(bytes, complete);
  if (isNamed(bytes)) return 'media';
  const text = bytes
    .subarray(0, 512)
    .toString('latin1')
    .replace('\u00ef\u00bb\u00bf', '')
    .trimStart()
    .toLowerCase();
  if (text.startsWith('#extm3u')) return 'hls';
  if (/^(<!doctype|<html|<head|<body|<\?xml|<script|<div|<h1|<!--)/.test(text)) return 'channel_web_page';
  if (/^(\{\s*"|\[\s*[\]{"])/.test(text)) return 'channel_not_video';
  if (bytes.length < ENOUGH && !complete) return 'undecided';
  const head = bytes.subarray(0, ENOUGH);
  if (findSync(head) >= 0) return 'mpeg-ts';
  if ((head.length === ENOUGH && sniffAudio(head) !== null) || hasOtherPackets(head)) return 'media';
  if (text.includes('<html')) return 'channel_web_page';
  if (findSync(bytes.subarray(0, MOST_RUBBISH)) >= 0) return 'mpeg-ts';
  return complete || bytes.length >= MOST_RUBBISH ? 'channel_not_video' : 'undecided';
}

/** Checks whether the index (`moov`) of an MP4 comes before its media (`mdat`), as in files made for streaming. */
function judgeMp4(bytes: Buffer, complete: boolean): FirstBytesVerdict {
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'mdat') return 'indexed-media';
    if (type === 'moov' || type === 'moof' || type === 'sidx' || size < 8) return 'media';
    at += size;
    if (at > MOST_BEFORE_INDEX) return 'media';
  }
  return complete ? 'media' : 'undecided';
}

function isNamed(bytes: Buffer): boolean {
  return magics.some((magic) => bytes.subarray(magic.at, magic.at + magic.bytes.length).equals(magic.bytes));
}

function hasOtherPackets(bytes: Buffer): boolean {
  return OTHER_PACKET_SIZES.some((size) => {
    const first = size === 192 ? 4 : 0;
    const syncs = [0, 1, 2, 3].map((index) => bytes[first + index * size]);
    return syncs.every((byte) => byte === SYNC_BYTE);
  });
}
