import { deadline } from '../common/deadline.ts';
import type { ServerProbe } from './reconnector.ts';

const ANSWER_MS = 4_000;

/** The page's playlist; without a query the server answers at once. */
export const playlistUrl = '/internal_stream.m3u8';

/** Asks this page's server; a request for the page itself renews the short-lived cookie that the playlist needs. */
export const serverProbe: ServerProbe = {
  async ask(signal) {
    const response = await fetch(playlistUrl, {
      cache: 'no-store',
      signal: deadline(ANSWER_MS, signal),
    });
    await response.body?.cancel();
    // Logged out or shut out: in place of this page, the server sends one that says how to get in.
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
