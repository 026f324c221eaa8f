import { watchPath, watchPlaylistPath } from '../../domain/watch-paths.ts';
import { deadline } from '../common/deadline.ts';
import type { ServerProbe } from './reconnector.ts';

const ANSWER_MS = 4_000;

/** Asks this page's server for a screen; a request for its page renews the short-lived cookie that its playlist needs. */
export function serverProbe(screen: string): ServerProbe {
  return {
    async ask(signal) {
      // without a query the server answers at once
      const response = await fetch(watchPlaylistPath(screen), {
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
      const response = await fetch(watchPath(screen), {
        cache: 'no-store',
        credentials: 'same-origin',
        signal: deadline(ANSWER_MS, signal),
      });
      await response.body?.cancel();
    },
  };
}
