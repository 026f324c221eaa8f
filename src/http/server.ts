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
import type { HttpContext } from './context.ts';
import { registerErrors } from './errors.ts';
import { channelRoutes } from './routes/channels.ts';
import { controlRoutes } from './routes/control.ts';
import { registerEvents } from './routes/events.ts';
import { registerLive } from './routes/live.ts';
import { sessionRoutes } from './routes/session.ts';
import { registerWatch } from './routes/watch.ts';

/** The server with all its routes, ready to listen. Requests are not logged: their addresses hold keys. */
export async function createServer(context: HttpContext): Promise<FastifyInstance> {
  const app = Fastify({
    trustProxy: context.trustProxy,
    disableRequestLogging: true,
    forceCloseConnections: true,
    bodyLimit: 64 * 1024,
    routerOptions: { ignoreTrailingSlash: true },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  registerErrors(app, context);
  registerLive(app, context);
  await app.register(async (pages) => {
    await pages.register(fastifyStatic, {
      root: context.webDir,
      index: 'index.html',
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
    await api.register(sessionRoutes(context));
    registerEvents(api, context);
  });
  return app;
}

/** Built files have their content in their names; the pages that name them are always asked for anew. */
function cacheHeaders(reply: FastifyReply, path: string): void {
  const hashed = /[\\/]assets[\\/]/.test(path);
  void reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
}
