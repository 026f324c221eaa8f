import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { roles } from '../../domain/actor.ts';
import { AppError } from '../../domain/errors.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { isoTime } from '../iso-time.ts';
import { requireRight, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const name = z.string().trim().min(1).max(60).describe('What it is for');
const role = z.enum(roles);
const tokenSchema = z
  .object({
    id: z.number(),
    name,
    role,
    created_by: z.object({ id: z.string(), name: z.string() }),
    created_at: z.iso.datetime(),
    last_used_at: z.iso.datetime().nullable(),
  })
  .meta({
    id: 'Token',
    example: {
      id: 3,
      name: 'home automation',
      role: 'controller',
      created_by: { id: 'console', name: 'console' },
      created_at: '2025-12-24T10:00:00.000Z',
      last_used_at: null,
    },
  });

/** Named tokens for programs. */
export function tokenRoutes({
  tokens,
  visitors,
}: Pick<HttpContext, 'tokens' | 'visitors'>): FastifyPluginAsyncZod {
  const onRequest = requireRight(visitors, 'administer');

  return async (app) => {
    app.get(
      '/api/tokens',
      {
        onRequest,
        schema: {
          tags: ['tokens'],
          summary: 'The tokens of programs, without what opens',
          security: bearerOrCookie,
          response: { 200: z.object({ items: z.array(tokenSchema) }), default: errorSchema },
        },
      },
      async (_request, reply) => {
        void reply.header('cache-control', 'no-store');
        return {
          items: tokens.list().map((token) => ({
            id: token.id,
            name: token.label,
            role: token.role,
            created_by: { id: token.person, name: token.personName },
            created_at: isoTime(token.createdAt),
            last_used_at: isoTime(token.usedAt),
          })),
        };
      },
    );

    app.post(
      '/api/tokens',
      {
        onRequest,
        schema: {
          tags: ['tokens'],
          summary: 'A new one; this answer alone has it',
          security: bearerOrCookie,
          body: z.object({ name, role }).meta({ example: { name: 'home automation', role: 'controller' } }),
          response: {
            201: z
              .object({ id: z.number(), token: z.string().describe('To send as "Authorization: Bearer …"') })
              .meta({ example: { id: 3, token: 'zapette_…' } }),
            default: errorSchema,
          },
        },
      },
      async (request, reply) => {
        void reply.header('cache-control', 'no-store');
        return reply.code(201).send(tokens.issue(request.body.name, request.body.role, visitorOf(request)));
      },
    );

    app.delete(
      '/api/tokens/:id',
      {
        onRequest,
        schema: {
          tags: ['tokens'],
          summary: 'Revoke one',
          security: bearerOrCookie,
          params: z.object({ id: z.coerce.number().int().meta({ example: 3 }) }),
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        if (!tokens.revoke(request.params.id, visitorOf(request))) throw new AppError('not_found');
        return reply.code(204).send(null);
      },
    );
  };
}
