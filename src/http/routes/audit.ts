import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { isoTime } from '../iso-time.ts';
import { requireRight } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const LARGEST_PAGE = 200;
const entrySchema = z
  .object({
    id: z.number(),
    at: z.iso.datetime(),
    by: z.object({ id: z.string(), name: z.string() }),
    action: z.string(),
    detail: z.string().describe('What it was done to; may be empty'),
  })
  .meta({
    id: 'AuditEntry',
    example: {
      id: 41,
      at: '2025-12-24T10:30:00.000Z',
      by: { id: 'telegram:42', name: 'Ada' },
      action: 'play',
      detail: 'TF1 HD',
    },
  });

/** The audit log: who changed what. */
export function auditRoutes({
  audit,
  visitors,
}: Pick<HttpContext, 'audit' | 'visitors'>): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/audit',
      {
        onRequest: requireRight(visitors, 'administer'),
        schema: {
          tags: ['audit'],
          summary: 'Who changed what, latest first',
          security: bearerOrCookie,
          querystring: z.object({
            limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(50),
            before: z.coerce.number().int().optional().describe('An id, to go on from there'),
          }),
          response: { 200: z.object({ items: z.array(entrySchema) }), default: errorSchema },
        },
      },
      async ({ query: { limit, before } }, reply) => {
        void reply.header('cache-control', 'no-store');
        return {
          items: audit
            .list(limit, before)
            .map(({ id, at, by, action, detail }) => ({ id, at: isoTime(at), by, action, detail })),
        };
      },
    );
  };
}
