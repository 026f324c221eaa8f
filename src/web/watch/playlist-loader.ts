import Hls, {
  type HlsConfig,
  type Loader,
  type LoaderCallbacks,
  type LoaderConfiguration,
  type LoaderContext,
  type PlaylistLoaderConstructor,
  type PlaylistLoaderContext,
} from 'hls.js/light';
import { askEdge, fetchText } from './edge-questions.ts';
import type { PlaylistPlace } from './playlist-place.ts';
import { withNames } from './segment-names.ts';

/** Where playlists are. */
export interface PlaylistSource {
  readonly place: Pick<PlaylistPlace, 'onEdge' | 'failed'>;
  /** The path of the media playlist that is loaded first. */
  readonly first: () => string;
}

/**
 * Loads playlists for hls.js from where they are at the moment, at home or on an edge; each request waits there for the next
 * segment. If an edge fails, home is asked at once.
 */
export function playlistLoader({ place, first }: PlaylistSource): PlaylistLoaderConstructor {
  /** The first media playlist is asked for together with the multivariant one, to save a way to the server. */
  let early: { readonly url: string; readonly text: Promise<string | null> } | null = null;

  return class implements Loader<PlaylistLoaderContext> {
    context: PlaylistLoaderContext | null = null;
    /** Asks home. */
    private readonly home: Loader<LoaderContext>;
    private readonly aborting = new AbortController();

    constructor(config: HlsConfig) {
      this.home = new Hls.DefaultConfig.loader(config);
    }

    get stats() {
      return this.home.stats;
    }

    load(
      context: PlaylistLoaderContext,
      config: LoaderConfiguration,
      callbacks: LoaderCallbacks<PlaylistLoaderContext>,
    ): void {
      this.context = context;
      const { url, type } = context;
      const { signal } = this.aborting;
      const next = nextOf(context);
      const askHome = () => this.askHome(context, next, config, callbacks);
      const answer = (text: string, from: string) => this.answer(text, from, context, callbacks);
      if (type === 'manifest') {
        const { href, search } = new URL(url, location.href);
        const beside = new URL(first(), href).href + search;
        early = { url: beside, text: fetchText(beside, signal) };
        this.home.load(context, config, callbacks as LoaderCallbacks<LoaderContext>);
        return;
      }
      const begun = early?.url === url ? early : null;
      early = null;
      if (begun) {
        void begun.text.then((text) => {
          if (signal.aborted) return;
          if (text === null) askHome();
          else answer(text, url);
        });
        return;
      }
      const there = place.onEdge(url);
      if (there === null) {
        askHome();
        return;
      }
      void askEdge(there, next, signal).then((text) => {
        if (signal.aborted) return;
        if (text !== null) {
          answer(asIfHeld(text), there.now);
          return;
        }
        place.failed();
        askHome();
      });
    }

    abort(): void {
      this.aborting.abort();
      this.home.abort();
    }

    destroy(): void {
      this.aborting.abort();
      this.home.destroy();
      this.context = null;
    }

    private askHome(
      context: PlaylistLoaderContext,
      next: number | null,
      config: LoaderConfiguration,
      callbacks: LoaderCallbacks<PlaylistLoaderContext>,
    ): void {
      const url = next === null ? context.url : withNext(context.url, next);
      // hls.js knows its own context again.
      this.home.load({ ...context, url }, config, {
        onSuccess: (response, stats, _asked, details) => {
          const data = withNames(response.data as string, response.url);
          callbacks.onSuccess({ ...response, data }, stats, context, details);
        },
        onError: (error, _asked, details, stats) => callbacks.onError(error, context, details, stats),
        onTimeout: (stats, _asked, details) => callbacks.onTimeout(stats, context, details),
      });
    }

    private answer(
      text: string,
      url: string,
      context: PlaylistLoaderContext,
      callbacks: LoaderCallbacks<PlaylistLoaderContext>,
    ): void {
      const now = performance.now();
      Object.assign(this.stats.loading, { start: now, first: now, end: now });
      callbacks.onSuccess({ url, data: withNames(text, url), code: 200 }, this.stats, context, null);
    }
  };
}

/** The number of the segment that the playlist does not have yet; null before its first answer. */
function nextOf({ deliveryDirectives, levelOrTrack, url }: PlaylistLoaderContext): number | null {
  // Tiles wait for nothing.
  if (!/[?&]blocking=/.test(url)) return null;
  // hls.js names no segment in the first request after a start and after a miss, and would learn of a new channel seconds late.
  const known = levelOrTrack?.details?.endSN;
  return deliveryDirectives?.msn ?? (known === undefined ? null : known + 1);
}

function withNext(url: string, next: number): string {
  const asked = new URL(url);
  asked.searchParams.set('_HLS_msn', String(next));
  return asked.href;
}

/** Invites hls.js to ask at once for the next segment, as home does. */
function asIfHeld(playlist: string): string {
  return playlist.replace('#EXTM3U', '#EXTM3U\n#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES');
}
