import { Agent, type Dispatcher, interceptors } from 'undici';
import { hideHost, hidingLookup } from '../../lib/hiding-lookup.ts';
import type { Secrets } from '../../lib/secrets.ts';
import { AddressGuard, connectWithin } from './address-guard.ts';

const CONNECT_TIMEOUT = 8_000;
const MOST_REDIRECTIONS = 5;

/**
 * Connections to where logos are, redirects followed, by strict HTTP and with good certificates only. Every host that is
 * asked, also by a redirect, becomes a secret first, by name and by the addresses that it resolves to.
 * @param home the provider's own address.
 */
export function createDispatcher(secrets: Pick<Secrets, 'add'>, home: string): Dispatcher {
  const hide = (host: string) => hideHost(secrets, host);
  const reach = new AddressGuard({ home, hasNeighbours: false, lookUp: hidingLookup(hide) });
  const agent = new Agent({
    connect: connectWithin(reach, CONNECT_TIMEOUT),
    pipelining: 0,
  });
  return agent.compose(
    (dispatch) => (options, handler) => {
      // The network's errors have IPv6 addresses without brackets.
      if (options.origin) hide(new URL(options.origin).hostname.replace(/^\[|\]$/g, ''));
      return dispatch(options, handler);
    },
    interceptors.redirect({ maxRedirections: MOST_REDIRECTIONS }),
  );
}
