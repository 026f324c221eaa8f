import type { FastifyRequest } from 'fastify';
import { isLoopback, isReachableFromOutside } from '../lib/private-address.ts';

/** Our own address as the asker sees it, without a trailing slash: PUBLIC_URL, else what was asked for. */
export function baseUrl(request: FastifyRequest, publicUrl: string | null): string {
  return publicUrl ?? `${request.protocol}://${request.host}`;
}

/** Whether our address, as the asker sees it, is of no use on other devices: by HOST, or only by how they asked. */
export function onlyHere(base: string, host: string): 'host' | 'address' | null {
  if (!isLoopback(new URL(base).hostname)) return null;
  return isLoopback(host) ? 'host' : 'address';
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
