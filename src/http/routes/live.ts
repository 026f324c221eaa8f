import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../domain/errors.ts';
import { streamTransport } from '../../stream/screen/transport-stream.ts';
import type { PlaylistForm } from '../../stream/segments/playlist-text.ts';
import { baseUrl, keyQuery } from '../addresses.ts';
import type { HttpContext } from '../context.ts';
import { playerOf } from '../player-of.ts';
import { awaitSegment, type PlaylistQuery, sendPlaylist } from '../playlist-reply.ts';
import { watchCookie } from '../plugins/cookies.ts';
import { transportHeaders } from '../transport-headers.ts';

interface SegmentRoute {
  Params: { file: string };
  Querystring: PlaylistQuery;
}

/** For the API's document alone: a schema that checks something would cost time at every segment. */
const described = {
  hls: {
    schema: { tags: ['players'], summary: 'For players: HLS, and an M3U tuner; with `?key=…` if need be' },
  },
  media: { schema: { tags: ['players'], summary: 'The media playlist that /live.m3u8 names' } },
  segment: { schema: { tags: ['players'], summary: 'A segment of it' } },
  ts: {
    exposeHeadRoute: false,
    schema: {
      tags: ['players'],
      summary: 'The channel as one MPEG-TS without end; with `?key=…` if need be',
    },
  },
};

/**
 * What players fetch. This is the hot path: playlists are made once per segment and segments come out of memory,
 * with no hooks, cookies or schemas on the way.
 */
export function registerLive(app: FastifyInstance, context: HttpContext): void {
  const { broadcast, gate, publicUrl } = context;
  const { live } = broadcast;
  const query = keyQuery(gate.viewerKey);
  // A cache that viewers share does not ask for the key.
  const segmentLifetime = `${gate.viewerKey === null ? 'public' : 'private'}, max-age=3600, immutable`;
  const uri = (sequence: number) => `seg/${sequence}.ts${query}`;
  const form: PlaylistForm = { uri, blockingReload: false, discontinuities: true };
  const vlcForm: PlaylistForm = { ...form, discontinuities: false };

  app.get<{ Querystring: PlaylistQuery }>('/live.m3u8', described.hls, (request, reply) => {
    mustBeViewer(request);
    broadcast.demand();
    return sendPlaylist(reply, multivariant(baseUrl(request, publicUrl), query));
  });

  app.get<{ Querystring: PlaylistQuery }>('/live/index.m3u8', described.media, async (request, reply) => {
    mustBeViewer(request);
    broadcast.demand();
    live.viewers.seen(playerOf(request));
    if (request.query._HLS_msn !== undefined) await awaitSegment(live, request.query._HLS_msn, reply);
    await live.drain.asked();
    // VLC plays out all it has at each discontinuity, stands still, and is a second further behind. What we send is one
    // continuous transport stream, so it needs none: the same bytes, one after another, are /live.ts.
    const isVlc = /\bVLC\//.test(request.headers['user-agent'] ?? '');
    return sendPlaylist(reply, live.playlist.text(isVlc ? vlcForm : form));
  });

  app.get<SegmentRoute>('/live/seg/:file', described.segment, (request, reply) => {
    mustBeViewer(request);
    const sequence = /^(\d{1,15})\.ts$/.exec(request.params.file)?.[1];
    const bytes = sequence === undefined ? undefined : live.playlist.storage.read(Number(sequence));
    return bytes instanceof Promise
      ? bytes.then((read) => sendSegment(reply, read))
      : sendSegment(reply, bytes);
  });

  // Jellyfin asks by HEAD whether this is a transport stream; the answer must not be an endless body.
  app.head<{ Querystring: PlaylistQuery }>('/live.ts', (request, reply) => {
    mustBeViewer(request);
    return reply.headers(transportHeaders).send();
  });

  app.get<{ Querystring: PlaylistQuery }>('/live.ts', described.ts, (request, reply) => {
    mustBeViewer(request);
    broadcast.demand();
    reply.hijack();
    reply.raw.writeHead(200, transportHeaders);
    streamTransport(live, reply.raw);
  });

  function sendSegment(reply: FastifyReply, bytes: Buffer | undefined): FastifyReply {
    if (!bytes) throw new AppError('not_found');
    return reply
      .header('content-type', 'video/mp2t')
      .header('cache-control', segmentLifetime)
      .header('access-control-allow-origin', '*')
      .send(bytes);
  }

  function mustBeViewer(request: FastifyRequest<{ Querystring: PlaylistQuery }>): void {
    if (gate.mayWatch(request.query.key)) return;
    if (!gate.checkWatchPass(watchCookie(request))) throw new AppError('viewer_key_needed');
  }
}

/**
 * A multivariant playlist to HLS players and a one-channel M3U to Jellyfin, whose parser takes `#extinf` in lower
 * case while to HLS it is a comment. Nothing may stand between EXT-X-STREAM-INF and its address.
 */
function multivariant(base: string, query: string): string {
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:6',
    `#extinf:-1 tvg-id="live" tvg-chno="1" tvg-name="Live" tvg-logo="${base}/logo.png" group-title="Live",Live`,
    '#EXT-X-STREAM-INF:BANDWIDTH=8000000',
    `${base}/live/index.m3u8${query}`,
    '',
  ].join('\n');
}
