import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { AppError } from '../domain/errors.ts';
import { liveScreen } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import type { Screen } from '../stream/screen/screen.ts';
import type { Screens } from '../stream/screen/screens.ts';
import { TARGET_DURATION } from '../stream/segments/cut-policy.ts';
import { RewindPlaylist } from '../stream/segments/ring/rewind-playlist.ts';
import { playerOf } from './player-of.ts';
import type { PlayerQuery, ViewerCheck } from './player-request.ts';
import { sendPlaylist } from './playlist-reply.ts';
import { type ScreenParams, type ScreenPaths, screenRoutes } from './screen-paths.ts';

export interface RewindOutputOptions {
  readonly screens: Pick<Screens, 'forPlayers'>;
  readonly checkViewer: ViewerCheck;
  /** What follows each address that a player with the viewers' key is given. */
  readonly keyQuery: () => string;
  /** Tells who watches, the same for all requests of one viewer. */
  readonly viewerOf: (request: FastifyRequest) => string;
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
}

/** The playlists of a screen's past. */
interface Texts {
  readonly plain: RewindPlaylist;
  readonly vlc: RewindPlaylist;
}

interface RewindRoute {
  Params: ScreenParams;
  Querystring: PlayerQuery & { minutes?: string | string[]; at?: string | string[] };
}

interface PlaylistRoute {
  Params: ScreenParams & { file: string };
  Querystring: PlayerQuery;
}

const described = {
  rewind: {
    schema: {
      tags: ['players'],
      summary:
        'For players: leads to a playlist of the past, of all of it or from `?minutes=` ago or `?at=`, epoch seconds, on',
    },
  },
  playlist: { schema: { tags: ['players'], summary: 'The playlist of the past from a segment on' } },
};

/** Milliseconds after which a player that asks again has its playlist begin anew. */
const GONE = 5 * 60_000;
const MOST_PLAYERS = 5_000;

/** What screens have shown, as HLS: a playlist that begins in the past and goes on to the live edge. */
export function rewindOutput({
  screens,
  checkViewer,
  keyQuery,
  viewerOf,
  clock,
}: RewindOutputOptions): FastifyPluginAsync {
  /** By what follows the addresses in them: the key of now, and nothing. */
  const texts = new WeakMap<Screen, Map<string, Texts>>();
  const textsOf = (screen: Screen, query: string): Texts => {
    const known = texts.get(screen) ?? new Map<string, Texts>();
    texts.set(screen, known);
    for (const other of known.keys()) if (other !== '' && other !== keyQuery()) known.delete(other);
    const made = known.get(query) ?? textsWith(screen, query);
    known.set(query, made);
    return made;
  };
  /** Whoever came in without the key, by the page's cookie, is told none. */
  const queryFor = ({ key }: PlayerQuery) => (key === undefined ? '' : keyQuery());

  /** Some players, such as FFmpeg's, load the first address again each time, and take the playlist for the same one. */
  const begun = new LRUCache<string, number>({
    max: MOST_PLAYERS,
    ttl: GONE,
    ttlResolution: 0,
    updateAgeOnGet: true,
    perf: { now: () => clock.monotonic() },
  });

  return async (app) => {
    for (const paths of screenRoutes) addRoutes(app, paths);
  };

  function addRoutes(app: FastifyInstance, paths: ScreenPaths): void {
    const screenOf = ({ screen = liveScreen }: ScreenParams) => screens.forPlayers(screen);

    app.get<RewindRoute>(`${paths.rewind}.m3u8`, described.rewind, (request, reply) => {
      const screen = screenOf(request.params);
      checkViewer(request, screen);
      screen.past.watch();
      const { minutes, at } = request.query;
      const player = `${playerOf(request)} ${request.url}`;
      const known = screen.past.entryOf(begun.get(player) ?? -1);
      const first = known ?? screen.past.entryAt(beginOf(minutes, at, clock.now()));
      if (!first) throw new AppError('past_missing');
      begun.set(player, first.sequence);
      const folder = paths.rewind.slice(paths.rewind.lastIndexOf('/') + 1);
      // What it leads to depends on the moment.
      return reply
        .header('cache-control', 'no-store')
        .header('access-control-allow-origin', '*')
        .redirect(`${folder}/${first.sequence}.m3u8${queryFor(request.query)}`);
    });

    app.get<PlaylistRoute>(`${paths.rewind}/:file`, described.playlist, (request, reply) => {
      const screen = screenOf(request.params);
      checkViewer(request, screen);
      const { broadcast, past, viewers } = screen;
      const first = /^(\d{1,15})\.m3u8$/.exec(request.params.file)?.[1];
      const isVlc = /\bVLC\b/.test(request.headers['user-agent'] ?? '');
      past.watch();
      const forms = textsOf(screen, queryFor(request.query));
      const text = first === undefined ? null : forms[isVlc ? 'vlc' : 'plain'].text(Number(first));
      if (!text) throw new AppError('past_missing');
      broadcast.demand();
      viewers.seen(viewerOf(request));
      return sendPlaylist(reply, text);
    });
  }
}

function textsWith({ past }: Screen, query: string): Texts {
  const form = {
    ring: past,
    targetDuration: TARGET_DURATION,
    uri: (sequence: number) => `../seg/${sequence}.ts${query}`,
  };
  return {
    plain: new RewindPlaylist({ ...form, discontinuities: true }),
    // What is sent is one continuous stream, and VLC stands still at each mark.
    vlc: new RewindPlaylist({ ...form, discontinuities: false }),
  };
}

/** Where a playlist is to begin, in epoch milliseconds: as early as possible where nothing that makes sense is asked for. */
function beginOf(minutes: unknown, at: unknown, now: number): number {
  const [ago, time] = [Number(minutes), Number(at)];
  if (at !== undefined && Number.isFinite(time)) return time * 1000;
  return minutes !== undefined && Number.isFinite(ago) ? now - ago * 60_000 : 0;
}
