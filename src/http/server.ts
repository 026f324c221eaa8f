import fastifyRateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import fastifySwagger from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import { AppError } from '../domain/errors.ts';
import { createAccessLogger } from '../lib/logger.ts';
import { clientOutputs } from '../outputs/client-outputs.ts';
import { CLIENT_PREFIX, ClientRequests } from '../outputs/client-requests.ts';
import { edgeOutput } from '../outputs/edges/edge-output.ts';
import { hdHomeRunOutput } from '../outputs/hdhomerun.ts';
import { tunersWith } from '../outputs/hdhomerun-documents.ts';
import { hlsOutput } from '../outputs/hls.ts';
import { openScreens } from '../outputs/offer.ts';
import { playlistOutput } from '../outputs/playlist.ts';
import { privateLinkOutput } from '../outputs/private-link.ts';
import { recordingFileOutput } from '../outputs/recording-file.ts';
import { rewindOutput } from '../outputs/rewind.ts';
import { tsOutput } from '../outputs/ts.ts';
import { xmltvOutput } from '../outputs/xmltv.ts';
import { XmltvAnswer } from '../outputs/xmltv-answer.ts';
import { entryProgrammes } from '../outputs/xtream/entry-programmes.ts';
import { baseUrl, keyQuery, typedUrl } from './addresses.ts';
import { createBoundedServer } from './bounded-server.ts';
import type { HttpContext } from './context.ts';
import { registerErrors, sendError } from './errors.ts';
import { loggedInOr, openOnly, viewerCheck, viewerOf } from './may-watch.ts';
import { accessLog } from './plugins/access-log.ts';
import { bodiesBounded } from './plugins/bodies-bounded.ts';
import { firstStartOnly } from './plugins/first-start.ts';
import { hostCheck } from './plugins/host-check.ts';
import { sameOriginOnly } from './plugins/same-origin.ts';
import { dataHeaders, pageHeaders } from './plugins/security-headers.ts';
import { monotonicStore } from './rate-limit-store.ts';
import { routerOptions } from './router-options.ts';
import { auditRoutes } from './routes/audit.ts';
import { bundleRoutes } from './routes/bundle.ts';
import { channelChoiceRoutes } from './routes/channel-choices.ts';
import { channelRoutes } from './routes/channels.ts';
import { clientRoutes } from './routes/clients.ts';
import { clipPages, clipRoutes } from './routes/clips.ts';
import { controlRoutes } from './routes/control.ts';
import { discordLoginRoutes } from './routes/discord-login.ts';
import { edgeViewersRoutes } from './routes/edge-viewers.ts';
import { eventRoutes } from './routes/events.ts';
import { favouriteRoutes } from './routes/favourites.ts';
import { figureRoutes } from './routes/figures.ts';
import { guideRoutes } from './routes/guide.ts';
import { guideMatchRoutes } from './routes/guide-match.ts';
import { healthRoutes } from './routes/health.ts';
import { historyRoutes } from './routes/history.ts';
import { infoRoutes } from './routes/info.ts';
import { inviteRoutes } from './routes/invites.ts';
import { loginRoutes } from './routes/login.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { pastRoutes } from './routes/past.ts';
import { peopleRoutes } from './routes/people.ts';
import { privateLinkRoutes } from './routes/private-links.ts';
import { reachRoutes } from './routes/reach.ts';
import { reactionRoutes } from './routes/reactions.ts';
import { recordingRuleRoutes } from './routes/recording-rules.ts';
import { recordingRoutes } from './routes/recordings.ts';
import { recordingsCalendarRoutes } from './routes/recordings-calendar.ts';
import { screenRoutes } from './routes/screens.ts';
import { serverRoutes } from './routes/server.ts';
import { sessionRoutes } from './routes/session.ts';
import { sessionsRoutes } from './routes/sessions.ts';
import { settingRoutes } from './routes/settings.ts';
import { setupRoutes } from './routes/setup.ts';
import { setupAccountRoutes } from './routes/setup-account.ts';
import { setupAccountsRoutes } from './routes/setup-accounts.ts';
import { setupDiscordRoutes } from './routes/setup-discord.ts';
import { setupPageRoutes } from './routes/setup-page.ts';
import { setupTelegramRoutes } from './routes/setup-telegram.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { isFramed, watchRoutes } from './routes/watch.ts';
import { watchLeaveRoutes } from './routes/watch-leave.ts';
import { originsOf, previewPictureRoutes } from './routes/watch-page.ts';
import { watchSeenRoutes } from './routes/watch-seen.ts';
import { registerWebhooks } from './routes/webhooks.ts';
import { securitySchemes } from './security-schemes.ts';
import { Trials } from './trials.ts';
import { trustedProxies } from './trusted-proxies.ts';
import { xtreamPanel } from './xtream-panel.ts';

