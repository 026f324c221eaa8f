import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { WATCH_PASS_LIFETIME } from '../../access/gate.ts';
import { AppError } from '../../domain/errors.ts';
import { awaitSegment, type PlaylistQuery, sendPlaylist } from '../../outputs/playlist-reply.ts';
import type { Screen } from '../../stream/screen/screen.ts';
import type { PlaylistForm } from '../../stream/segments/playlist-text.ts';
import type { HttpContext } from '../context.ts';
import { admissionOf } from '../may-watch.ts';
import { sessionCookie, setWatchCookie, watchCookie } from '../plugins/cookies.ts';
import { type ProblemPageContext, sendProblemPage } from '../problem-page.ts';
import { sendWatchPage, type WatchPageContext } from './watch-page.ts';

interface WatchQuery extends PlaylistQuery {
  /** `1`: within another site's page. */
  embed?: string | string[];
}

type WatchRoutesContext = WatchPageContext &
  ProblemPageContext &
  Pick<HttpContext, 'embedOrigins' | 'gate' | 'visitors'>;

const uri = (sequence: number) => `live/seg/${sequence}.ts`;
const blocking: PlaylistForm = { uri, blockingReload: true, discontinuities: true };
const plain: PlaylistForm = { uri, blockingReload: false, discontinuities: true };

/** The watch page, and the playlist that only it can read: the page's cookie is the key, and it is short-lived. */
export function watchRoutes(context: WatchRoutesContext, screen: Screen): FastifyPluginAsync {
  const { gate, visitors } = context;
  const { broadcast, viewers } = screen;
  const { live } = broadcast;

  return async (app) => {
    app.get<{ Querystring: WatchQuery }>(
      '/watch',
      { schema: { tags: ['players'], summary: 'The watch page; with `embed=1` for a frame' } },
      (request, reply) => {
        const old = gate.checkWatchPass(watchCookie(request));
        const admission = admissionOf(request, context, request.query.key);
        if (admission === null) {
          if (!gate.isPersonal) throw new AppError('viewer_key_needed');
          return sendProblemPage(request, reply, new AppError('log_in_to_watch'), context);
        }
        const framed = isFramed(request, context);
        const pass = gate.issueWatchPass(old?.viewerId, admission === 'session');
        setWatchCookie(request, reply, pass, WATCH_PASS_LIFETIME, framed);
        // The key has done its work: out of the address bar with it.
        if (request.query.key !== undefined) {
          return reply.redirect(request.query.embed === '1' ? '/watch?embed=1' : '/watch');
        }
        return sendWatchPage(request, reply, context, screen, framed ? context.embedOrigins : []);
      },
    );

    app.get<{ Querystring: PlaylistQuery & { blocking?: string } }>(
      '/internal_stream.m3u8',
      { schema: { tags: ['players'], summary: 'The watch page’s own playlist, of no use elsewhere' } },
      async (request, reply) => {
        const pass = gate.checkWatchPass(watchCookie(request));
        if (!pass) throw new AppError('watch_page_only');
        // At every playlist: somebody who is shut out sees no more than what their player holds.
        if (pass.needsSession && !isLoggedIn(request) && !gate.goesOn(pass.viewerId))
          throw new AppError('log_in_to_watch');
        if (pass.isOld) {
          const fresh = gate.issueWatchPass(pass.viewerId, pass.needsSession);
          setWatchCookie(request, reply, fresh, WATCH_PASS_LIFETIME);
        }
        broadcast.demand();
        viewers.seen(pass.viewerId);
        if (request.query._HLS_msn !== undefined) await awaitSegment(live, request.query._HLS_msn, reply);
        return sendPlaylist(
          reply,
          live.playlist.text(request.query.blocking === undefined ? plain : blocking),
        );
      },
    );
  };

  function isLoggedIn(request: FastifyRequest): boolean {
    return visitors.bySession(sessionCookie(request)) !== null;
  }
}

/** Whether the page is requested for another site's frame, and sites are allowed to do that. */
export function isFramed(
  { query, routeOptions }: FastifyRequest,
  { embedOrigins }: Pick<HttpContext, 'embedOrigins'>,
): boolean {
  return routeOptions.url === '/watch' && (query as WatchQuery).embed === '1' && embedOrigins.length > 0;
}
