import type { FastifyRequest } from 'fastify';

/** Identifies a player by its address and user agent, the same for all its requests. */
export function playerOf(request: FastifyRequest): string {
  return `${request.ip} ${request.headers['user-agent'] ?? ''}`;
}
