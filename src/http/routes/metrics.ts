import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { isLoopback } from '../../lib/private-address.ts';
import { isForwarded } from '../asked-host.ts';
import type { HttpContext } from '../context.ts';
import { requireRight } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

/** What the server does, for Prometheus: this machine reads it without anything, others as admins. */
export function metricsRoutes({
  metrics,
  visitors,
}: Pick<HttpContext, 'metrics' | 'visitors'>): FastifyPluginAsyncZod {
  const requireAdmin = requireRight(visitors, 'administer');
  return async (app) => {
    app.get(
      '/metrics',
      {
        onRequest: async (request) => {
          if (!isFromHere(request)) await requireAdmin(request);
        },
        schema: {
          tags: ['machines'],
          summary: 'Metrics for Prometheus; without a token from this machine alone',
          security: bearerOrCookie,
        },
      },
      async (_request, reply) => {
        const text = await metrics.text();
        return reply.headers({ 'cache-control': 'no-store', 'content-type': metrics.contentType }).send(text);
      },
    );
  };
}

/** Whether this machine itself asks: by the socket, and not by a proxy on it, which asks for the whole internet. */
function isFromHere(request: FastifyRequest): boolean {
  const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  return isLoopback(address) && !isForwarded(request);
}
