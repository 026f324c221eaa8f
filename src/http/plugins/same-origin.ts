import type { FastifyRequest } from 'fastify';
import { AppError } from '../../domain/errors.ts';

/**
 * A hook that lets no other web site change anything through its visitors' browsers, be it with their cookies or by
 * logging them in as somebody else. Browsers say where a request comes from, by `Sec-Fetch-Site` where the connection
 * is secure, and by `Origin` with all that may change something. Programs say nothing.
 * @throws AppError other_site
 */
export function sameOriginOnly(context: { readonly publicUrl: string | null }) {
  return async ({ method, headers, host }: FastifyRequest): Promise<void> => {
    if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return;
    const site = headers['sec-fetch-site'];
    const { origin } = headers;
    const publicHost = context.publicUrl && new URL(context.publicUrl).host;
    const isOurs =
      site === undefined
        ? origin === undefined || isHost(origin, host) || isHost(origin, publicHost)
        : site === 'same-origin' || site === 'none';
    if (!isOurs) throw new AppError('other_site');
  };
}

function isHost(origin: string, host: string | null): boolean {
  return host !== null && URL.canParse(origin) && new URL(origin).host === host;
}
