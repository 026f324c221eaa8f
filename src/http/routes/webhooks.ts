import type { FastifyInstance } from 'fastify';
import { AppError } from '../../domain/errors.ts';
import type { HttpContext } from '../context.ts';

/** A message with all that it answers can be long. */
const LARGEST = 1024 * 1024;

/** Where services send what happens, rather than being asked for it. Who listens checks that it is really the service. */
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
