import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SESSION_LIFETIME } from '../../access/gate.ts';
import { AppError } from '../../domain/errors.ts';
import { baseUrl, keyQuery } from '../addresses.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { setSessionCookie } from '../plugins/cookies.ts';
import { isOperator } from '../plugins/operators.ts';

/** Who the asker is, and what a page needs to know before anything else. */
export function sessionRoutes({
  gate,
  isDemo,
  language,
  publicUrl,
  version,
  instance,
}: HttpContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/info',
      {
        schema: {
          tags: ['session'],
          summary: 'What this is, and whether the asker may operate it',
          response: {
            200: z.object({
              name: z.string(),
              version: z.string(),
              language: z.enum(['fr', 'en']),
              demo: z.boolean(),
              operator: z.boolean(),
              addresses: z.object({ watch: z.string(), hls: z.string(), ts: z.string() }),
            }),
          },
        },
      },
      async (request, reply) => {
        const operator = isOperator(request, gate);
        const base = baseUrl(request, publicUrl);
        const key = operator ? keyQuery(gate.viewerKey) : '';
        void reply.header('cache-control', 'no-store');
        return {
          name: 'Zapette',
          version,
          language,
          demo: isDemo,
          operator,
          addresses: {
            watch: `${base}/watch${key}`,
            hls: `${base}/live.m3u8${key}`,
            ts: `${base}/live.ts${key}`,
          },
        };
      },
    );

    app.post(
      '/api/session',
      {
        schema: {
          tags: ['session'],
          summary: 'Log in to the console with the admin token',
          body: z.object({ token: z.string().max(500) }),
          response: { 204: z.null(), default: errorSchema },
        },
        config: { rateLimit: { max: 10, timeWindow: '1 minute' } },
      },
      async (request, reply) => {
        if (!gate.isAdminToken(request.body.token)) throw new AppError('unauthorised');
        setSessionCookie(request, reply, gate.issueSession(), SESSION_LIFETIME);
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/api/session',
      { schema: { tags: ['session'], summary: 'Log out', response: { 204: z.null() } } },
      async (request, reply) => {
        setSessionCookie(request, reply, '', 0);
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/health',
      {
        schema: {
          tags: ['machines'],
          summary: 'Is the server alive',
          response: { 200: z.object({ status: z.literal('ok'), instance: z.string() }) },
        },
      },
      async (_request, reply) => {
        void reply.header('cache-control', 'no-store');
        return { status: 'ok' as const, instance };
      },
    );
  };
}