/** The server with all its routes, ready to listen. It has no logger: the addresses of requests hold keys. */
export async function createServer(context: HttpContext): Promise<FastifyInstance> {
  const app = Fastify({
    trustProxy: trustedProxies(context),
    // It does not listen: the front door hands it its connections.
    serverFactory: (handler) => createBoundedServer(handler),
    bodyLimit: 64 * 1024,
    routerOptions,
    // An address that cannot be read, such as /%zz, never gets as far as a route.
    frameworkErrors: (_error, request, reply) =>
      void sendError(request, reply, new AppError('not_found'), context),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  registerErrors(app, context);
  acceptEmptyJson(app);
  // Before all that may refuse a request.
  if (context.isAccessLogged)
    app.addHook('onRequest', accessLog({ logger: createAccessLogger(context.logger), clock: context.clock }));
  app.addHook('onRequest', bodiesBounded(context.clock));
  app.addHook('onRequest', firstStartOnly(context));
  app.addHook('onRequest', hostCheck(context));
  // First of all: it describes the routes that come after it.
  await app.register(fastifySwagger, {
    openapi: {
      info: { title: 'Zapette', description: 'The TV remote of a chat room', version: context.version },
      components: { securitySchemes },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  const baseOf = (request: FastifyRequest) => baseUrl(request, context.publicUrl);
  const typedOf = (request: FastifyRequest) => typedUrl(request, context.publicUrl);
  const checkViewer = viewerCheck(context);
  const { screens } = context;
  const offer = {
    checkViewer,
    baseUrl: baseOf,
    keyQuery: () => keyQuery(context.gate.viewerKey),
    channels: openScreens(context.lineUp),
  };
  const { clients, clock } = context;
  const requests = new ClientRequests({ clients, clock, baseUrl: typedOf });
  const { edges, edgePrefix, onEdge, edgePlaylists, sent } = context;
  await app.register(hlsOutput({ screens, ...offer, onEdge, edgePlaylists, sent }));
  await app.register(
    edgeOutput({
      screens,
      prefix: edgePrefix,
      playlistSeconds: () => context.playlistCacheSeconds,
      sent,
      clock,
    }),
  );
  await app.register(edgeViewersRoutes(context));
  await app.register(tsOutput({ screens, ...offer, sent }));
  await app.register(rewindOutput({ screens, ...offer, viewerOf: viewerOf(context.gate), clock }));
  await app.register(playlistOutput(offer));
  await app.register(
    recordingFileOutput({
      recordings: context.recordings,
      playback: context.playback,
      checkViewer: loggedInOr(checkViewer, context),
      sent,
    }),
  );
  const tuner = { deviceId: context.deviceId, tunerCount: () => tunersWith(context.slots) };
  await app.register(
    hdHomeRunOutput({ ...offer, ...tuner, baseUrl: typedOf, checkViewer: openOnly(context.gate) }),
  );
  const { guide, history, logger } = context;
  const answer = new XmltvAnswer({
    ...{ guide, history, clock, logger },
    language: () => context.language,
  });
  await app.register(xmltvOutput({ ...offer, answer }));
  await app.register(
    clientOutputs({
      guide: answer,
      requests,
      clients,
      screens,
      channels: context.lineUp,
      catalogue: context.catalogue,
      logos: context.logos,
      programmes: entryProgrammes(context),
      tuners: context.tuners,
      onEdge,
      sent,
      clock,
      tuner,
    }),
    { prefix: CLIENT_PREFIX },
  );
  await app.register(xtreamPanel(context, typedOf, answer));
  await app.register(clipPages(context));
  registerWebhooks(app, context);
  const onRequest = sameOriginOnly(context);
  await app.register(async (pages) => {
    pages.addHook('onRequest', onRequest);
    await pages.register(fastifyStatic, {
      root: context.webDir,
      // a list, since compressed ones are not found by a plain name
      index: ['index.html'],
      preCompressed: true,
      setHeaders: (reply, path) =>
        void reply.headers({
          ...pageHeaders(isFramed(reply.request, context) ? context.embedOrigins : [], originsOf(edges)),
          'cache-control': lifetimeOf(path),
        }),
    });
    await pages.register(watchRoutes(context));
    await pages.register(setupPageRoutes(context));
    await pages.register(previewPictureRoutes(context));
  });
  await app.register(async (api) => {
    api.addHook('onRequest', onRequest);
    api.addHook('onRequest', async (_request, reply) => void reply.headers(dataHeaders));
    const store = monotonicStore(context.clock);
    await api.register(fastifyRateLimit, { global: false, store });
    await api.register(fastifySwaggerUi, {
      routePrefix: '/docs',
      staticCSP: pageHeaders()['content-security-policy'],
    });
    await api.register(controlRoutes(context));
    await api.register(screenRoutes(context));
    await api.register(channelRoutes(context));
    await api.register(guideRoutes(context));
    await api.register(guideMatchRoutes(context));
    await api.register(channelChoiceRoutes(context));
    await api.register(historyRoutes(context));
    await api.register(clipRoutes(context));
    await api.register(pastRoutes(context, loggedInOr(checkViewer, context)));
    await api.register(infoRoutes(context));
    await api.register(sessionRoutes(context));
    await api.register(healthRoutes(context));
    await api.register(metricsRoutes(context));
    await api.register(figureRoutes(context));
    await api.register(sessionsRoutes(context));
    await api.register(loginRoutes(context));
    await api.register(discordLoginRoutes(context));
    const trials = new Trials(context.clock);
    await api.register(setupAccountRoutes(context, trials));
    await api.register(setupAccountsRoutes(context, trials));
    await api.register(setupDiscordRoutes(context));
    await api.register(privateLinkRoutes(context));
    await api.register(recordingRoutes(context));
    await api.register(recordingRuleRoutes(context));
    await api.register(recordingsCalendarRoutes(context));
    await api.register(reactionRoutes(context));
    await api.register(watchLeaveRoutes(context));
    await api.register(watchSeenRoutes(context));
    await api.register(favouriteRoutes(context));
    await api.register(inviteRoutes(context));
    await api.register(peopleRoutes(context));
    await api.register(tokenRoutes(context));
    await api.register(clientRoutes(context));
    await api.register(auditRoutes(context));
    await api.register(serverRoutes(context));
    await api.register(setupRoutes(context));
    await api.register(reachRoutes(context));
    await api.register(settingRoutes(context));
    await api.register(setupTelegramRoutes(context));
    await api.register(bundleRoutes(context));
    await api.register(eventRoutes(context));
    await api.register(
      privateLinkOutput({
        links: context.links,
        tuners: context.tuners,
        baseUrl: baseOf,
        sent,
        clock: context.clock,
      }),
    );
  });
  return app;
}

/** Many clients name a content type with every request, also with a DELETE that has no body. */
function acceptEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (request.method === 'DELETE' && body === '') done(null, undefined);
    else void parse(request, body.toString(), done);
  });
}

/** Built files have their content in their names; the pages that name them are always asked for anew. */
function lifetimeOf(path: string): string {
  return /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
}
