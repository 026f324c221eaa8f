import type { FastifyRequest } from 'fastify';
import { AppError } from '../../domain/errors.ts';
import { isLoopback, isPrivateAddress } from '../../lib/private-address.ts';
import { isForwarded } from '../asked-host.ts';
import type { HttpContext } from '../context.ts';
import { sessionCookie } from './cookies.ts';

/** What the set-up page consists of. */
const setUpPage =
  /^\/(?:setup\/?$|assets\/|api\/(?:setup|settings|doctor|info|me|restart)(?:\/|$)|(?:logo|icon)[\w-]*\.)/;
/** The one-time link, and what it shows. */
const link = /^\/login\/[\w-]+$/;
/** Tells nothing but the id of the process, by which an address shows whether it leads here, or asks for a secret. */
const forEverybody = /^\/(?:health|reach|reach\/events|webhooks\/[\w-]+)$/;

/**
 * A hook for the first start: as long as nobody has answered who may watch, other machines of the local network get the
 * set-up page alone, and only with the session that the owner's link gives; so do those whom a proxy on this machine brings.
 * This machine gets everything.
 * @throws AppError set_up_first
 */
export function firstStartOnly({ firstStart, visitors }: Pick<HttpContext, 'firstStart' | 'visitors'>) {
  return async (request: FastifyRequest): Promise<void> => {
    if (!firstStart.isGuarded) return;
    const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    if (isLoopback(address) && !isForwarded(request)) return;
    const [path = ''] = request.url.split('?');
    const isOwner = () => visitors.bySession(sessionCookie(request))?.role === 'admin';
    const isNear = isPrivateAddress(address);
    if (forEverybody.test(path) || (isNear && (link.test(path) || (setUpPage.test(path) && isOwner()))))
      return;
    throw new AppError('set_up_first');
  };
}
