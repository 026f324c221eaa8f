import type { FastifyRequest } from 'fastify';

/** Our own address as the asker sees it, without a trailing slash: PUBLIC_URL, else what was asked for. */
export function baseUrl(request: FastifyRequest, publicUrl: string | null): string {
  return publicUrl ?? `${request.protocol}://${request.host}`;
}

/** `?key=…` where viewers need a key, else nothing. */
export function keyQuery(viewerKey: string | null): string {
  return viewerKey === null ? '' : `?key=${encodeURIComponent(viewerKey)}`;
}
