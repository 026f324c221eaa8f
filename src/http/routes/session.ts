import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { languages, roles } from '../../domain/actor.ts';
import { AppError } from '../../domain/errors.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { languageOf } from '../language.ts';
import { letIn } from '../let-in.ts';
import { sessionCookie, setSessionCookie } from '../plugins/cookies.ts';
import { requireRight, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

type SessionRoutesContext = Pick<HttpContext, 'language' | 'people' | 'sessions' | 'visitors'>;

/** Logs in with a token, logs out, and says who the asker is. */
export function sessionRoutes(context: SessionRoutesContext): FastifyPluginAsyncZod {
  const { people, sessions, visitors } = context;

  return async (app) => {
    app.post(
      '/api/session',
      {
        schema: {
          tags: ['session'],
          summary: 'Log in with the admin token, or with an API token and its role',
          body: z.object({ token: z.string().max(500) }).meta({ example: { token: 'zapette_…' } }),
          response: { 204: z.null(), default: errorSchema },
        },
        config: { rateLimit: { max: 10, timeWindow: '1 minute' } },
      },
      async (request, reply) => {
        const visitor = visitors.byToken(request.body.token, request.ip);
        if (!visitor) throw new AppError('unauthorised');
        letIn(request, reply, sessions.begin(visitor, request.headers['user-agent'] ?? ''), context);
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/api/session',
      { schema: { tags: ['session'], summary: 'Log out', response: { 204: z.null() } } },
      async (request, reply) => {
        const visitor = visitors.bySession(sessionCookie(request));
        if (visitor?.sessionId) sessions.end(visitor.sessionId, visitor);
        setSessionCookie(request, reply, '', 0);
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/api/me',
      {
        onRequest: requireRight(visitors, 'own'),
        schema: {
          tags: ['session'],
          summary: 'Who the asker is',
          security: bearerOrCookie,
          response: {
            200: z
              .object({ id: z.string(), name: z.string(), role: z.enum(roles), language: z.enum(languages) })
              .meta({
                example: { id: 'discord:81384788765712384', name: 'Ada', role: 'controller', language: 'fr' },
              }),
            default: errorSchema,
          },
        },
      },
      async (request, reply) => {
        const visitor = visitorOf(request);
        void reply.header('cache-control', 'no-store');
        return {
          id: visitor.id,
          name: visitor.name,
          role: visitor.role,
          language: people.find(visitor.id)?.language ?? languageOf(request, context.language),
        };
      },
    );
  };
}
