import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { WATCH_PASS_LIFETIME, type WatchPass } from '../../access/gate.ts';
import type { Visitor } from '../../access/visitor.ts';
import { mayWatchScreen } from '../../actions/rights.ts';
import { AppError } from '../../domain/errors.ts';
import { liveScreen } from '../../domain/ids.ts';
import { watchPath, watchPlaylistPath } from '../../domain/watch-paths.ts';
import { edgeFolder } from '../../outputs/edges/edge-folder.ts';
import { newsOf, type Picture, playlistOf } from '../../outputs/picture.ts';
import { awaitSegment, type PlaylistQuery, sendPlaylist } from '../../outputs/playlist-reply.ts';
import { lowFolder, type ScreenParams } from '../../outputs/screen-paths.ts';
import { variantsPlaylist } from '../../outputs/variants-playlist.ts';
import type { Screen } from '../../stream/screen/screen.ts';
import type { PlaylistForm } from '../../stream/segments/playlist-text.ts';
import type { ListedSegment } from '../../stream/segments/segment.ts';
import type { HttpContext } from '../context.ts';
import { type Admission, admissionOf, passOf, renewPass } from '../may-watch.ts';
import { sessionCookie, setWatchCookie, watchCookie } from '../plugins/cookies.ts';
import { type ProblemPageContext, sendProblemPage } from '../problem-page.ts';
import { sendWatchPage, type WatchPageContext } from './watch-page.ts';

interface WatchQuery extends PlaylistQuery {
  /** `1`: within another site's page. */
  embed?: string | string[];
  /** A moment of the past at which the page begins, epoch seconds. */
  at?: string | string[];
}

type WatchRoutesContext = WatchPageContext &
  ProblemPageContext &
  Pick<HttpContext, 'embedOrigins' | 'gate' | 'onEdge' | 'screens' | 'visitors'>;

interface WatchRoute {
  Params: ScreenParams;
  Querystring: WatchQuery;
}

interface InternalRoute {
  Params: ScreenParams;
  Querystring: PlaylistQuery & { blocking?: string };
}

/** The watch page of the default screen, and that of each; segments are addressed from their playlists. */
const pages = [
  { screen: liveScreen, page: watchPath(liveScreen), ...formsBelow('live/') },
  { screen: ':screen', page: watchPath(':screen'), ...formsBelow('') },
];

