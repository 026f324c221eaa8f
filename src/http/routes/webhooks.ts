import type { FastifyInstance } from 'fastify';
import { AppError } from '../../domain/errors.ts';
import type { HttpContext } from '../context.ts';

/** Bytes. A message with the message that it answers can be long. */
const LARGEST = 1024 * 1024;

/** The addresses to which chat services send events. The listener checks that it is really the service. */
export function registerWebhooks(app: FastifyInstance, { webhooks }: Pick<HttpContext, 'webhooks'>): void {
  app.post<{ Params: { name: string } }>(
    '/webhooks/:name',
    { bodyLimit: LARGEST, schema: { hide: true } },
    async (request, reply) => {
      const isTaken = webhooks.get(request.params.name)?.(request.headers, request.body) ?? false;
      if (!isTaken) throw new AppError('not_found');
      return reply.code(204).send();
    },
  );
}
