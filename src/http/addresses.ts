import type { FastifyRequest } from 'fastify';
import { isReachableFromOutside } from '../lib/private-address.ts';

/** Our own address as the asker sees it, without a trailing slash: PUBLIC_URL, else what was asked for. */
export function baseUrl(request: FastifyRequest, publicUrl: string | null): string {
  return publicUrl ?? `${request.protocol}://${request.host}`;
}

/** `?key=…` where viewers need a key, else nothing. */
export function keyQuery(viewerKey: string | null): string {
  return viewerKey === null ? '' : `?key=${encodeURIComponent(viewerKey)}`;
}

/** Where servers elsewhere, such as those of chat services, get channels' logos; null where they cannot reach us. */
export function logosUrl(publicUrl: string | null): string | null {
  return publicUrl !== null && isReachableFromOutside(new URL(publicUrl).hostname)
    ? `${publicUrl}/api/logo`
    : null;
}
