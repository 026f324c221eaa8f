import { Agent, type Dispatcher, interceptors } from 'undici';
import { hideHost, hidingLookup } from '../lib/hiding-lookup.ts';
import type { Secrets } from '../lib/secrets.ts';
import { AddressGuard, connectWithin } from '../stream/tuner/address-guard.ts';

const CONNECT_TIMEOUT = 8_000;
const MOST_REDIRECTIONS = 5;

/**
 * Creates a dispatcher for logo requests: it follows redirects, and accepts only strict HTTP and good certificates. It
 * registers every host, even of a redirect, as a secret first, by its name and by the addresses that it resolves to.
 * @param home the provider's own address; null for a list that is a file.
 */
export function createDispatcher(secrets: Pick<Secrets, 'add'>, home: string | null): Dispatcher {
  const hide = (host: string) => hideHost(secrets, host);
  const guard = new AddressGuard({ home, hasNeighbours: false, lookUp: hidingLookup(hide) });
  const agent = new Agent({
    connect: connectWithin(guard, CONNECT_TIMEOUT),
    pipelining: 0,
  });
  return agent.compose(
    (dispatch) => (options, handler) => {
      // Network errors name IPv6 addresses without brackets.
      if (options.origin) hide(new URL(options.origin).hostname.replace(/^\[|\]$/g, ''));
      return dispatch(options, handler);
    },
    interceptors.redirect({ maxRedirections: MOST_REDIRECTIONS }),
  );
}