/** The watch pages, the wall of them, and the playlists that only they can read: the page's cookie is the key, and it is short-lived. */
export function watchRoutes(context: WatchRoutesContext): FastifyPluginAsync {
  const { gate, screens, visitors } = context;
  const screenOf = ({ screen = liveScreen }: ScreenParams) => screens.forPlayers(screen);

  return async (app) => {
    for (const each of pages) addRoutes(app, each);
    app.get<WatchRoute>(
      '/wall',
      { schema: { tags: ['players'], summary: 'The page with all screens that the asker may watch' } },
      (request, reply) => {
        const admission = admissionOf(request, context, request.query.key);
        if (admission === null) return refuse(request, reply, true);
        givePass(request, reply, admission, false);
        if (request.query.key !== undefined) return reply.redirect('/wall');
        return reply.sendFile('wall.html');
      },
    );
    app.get<WatchRoute & { Params: { id: string } }>(
      '/watch/recordings/:id',
      { schema: { tags: ['players'], summary: 'The page that plays a recording' } },
      (request, reply) => {
        const admission = admissionOf(request, context, request.query.key);
        if (admission === null) return refuse(request, reply, true);
        givePass(request, reply, admission, false);
        if (request.query.key !== undefined)
          return reply.redirect(`/watch/recordings/${encodeURIComponent(request.params.id)}`);
        return reply.sendFile('recording.html');
      },
    );
  };

  function addRoutes(app: FastifyInstance, paths: (typeof pages)[number]): void {
    addPage(app, paths.page);
    addVariants(app, paths.screen);
    addPlaylist(app, watchPlaylistPath(paths.screen), paths.full, 'full');
    addPlaylist(app, watchPlaylistPath(paths.screen, '540p'), paths.low, 'low');
  }

  function addPage(app: FastifyInstance, page: string): void {
    app.get<WatchRoute>(
      page,
      { schema: { tags: ['players'], summary: 'The watch page; with `embed=1` for a frame' } },
      (request, reply) => {
        const screen = screenOf(request.params);
        const admission = admissionOf(request, context, request.query.key);
        if (admission === null || !isLetIn(request, screen))
          return refuse(request, reply, screen.facts.watch === null);
        const framed = isFramed(request, context);
        givePass(request, reply, admission, framed);
        // The key has done its work: out of the address bar with it.
        if (request.query.key !== undefined) {
          const { embed, at } = request.query;
          const kept = new URLSearchParams();
          if (embed === '1') kept.set('embed', embed);
          if (typeof at === 'string' && /^\d{1,12}$/.test(at)) kept.set('at', at);
          return reply.redirect(`${watchPath(screen.id)}${kept.size > 0 ? `?${kept.toString()}` : ''}`);
        }
        return sendWatchPage(request, reply, context, screen, framed ? context.embedOrigins : []);
      },
    );
  }

  function addVariants(app: FastifyInstance, of: string): void {
    app.get<InternalRoute>(
      watchPlaylistPath(of, 'auto'),
      { schema: { tags: ['players'], summary: 'The watch page’s own playlists, of no use elsewhere' } },
      (request, reply) => {
        const { broadcast, rendition } = letIn(request, reply).screen;
        broadcast.demand();
        const query = request.query.blocking === undefined ? '' : '?blocking=1';
        const low = rendition.isOn ? `internal_540p.m3u8${query}` : null;
        const told = { full: `internal_stream.m3u8${query}`, low, bandwidth: broadcast.live.bandwidth };
        return sendPlaylist(reply, variantsPlaylist(told), 'no-store');
      },
    );
  }

  function addPlaylist(app: FastifyInstance, path: string, forms: PageForms, picture: Picture): void {
    app.get<InternalRoute>(
      path,
      { schema: { tags: ['players'], summary: 'The watch page’s own playlist, of no use elsewhere' } },
      async (request, reply) => {
        const { screen, pass } = letIn(request, reply);
        const { broadcast, rendition, viewers } = screen;
        broadcast.demand();
        viewers.seen(pass.viewerId);
        if (picture === 'low') await rendition.demand();
        const { _HLS_msn: awaited, blocking } = request.query;
        if (awaited !== undefined) await awaitSegment(newsOf(screen, picture), awaited, reply);
        const form = blocking === undefined ? forms.plain : forms.blocking;
        const shown = context.onEdge(form, edgeFolder(screen, picture), pass.viewerId);
        return sendPlaylist(reply, playlistOf(screen, picture).text(shown));
      },
    );
  }

  /** The screen that a page's request is about, and the page's pass. @throws AppError watch_page_only, log_in_to_watch */
  function letIn(
    request: FastifyRequest<InternalRoute>,
    reply: FastifyReply,
  ): { readonly screen: Screen; readonly pass: WatchPass } {
    const screen = screenOf(request.params);
    const pass = passOf(request, context);
    if (!isLetIn(request, screen)) throw new AppError('log_in_to_watch');
    renewPass(request, reply, gate, pass);
    return { screen, pass };
  }

  /** @param byKey the viewers' key, where there is one, would let the asker in. */
  function refuse(request: FastifyRequest, reply: FastifyReply, byKey: boolean): FastifyReply {
    if (!gate.isPersonal && byKey) throw new AppError('viewer_key_needed');
    return sendProblemPage(request, reply, new AppError('log_in_to_watch'), context);
  }

  /** Lets the browser read the pages' playlists for a while. */
  function givePass(
    request: FastifyRequest,
    reply: FastifyReply,
    admission: NonNullable<Admission>,
    framed: boolean,
  ): void {
    const old = gate.checkWatchPass(watchCookie(request));
    const pass = gate.issueWatchPass(old?.viewerId, admission === 'session');
    setWatchCookie(request, reply, pass, WATCH_PASS_LIFETIME, framed);
  }

  /** As far as the screen itself says. */
  function isLetIn(request: FastifyRequest, screen: Screen): boolean {
    return screen.facts.watch === null || mayWatchScreen(sessionOf(request)?.role ?? null, screen);
  }

  function sessionOf(request: FastifyRequest): Visitor | null {
    return visitors.bySession(sessionCookie(request));
  }
}

/** A playlist keeps its text by the form, so a form is made once. */
interface PageForms {
  readonly blocking: PlaylistForm;
  readonly plain: PlaylistForm;
}

function formsBelow(folder: string): { readonly full: PageForms; readonly low: PageForms } {
  return { full: formsIn(`${folder}seg`), low: formsIn(`${folder}${lowFolder}`) };
}

function formsIn(segments: string): PageForms {
  const uri = ({ sequence }: ListedSegment) => `${segments}/${sequence}.ts`;
  const plain: PlaylistForm = { uri, blockingReload: false, discontinuities: true };
  return { plain, blocking: { ...plain, blockingReload: true } };
}

/** Whether the page is requested for another site's frame, and sites are allowed to do that. */
export function isFramed(
  { query, routeOptions }: FastifyRequest,
  { embedOrigins }: Pick<HttpContext, 'embedOrigins'>,
): boolean {
  const isWatchPage = pages.some(({ page }) => page === routeOptions.url);
  return isWatchPage && (query as WatchQuery).embed === '1' && embedOrigins.length > 0;
}
