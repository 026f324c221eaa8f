import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { liveScreen } from '../domain/ids.ts';
import type { Screens } from '../stream/screen/screens.ts';
import type { PlaylistForm } from '../stream/segments/playlist-text.ts';
import type { ListedSegment } from '../stream/segments/segment.ts';
import type { OnEdge } from './edges/on-edge.ts';
import { livePlaylistForAll } from './m3u.ts';
import { playerOf } from './player-of.ts';
import type { BaseUrl, ViewerCheck } from './player-request.ts';
import { awaitSegment, type PlaylistQuery, sendPlaylist } from './playlist-reply.ts';
import { type ScreenParams, type ScreenPaths, screenPaths, screenRoutes } from './screen-paths.ts';
import { type CountSegment, sendSegment } from './segment-reply.ts';
import type { SentBytes } from './sent-bytes.ts';

export interface HlsOutputOptions {
  readonly screens: Pick<Screens, 'forPlayers'>;
  readonly checkViewer: ViewerCheck;
  readonly baseUrl: BaseUrl;
  /** What follows each address that a player is given: `?key=…`, or nothing where anybody may watch. */
  readonly keyQuery: () => string;
  readonly onEdge: OnEdge;
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
  media: { schema: { tags: ['players'], summary: 'The media playlist that the one for players names' } },
  segment: { schema: { tags: ['players'], summary: 'A segment of it' } },
};

/**
 * The screens as HLS. This is the hot path: playlists are made once per segment and live segments come out of memory, with no
 * hooks, cookies or schemas on the way.
 */
export function hlsOutput(options: HlsOutputOptions): FastifyPluginAsync {
  const { screens, checkViewer, baseUrl, keyQuery, onEdge, sent } = options;
  let keyed = formsWith(keyQuery());
  const forms = (): KeyedForms => {
    const query = keyQuery();
    if (query !== keyed.query) keyed = formsWith(query);
    return keyed;
  };
  const count: CountSegment = (bytes, isPast) => sent.add(isPast ? 'rewind' : 'hls', bytes);
  const screenOf = ({ screen = liveScreen }: ScreenParams) => screens.forPlayers(screen);

  return async (app) => {
    for (const paths of screenRoutes) addRoutes(app, paths);
  };

  function addRoutes(app: FastifyInstance, paths: ScreenPaths): void {
    app.get<PlaylistRoute>(paths.hls, described.hls, (request, reply) => {
      const screen = screenOf(request.params);
      checkViewer(request, screen);
      const { broadcast, facts, id } = screen;
      broadcast.demand();
      const isVlc = /\bVLC\b/.test(request.headers['user-agent'] ?? '');
      const media = `${screenPaths(id)[isVlc ? 'vlc' : 'plain']}${keyQuery()}`;
      const told = { ...facts, base: baseUrl(request), media, bandwidth: broadcast.live.bandwidth };
      // It depends on who asks, and on what was on lately.
      return sendPlaylist(reply, livePlaylistForAll(told), 'no-store');
    });

    for (const form of ['plain', 'vlc'] as const)
      app.get<PlaylistRoute>(paths[form], described.media, async (request, reply) => {
        const screen = screenOf(request.params);
        checkViewer(request, screen);
        const { broadcast, viewers } = screen;
        const { live } = broadcast;
        broadcast.demand();
        const player = playerOf(request);
        viewers.seen(player);
        if (request.query._HLS_msn !== undefined) await awaitSegment(live, request.query._HLS_msn, reply);
        await live.drain.asked();
        return sendPlaylist(reply, live.playlist.text(onEdge(forms()[form], screen.id, player)));
      });

    app.get<SegmentRoute>(`${paths.segments}/:file`, described.segment, (request, reply) => {
      const screen = screenOf(request.params);
      checkViewer(request, screen);
      const { storage } = screen.broadcast.live.playlist;
      return sendSegment(storage, request.params.file, reply, { headers: forms().segmentHeaders, count });
    });
  }
}

/** What depends on the viewers' key. The playlist keeps its text by the form, so a form is made once. */
interface KeyedForms {
  readonly query: string;
  readonly plain: PlaylistForm;
  readonly vlc: PlaylistForm;
  readonly segmentHeaders: OutgoingHttpHeaders;
}

function formsWith(query: string): KeyedForms {
  const uri = ({ sequence }: ListedSegment) => `seg/${sequence}.ts${query}`;
  const plain: PlaylistForm = { uri, blockingReload: false, discontinuities: true };
  return {
    query,
    plain,
    // VLC plays out all it has at each discontinuity, stands still, and is a second further behind. What we send is one
    // continuous transport stream, so it needs none: the same bytes, one after another, are /live.ts.
    vlc: { ...plain, discontinuities: false },
    segmentHeaders: {
      'content-type': 'video/mp2t',
      // A cache that viewers share does not ask for the key.
      'cache-control': `${query === '' ? 'public' : 'private'}, max-age=3600, immutable`,
      'access-control-allow-origin': '*',
    },
  };
}
