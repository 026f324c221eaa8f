import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../domain/errors.ts';
import type { LineUpEntry } from './line-up.ts';
import { entryWithNumber } from './offer.ts';
import { archiveHeaders, transportHeaders } from './transport-headers.ts';
import { streamPath } from './xtream/addresses.ts';
import { refusal } from './xtream/answers.ts';
import { parseArchiveMinutes, parseArchiveStart } from './xtream/archive-time.ts';
import { channelList } from './xtream/channel-list.ts';
import { Logins } from './xtream/logins.ts';
import type { LoggedIn, XtreamServerOptions } from './xtream/options.ts';
import { paramsOf, readBodiesLikePanels } from './xtream/params.ts';
import { PlayerApi } from './xtream/player-api.ts';

interface StreamRoute {
  Params: { user: string; pass: string; file: string };
}

interface TimeshiftRoute {
  Params: { user: string; pass: string; minutes: string; start: string; file: string };
}

/** Only our own logins, so that these addresses hide no others. */
const OWN_USER = ':user(^c\\d+$)';

const HLS = 'application/vnd.apple.mpegurl';

/** For the API's document alone. */
const described = (summary: string) => ({
  config: { isForDevices: true },
  schema: { tags: ['players'], summary },
});
const scripts = described('For apps that log in to an Xtream panel, such as TiviMate and IPTV Smarters');
const streams = described('A channel of that panel');
const archives = described('A past programme of that panel');

/**
 * Zapette as an Xtream panel: log-in, lists, guide and streams for apps that know nothing else. Every answer needs a client's
 * login, which is in each address, and has no words for people: such apps look at the status and the types alone.
 */
