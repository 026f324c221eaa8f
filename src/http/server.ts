import { createServer as createHttpServer } from 'node:http';
import fastifyRateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import fastifySwagger from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import { AppError } from '../domain/errors.ts';
import type { HttpContext } from './context.ts';
import { registerErrors, sendError } from './errors.ts';
import { channelRoutes } from './routes/channels.ts';
import { controlRoutes } from './routes/control.ts';
import { registerEvents } from './routes/events.ts';
import { guideRoutes } from './routes/guide.ts';
import { historyRoutes } from './routes/history.ts';
import { registerLinks } from './routes/links.ts';
import { registerLive } from './routes/live.ts';
import { sessionRoutes } from './routes/session.ts';
import { registerWatch } from './routes/watch.ts';
import { registerWebhooks } from './routes/webhooks.ts';

/** What the pages may do: run and load our own things. media-chrome keeps its styles in its elements. */
const pageHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** The server with all its routes, ready to listen. It has no logger: the addresses of requests hold keys. */
export async function createServer(context: HttpContext): Promise<FastifyInstance> {
  const app = Fastify({
    trustProxy: context.trustProxy,
    // It does not listen: the front door hands it its connections.
    serverFactory: (handler) => createHttpServer(handler),
    bodyLimit: 64 * 1024,
    routerOptions: { ignoreTrailingSlash: true },
    // An address that cannot be read, such as /%zz, never gets as far as a route.
    frameworkErrors: (_error, request, reply) =>
      void sendError(request, reply, new AppError('not_found'), context.language),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  registerErrors(app, context);
  registerLive(app, context);
  registerWebhooks(app, context);
  await app.register(async (pages) => {
    await pages.register(fastifyStatic, {
      root: context.webDir,
      // a list, since compressed ones are not found by a plain name
      index: ['index.html'],
      preCompressed: true,
      setHeaders: cacheHeaders,
    });
    registerWatch(pages, context);
  });
  await app.register(async (api) => {
    await api.register(fastifyRateLimit, { global: false });
    await api.register(fastifySwagger, {
      openapi: {
        info: { title: 'Zapette', description: 'The TV remote of a chat room', version: context.version },
        components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      },
      transform: jsonSchemaTransform,
      transformObject: jsonSchemaTransformObject,
    });
    await api.register(fastifySwaggerUi, { routePrefix: '/docs' });
    await api.register(controlRoutes(context));
    await api.register(channelRoutes(context));
    await api.register(guideRoutes(context));
    await api.register(historyRoutes(context));
    await api.register(sessionRoutes(context));
    registerEvents(api, context);
    registerLinks(api, context);
  });
  return app;
}

/** Built files have their content in their names; the pages that name them are always asked for anew. */
function cacheHeaders(reply: FastifyReply, path: string): void {
  const hashed = /[\\/]assets[\\/]/.test(path);
  void reply
    .headers(pageHeaders)
    .header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
}
