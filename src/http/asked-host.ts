import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { isLocalName, isLoopback, isPrivateAddress } from '../lib/private-address.ts';

type Asked = Pick<FastifyRequest, 'headers' | 'host' | 'protocol' | 'raw'>;

/** What proxies add. nginx as it comes adds nothing, but asks by HTTP/1.0. */
const byProxies = [
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-host',
  'x-real-ip',
  'forwarded',
  'via',
];

/** Of a name in the DNS, with a port. */
const LONGEST_HOST = 253 + ':65535'.length;

/** The host name of a Host header: in lower case, without a port, a dot at its end or brackets; null where it is none. */
export function hostnameOf(host: string): string | null {
  const isHost = host.length <= LONGEST_HOST && /^[^\s/\\?#@]+$/.test(host);
  const hostname = isHost ? URL.parse(`http://${host}`)?.hostname : undefined;
  return hostname?.replace(/\.$/, '').replace(/^\[|\]$/g, '') || null;
}

/**
 * Whether we answer to that name: no other web site can have it. A site can make its name lead to us (DNS rebinding) and
 * read what we say to its visitor's browser; it cannot make it an address, a name of the local network or PUBLIC_URL's.
 */
export function isOurName(hostname: string, publicUrl: string | null): boolean {
  return isIP(hostname) > 0 || isLocalName(hostname) || hostname === publicNameOf(publicUrl);
}

function publicNameOf(publicUrl: string | null): string | null {
  return publicUrl === null ? null : hostnameOf(new URL(publicUrl).host);
}

/** Whether a proxy has passed a request on, as far as it shows. */
export function isForwarded({ headers, raw }: Pick<Asked, 'headers' | 'raw'>): boolean {
  return raw.httpVersion === '1.0' || byProxies.some((name) => headers[name] !== undefined);
}

/**
 * Our origin in the asker's local network, if that is how it has asked: a device there may not reach PUBLIC_URL. Null also
 * for this machine alone, and for what a proxy may have put in: a Host of its own, such as a container's bare name.
 */
export function localOrigin(request: Asked): string | null {
  const { headers, host, protocol } = request;
  // `host` is what X-Forwarded-Host says last, where TRUST_PROXY believes it.
  if (isForwarded(request) && lastOf(headers['x-forwarded-host']) !== host) return null;
  const hostname = hostnameOf(host);
  if (hostname === null || isLoopback(hostname)) return null;
  const isLocal =
    isIP(hostname) > 0 ? isPrivateAddress(hostname) : isLocalName(hostname) && hostname.includes('.');
  return isLocal ? originOf(protocol, host) : null;
}

function lastOf(header: string | string[] | undefined): string | undefined {
  return header?.toString().split(',').at(-1)?.trim();
}

/** As URL.origin has it. */
export function originOf(protocol: string, host: string): string {
  return new URL(`${protocol}://${host}`).origin;
}
