import type { FastifyRequest } from 'fastify';
import { isLoopback, isReachableFromOutside } from '../lib/private-address.ts';
import { isForwarded, localOrigin, originOf } from './asked-host.ts';

/** Our address for the asker's own players, without a trailing slash: in its local network, else PUBLIC_URL. */
export function baseUrl(request: FastifyRequest, publicUrl: string | null): string {
  return localOrigin(request) ?? addressForOthers(request, publicUrl);
}

/**
 * Our address for a device that keeps it: as it was typed there, since that has worked, unless a proxy may have changed it.
 */
export function typedUrl(request: FastifyRequest, publicUrl: string | null): string {
  return isForwarded(request) ? baseUrl(request, publicUrl) : askedUrl(request);
}

/** Our address in what is passed on to other people, who may be anywhere: PUBLIC_URL, else what was asked for. */
export function addressForOthers(request: FastifyRequest, publicUrl: string | null): string {
  return publicUrl ?? askedUrl(request);
}

function askedUrl(request: FastifyRequest): string {
  const { host, protocol, socket } = request;
  const here = socket.localFamily === 'IPv6' ? `[${socket.localAddress}]` : socket.localAddress;
  return originOf(protocol, host || `${here}:${socket.localPort}`);
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