export function xtreamServerOutput(options: XtreamServerOptions): FastifyPluginAsync {
  const { lineUp, baseUrl } = options;
  const logins = new Logins(options);
  const api = new PlayerApi(options);

  return async (app) => {
    readBodiesLikePanels(app);
    app.setErrorHandler((error, request, reply) => {
      const status = statusOf(error);
      // A fault of ours, which is logged where all are.
      if (status === null) throw error;
      if (status === 429) reply.header('retry-after', '60');
      const isApi = request.routeOptions.url?.endsWith('_api.php');
      return reply.code(status).send(isApi ? refusal : undefined);
    });
    app.addHook('onRequest', async (_request, reply) => {
      // The answers hold the login.
      reply.headers({ 'cache-control': 'no-store', 'access-control-allow-origin': '*' });
    });

    const methods = ['GET', 'POST'];
    app.route({
      ...{ method: methods, url: '/player_api.php', ...scripts },
      handler: (request, reply) => {
        const login = loginOf(request);
        return login ? api.answer(request, reply, login, paramsOf(request)) : reply.send(refusal);
      },
    });
    app.route({
      ...{ method: methods, url: '/panel_api.php', ...scripts },
      handler: (request, reply) => {
        const login = loginOf(request);
        return login ? api.panel(request, reply, login) : reply.send(refusal);
      },
    });
    app.route({
      ...{ method: methods, url: '/get.php', ...scripts },
      handler: async (request, reply) => {
        const facts = { login: admit(loginOf(request)), base: baseUrl(request), params: paramsOf(request) };
        await lineUp.settled();
        return reply
          .type('audio/x-mpegurl; charset=utf-8')
          .header('content-disposition', 'attachment; filename="zapette.m3u"')
          .send(channelList(lineUp.entries(), facts));
      },
    });
    app.route({
      ...{ method: methods, url: '/xmltv.php', ...scripts },
      handler: (request, reply) => options.sendGuide(request, reply, admit(loginOf(request))),
    });

    for (const url of ['/live/:user/:pass/:file', `/${OWN_USER}/:pass/:file`]) {
      // Apps ask by HEAD what this is: that opens nothing.
      app.head<StreamRoute>(url, streams, async (request, reply) => {
        const { isPlaylist } = await wishOf(request);
        if (isPlaylist) return reply.type(HLS).send();
        return reply.headers(transportHeaders).send();
      });
      app.get<StreamRoute>(url, { ...streams, exposeHeadRoute: false }, async (request, reply) => {
        const { login, entry, isPlaylist } = await wishOf(request);
        if (isPlaylist && entry.target.kind === 'screen')
          return options.sendPlaylist(request, reply, login, entry.target.screen);
        if (isPlaylist) {
          const address = `${baseUrl(request)}${streamPath(login, entry, '.ts')}`;
          return reply.type(HLS).send(playlistOfOne(address));
        }
        return options.sendTransport(request, reply, login, entry);
      });
    }

    app.get<TimeshiftRoute>('/timeshift/:user/:pass/:minutes/:start/:file', archives, (request, reply) => {
      const { user, pass, minutes, start, file } = request.params;
      const login = admit(logins.find(request, user, pass));
      return sendArchive(request, reply, { login, minutes, start, number: numberIn(file) });
    });
    app.get('/streaming/timeshift.php', archives, (request, reply) => {
      const params = paramsOf(request);
      const [minutes, start] = [params('duration'), params('start')];
      const number = numberIn(params('stream'));
      return sendArchive(request, reply, { login: admit(loginOf(request)), minutes, start, number });
    });
  };

  function loginOf(request: FastifyRequest): LoggedIn | null {
    const params = paramsOf(request);
    return logins.find(request, params('username'), params('password'));
  }

  /** @throws AppError not_found, or what admit() throws */
  async function wishOf(request: FastifyRequest<StreamRoute>) {
    const { user, pass, file } = request.params;
    const login = admit(logins.find(request, user, pass));
    return { login, entry: await entryOf(numberIn(file)), isPlaylist: file.endsWith('.m3u8') };
  }

  /** @throws AppError not_found */
  async function entryOf(number: number | null): Promise<LineUpEntry> {
    // Apps go on with their channel at once after our restart.
    const entry = number === null ? null : await entryWithNumber(lineUp, number);
    if (!entry) throw new AppError('not_found');
    return entry;
  }

  async function sendArchive(
    request: FastifyRequest,
    reply: FastifyReply,
    asked: { login: LoggedIn; number: number | null; start: string; minutes: string },
  ): Promise<unknown> {
    const entry = await entryOf(asked.number);
    const start = parseArchiveStart(asked.start);
    const minutes = parseArchiveMinutes(asked.minutes);
    if (start === null || minutes === null || !entry.archive) throw new AppError('not_found');
    // Apps ask by HEAD what this is: that opens nothing.
    if (request.method === 'HEAD') return reply.headers(archiveHeaders).send();
    return options.sendArchive(request, reply, asked.login, { entry, start, minutes });
  }
}

/** A channel of the provider's has one endless segment, which ends when the player leaves it. */
function playlistOfOne(address: string): string {
  const [first, hour] = ['#EXTM3U\n#EXT-X-VERSION:3', 3600];
  return `${first}\n#EXT-X-TARGETDURATION:${hour}\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:${hour},\n${address}\n`;
}

/** @throws AppError unauthorised for a wrong login */
function admit(login: LoggedIn | null): LoggedIn {
  if (!login) throw new AppError('unauthorised');
  return login;
}

/** The status of an error that the request or the provider has caused; null for any other. */
function statusOf(error: unknown): number | null {
  if (error instanceof AppError) return error.code === 'internal' ? null : error.status;
  const { statusCode } = error as { statusCode?: unknown };
  return typeof statusCode === 'number' && statusCode < 500 ? statusCode : null;
}

/** The number in `101`, `101.ts` or `101.m3u8`; null for anything else. */
function numberIn(file: string): number | null {
  const [, number] = /^(\d{1,15})(?:\.(?:ts|m3u8))?$/.exec(file) ?? [];
  return number === undefined ? null : Number(number);
}
