import type { ErrorCode } from '../domain/errors.ts';
import { findSync, PACKET_SIZE } from './mpeg-ts.ts';

/** Enough to be sure of: three sync bytes in a row, wherever the first one is. */
const ENOUGH = 4 * PACKET_SIZE;

export type Verdict =
  | 'mpeg-ts'
  | 'hls'
  | 'undecided'
  | Extract<ErrorCode, 'channel_web_page' | 'channel_not_video'>;

/**
 * Says what a provider is sending, by its first bytes; its content type is not to be trusted.
 * @param complete no more will come: decide now.
 */
export function judgeFirstBytes(bytes: Buffer, complete = false): Verdict {
  if (findSync(bytes) >= 0) return 'mpeg-ts';
  const text = bytes.subarray(0, 512).toString('latin1').trimStart().toLowerCase();
  if (text.startsWith('#extm3u')) return 'hls';
  if (/^(<!doctype|<html|<head|<body|<\?xml|<script|<div|<h1|<!--)/.test(text) || text.includes('<html'))
    return 'channel_web_page';
  if (text.startsWith('{') || text.startsWith('[') || complete || bytes.length >= ENOUGH)
    return 'channel_not_video';
  return 'undecided';
}
