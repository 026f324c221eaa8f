import { type LookupOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher, interceptors } from 'undici';
import type { Secrets } from '../lib/secrets.ts';
import { readIcyAsHttp } from './icy.ts';
import { connectWithin, Reach, type ReachOptions } from './reach.ts';

const CONNECT_TIMEOUT = 8_000;
const MOST_REDIRECTIONS = 5;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)?$/;

/**
 * Connections to the provider and to where it leads, redirects followed. Every host that is asked, also by a redirect,
 * becomes a secret first, by name and by the addresses that it resolves to: errors of the network name them.
 */
export function createDispatcher(
  secrets: Pick<Secrets, 'add'>,
  { home, hasNeighbours }: Pick<ReachOptions, 'home' | 'hasNeighbours'>,
): Dispatcher {
  const hide = (host: string): void => {
    if (!LOOPBACK.test(host)) secrets.add(host);
  };
  const reach = new Reach({ home, hasNeighbours, lookUp: hidingLookup(hide) });
  const connect = connectWithin(reach, CONNECT_TIMEOUT);
  const agent = new Agent({
    connect: (options, callback) =>
      connect(options, (...result) => {
        if (result[1]) readIcyAsHttp(result[1]);
        callback(...result);
      }),
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

/** Resolves names as Node does, and hides what they resolve to. */
function hidingLookup(hide: (address: string) => void): LookupFunction {
  return (hostname, options: LookupOptions, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      for (const { address } of addresses) hide(address);
      const [first] = addresses;
      if (options.all || !first) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
