import type { FastifyInstance } from 'fastify';
import { WATCH_PASS_LIFETIME } from '../../access/gate.ts';
import { AppError } from '../../domain/errors.ts';
import type { PlaylistForm } from '../../stream/live-playlist.ts';
import type { HttpContext } from '../context.ts';
import { awaitSegment, type PlaylistQuery, sendPlaylist } from '../playlist-reply.ts';
import { setWatchCookie, watchCookie } from '../plugins/cookies.ts';

const uri = (sequence: number) => `live/seg/${sequence}.ts`;
const blocking: PlaylistForm = { uri, blockingReload: true, discontinuities: true };
const plain: PlaylistForm = { uri, blockingReload: false, discontinuities: true };

/** The watch page, and the playlist that only it can read: the page's cookie is the key, and it is short-lived. */
export function registerWatch(app: FastifyInstance, { broadcast, gate }: HttpContext): void {
  const { live } = broadcast;

  app.get<{ Querystring: PlaylistQuery & { embed?: string } }>('/watch', (request, reply) => {
    const old = gate.checkWatchPass(watchCookie(request));
    if (!old && !gate.mayWatch(request.query.key)) throw new AppError('viewer_key_needed');
    setWatchCookie(request, reply, gate.issueWatchPass(old?.viewerId), WATCH_PASS_LIFETIME);
    // The key has done its work: out of the address bar with it.
    const page = request.query.embed === undefined ? '/watch' : '/watch?embed=1';
    if (request.query.key !== undefined) return reply.redirect(page);
    return reply.header('cache-control', 'no-cache').sendFile('watch.html');
  });

  app.get<{ Querystring: PlaylistQuery & { blocking?: string } }>(
    '/internal_stream.m3u8',
    async (request, reply) => {
      const pass = gate.checkWatchPass(watchCookie(request));
      if (!pass) throw new AppError('watch_page_only');
      if (pass.isOld) setWatchCookie(request, reply, gate.issueWatchPass(pass.viewerId), WATCH_PASS_LIFETIME);
      broadcast.demand();
      live.viewers.seen(pass.viewerId);
      if (request.query._HLS_msn !== undefined) await awaitSegment(live, request.query._HLS_msn, reply);
      return sendPlaylist(reply, live.playlist(request.query.blocking === undefined ? plain : blocking));
    },
  );
}
