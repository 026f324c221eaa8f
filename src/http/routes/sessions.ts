import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { roles } from '../../domain/actor.ts';
import { AppError } from '../../domain/errors.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { isoTime } from '../iso-time.ts';
import { setSessionCookie } from '../plugins/cookies.ts';
import { requireRight, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const sessionSchema = z
  .object({
    id: z.number(),
    person: z.object({ id: z.string(), name: z.string() }),
    role: z.enum(roles).describe('The most that it is good for'),
    browser: z.string(),
    created_at: z.iso.datetime(),
    last_seen_at: z.iso.datetime().nullable(),
    expires_at: z.iso.datetime().nullable(),
    is_this_one: z.boolean(),
  })
  .meta({
    id: 'Session',
    example: {
      id: 12,
      person: { id: 'discord:81384788765712384', name: 'Ada' },
      role: 'controller',
      browser: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
      created_at: '2025-12-24T10:00:00.000Z',
      last_seen_at: '2025-12-24T10:30:00.000Z',
      expires_at: '2026-01-23T10:00:00.000Z',
      is_this_one: true,
    },
  });

/** Browsers that are logged in: the asker's own, and everybody's for admins. */
export function sessionsRoutes({
  sessions,
  visitors,
}: Pick<HttpContext, 'sessions' | 'visitors'>): FastifyPluginAsyncZod {
  const onRequest = requireRight(visitors, 'own');

  return async (app) => {
    app.get(
      '/api/sessions',
      {
        onRequest,
        schema: {
          tags: ['session'],
          summary: 'Browsers that are logged in: one’s own, for admins everybody’s',
          security: bearerOrCookie,
          response: { 200: z.object({ items: z.array(sessionSchema) }), default: errorSchema },
        },
      },
      async (request, reply) => {
        const { id, role, sessionId } = visitorOf(request);
        void reply.header('cache-control', 'no-store');
        return {
          items: sessions.list(role === 'admin' ? null : id).map((session) => ({
            id: session.id,
            person: { id: session.person, name: session.personName },
            role: session.role,
            browser: session.label,
            created_at: isoTime(session.createdAt),
            last_seen_at: isoTime(session.usedAt),
            expires_at: isoTime(session.expiresAt),
            is_this_one: session.id === sessionId,
          })),
        };
      },
    );

    app.delete(
      '/api/sessions/:id',
      {
        onRequest,
        schema: {
          tags: ['session'],
          summary: 'Log one of them out',
          security: bearerOrCookie,
          params: z.object({ id: z.coerce.number().int().meta({ example: 12 }) }),
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        if (!sessions.end(request.params.id, visitorOf(request))) throw new AppError('not_found');
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/api/sessions',
      {
        onRequest,
        schema: {
          tags: ['session'],
          summary: 'Log out everywhere, here too',
          security: bearerOrCookie,
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        const visitor = visitorOf(request);
        for (const { id } of sessions.list(visitor.id)) sessions.end(id, visitor);
        setSessionCookie(request, reply, '', 0);
        return reply.code(204).send(null);
      },
    );
  };
}
