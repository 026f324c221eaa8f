import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { liveScreen } from '../domain/ids.ts';
import type { Screen } from '../stream/screen/screen.ts';
import type { Screens } from '../stream/screen/screens.ts';
import { edgeFolder } from './edges/edge-folder.ts';
import type { EdgePlaylists, OnEdge } from './edges/on-edge.ts';
import { isJellyfin } from './jellyfin/watches-by-jellyfin.ts';
import { livePlaylistForAll } from './m3u.ts';
import { newsOf, type Picture, type PlayerForms, playerForms, playlistOf } from './picture.ts';
import { playerOf } from './player-of.ts';
import type { BaseUrl, ViewerCheck } from './player-request.ts';
import { awaitSegment, type PlaylistQuery, sendPlaylist } from './playlist-reply.ts';
import {
  type MediaPaths,
  type ScreenParams,
  type ScreenPaths,
  screenPaths,
  screenRoutes,
} from './screen-paths.ts';
import { type CountSegment, sendSegment } from './segment-reply.ts';
import type { SentBytes } from './sent-bytes.ts';
import { variantsPlaylist } from './variants-playlist.ts';

export interface HlsOutputOptions {
  readonly screens: Pick<Screens, 'forPlayers'>;
  readonly checkViewer: ViewerCheck;
  readonly baseUrl: BaseUrl;
  /** What follows each address that a player is given: `?key=…`, or nothing where anybody may watch. */
  readonly keyQuery: () => string;
  readonly onEdge: OnEdge;
  readonly edgePlaylists: EdgePlaylists;
  readonly sent: Pick<SentBytes, 'add'>;
}

interface PlaylistRoute {
  Params: ScreenParams;
  Querystring: PlaylistQuery;
}

interface SegmentRoute extends PlaylistRoute {
  Params: ScreenParams & { file: string };
}

/** For the API's document alone: a schema that checks something would cost time at every segment. */
const described = {
  hls: {
    schema: { tags: ['players'], summary: 'For players: HLS, and an M3U tuner; with `?key=…` if need be' },
  },
  auto: { schema: { tags: ['players'], summary: 'HLS that names the lower rendition, too' } },
  media: { schema: { tags: ['players'], summary: 'The media playlist that the one for players names' } },
  segment: { schema: { tags: ['players'], summary: 'A segment of it' } },
};

/**
 * The screens as HLS. This is the hot path: playlists are made once per segment and live segments come out of memory, with no
 * hooks, cookies or schemas on the way.
 */
export function hlsOutput(options: HlsOutputOptions): FastifyPluginAsync {
  const { screens, checkViewer, baseUrl, keyQuery, onEdge, edgePlaylists, sent } = options;
  let keyed = formsWith(keyQuery());
  const forms = (): KeyedForms => {
    const query = keyQuery();
    if (query !== keyed.query) keyed = formsWith(query);
    return keyed;
  };
  const count: CountSegment = (bytes, isPast) => sent.add(isPast ? 'rewind' : 'hls', bytes);
  const screenOf = ({ screen = liveScreen }: ScreenParams) => screens.forPlayers(screen);

  return async (app) => {
    for (const paths of screenRoutes) {
      addVariants(app, paths);
      addPicture(app, paths, 'full');
      addPicture(app, paths.low, 'low');
    }
  };

  function addVariants(app: FastifyInstance, paths: ScreenPaths): void {
    app.get<PlaylistRoute>(paths.hls, described.hls, (request, reply) => {
      const screen = demanded(request);
      const media = mediaOf(request, screen, 'full');
      const { bandwidth } = screen.broadcast.live;
      const told = { ...screen.facts, base: baseUrl(request), media, bandwidth };
      // It depends on who asks, and on what was on lately.
      return sendPlaylist(reply, livePlaylistForAll(told), 'no-store');
    });

    app.get<PlaylistRoute>(paths.auto, described.auto, (request, reply) => {
      const screen = demanded(request);
      const full = mediaOf(request, screen, 'full');
      const low = screen.rendition.isOn ? mediaOf(request, screen, 'low') : null;
      const { bandwidth } = screen.broadcast.live;
      return sendPlaylist(reply, variantsPlaylist({ full, low, bandwidth }), 'no-store');
    });
  }

  /** The address of a picture's media playlist for the player that asks: on its edge, or here. */
  function mediaOf(request: FastifyRequest, screen: Screen, picture: Picture): string {
    const form = formFor(request);
    const player = playerOf(request);
    // Jellyfin is one player for many people, and home has to know whether they watch.
    const there = isJellyfin(player) ? null : edgePlaylists(edgeFolder(screen, picture), player);
    if (there !== null) return `${there}${form === 'vlc' ? 'vlc' : 'index'}.m3u8`;
    const own = screenPaths(screen.id);
    return `${baseUrl(request)}${(picture === 'low' ? own.low : own)[form]}${keyQuery()}`;
  }

  function addPicture(app: FastifyInstance, paths: MediaPaths, picture: Picture): void {
    for (const form of ['plain', 'vlc'] as const)
      app.get<PlaylistRoute>(paths[form], described.media, async (request, reply) => {
        const screen = demanded(request);
        const { broadcast, rendition, viewers } = screen;
        const player = playerOf(request);
        viewers.seen(player);
        const { live } = broadcast;
        if (picture === 'low') await rendition.demand();
        const { _HLS_msn: awaited } = request.query;
        if (awaited !== undefined) await awaitSegment(newsOf(screen, picture), awaited, reply);
        await live.drain.asked();
        const shown = onEdge(forms()[picture][form], edgeFolder(screen, picture), player);
        return sendPlaylist(reply, playlistOf(screen, picture).text(shown));
      });

    app.get<SegmentRoute>(`${paths.segments}/:file`, described.segment, (request, reply) => {
      const screen = screenOf(request.params);
      checkViewer(request, screen);
      const { storage } = playlistOf(screen, picture);
      return sendSegment(storage, request.params.file, reply, { headers: forms().segmentHeaders, count });
    });
  }

  /** The screen that is asked for, which must be there from now on. */
  function demanded(request: FastifyRequest<PlaylistRoute>): Screen {
    const screen = screenOf(request.params);
    checkViewer(request, screen);
    screen.broadcast.demand();
    return screen;
  }
}

function formFor(request: FastifyRequest): 'plain' | 'vlc' {
  return /\bVLC\b/.test(request.headers['user-agent'] ?? '') ? 'vlc' : 'plain';
}

/** What depends on the viewers' key. The playlist keeps its text by the form, so a form is made once. */
interface KeyedForms extends Record<Picture, PlayerForms> {
  readonly query: string;
  readonly segmentHeaders: OutgoingHttpHeaders;
}

function formsWith(query: string): KeyedForms {
  return {
    query,
    full: formsIn('seg/', query),
    low: formsIn('', query),
    segmentHeaders: {
      'content-type': 'video/mp2t',
      // A cache that viewers share does not ask for the key.
      'cache-control': `${query === '' ? 'public' : 'private'}, max-age=3600, immutable`,
      'access-control-allow-origin': '*',
    },
  };
}

/** @param folder of the segments, below the playlist's. */
function formsIn(folder: string, query: string): PlayerForms {
  return playerForms(({ sequence }) => `${folder}${sequence}.ts${query}`);
}
