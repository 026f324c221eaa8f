import type { FastifyRequest } from 'fastify';

/** The same for every request of one player, as far as can be told. */
export function playerOf(request: FastifyRequest): string {
  return `${request.ip} ${request.headers['user-agent'] ?? ''}`;
}
