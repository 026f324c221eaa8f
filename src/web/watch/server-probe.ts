import { deadline } from '../common/deadline.ts';
import type { Line } from './reconnector.ts';

const ANSWER_MS = 4_000;

/** The playlist of this page, asked without waiting for a segment. */
export const playlistUrl = '/internal_stream.m3u8';

/** Loading the page's own address is what renews the short-lived cookie that the playlist wants. */
export const serverLine: Line = {
  async ask(signal) {
    const response = await fetch(playlistUrl, {
      cache: 'no-store',
      signal: deadline(ANSWER_MS, signal),
    });
    await response.body?.cancel();
    // Logged out, or shut out: in place of this page there is one that says how to get in.
    if (response.status === 401) location.reload();
    if (response.ok) return 'ready';
    return response.status === 403 ? 'forbidden' : 'down';
  },

  async renewCookie(signal) {
    const response = await fetch('/watch', {
      cache: 'no-store',
      credentials: 'same-origin',
      signal: deadline(ANSWER_MS, signal),
    });
    await response.body?.cancel();
  },
};
