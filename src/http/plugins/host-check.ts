import type { FastifyRequest } from 'fastify';
import { AppError } from '../../domain/errors.ts';
import { hostnameOf, isOurName } from '../asked-host.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers to every name, since it tells nothing that another web site could use. */
    isForEveryHost?: boolean;
  }
}

/** Hosts that are kept in mind, so that players' requests cost nothing, and go on where PUBLIC_URL changes. */
const MOST_KEPT = 100;

/**
 * A hook that answers only those who ask for a name of ours, against DNS rebinding. Behind a proxy both its own Host and the
 * X-Forwarded-Host that TRUST_PROXY believes count.
 * @throws AppError unknown_host
 */
export function hostCheck(context: { readonly publicUrl: string | null }) {
  const known = new Set<string>();
  const check = (host: string): void => {
    if (known.has(host)) return;
    const hostname = hostnameOf(host);
    if (hostname === null) throw new AppError('bad_request', { detail: 'Host' });
    if (!isOurName(hostname, context.publicUrl)) throw new AppError('unknown_host');
    if (known.size >= MOST_KEPT) known.clear();
    known.add(host);
  };
  return async ({ headers, host, routeOptions }: FastifyRequest): Promise<void> => {
    if (routeOptions.config?.isForEveryHost) return;
    // HTTP/1.0 knows no Host; every browser sends one.
    if (headers.host) check(headers.host);
    if (host && host !== headers.host) check(host);
  };
}
