import type { FastifyReply } from 'fastify';
import type { PlayerQuery } from './player-request.ts';

/** What players may put behind a playlist's address. */
export interface PlaylistQuery extends PlayerQuery {
  /** Blocking playlist reload: hold the answer until this segment is listed (rfc8216bis, 6.2.5.2). */
  _HLS_msn?: string | string[];
}

/** Longer than a segment can be, shorter than any proxy's patience. */
const LONGEST_HOLD = 10_000;

/** Answers with a playlist, of which no cache may keep an old one. @param caching `no-store` where it depends on who asks */
export function sendPlaylist(
  reply: FastifyReply,
  text: string | Buffer,
  caching: 'no-cache' | 'no-store' = 'no-cache',
): FastifyReply {
  return reply
    .header('content-type', 'application/vnd.apple.mpegurl')
    .header('cache-control', caching)
    .header('access-control-allow-origin', '*')
    .send(text);
}

/** The playlist of a screen, or of its lower rendition. */
export interface Awaited {
  /** The media sequence number of its next segment. */
  readonly nextSequence: number;
  /** Resolves once it lists a segment, or after `timeout` milliseconds, or with the signal. */
  until(sequence: number, timeout: number, signal: AbortSignal): Promise<void>;
}

/** Waits until the requested segment is listed; does not wait for one that is far ahead. @param longest milliseconds */
export async function awaitSegment(
  live: Awaited,
  asked: string | string[],
  reply: FastifyReply,
  longest = LONGEST_HOLD,
): Promise<void> {
  const sequence = Number(asked);
  if (!Number.isSafeInteger(sequence) || sequence > live.nextSequence + 1) return;
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  await live.until(sequence, longest, gone.signal);
}
