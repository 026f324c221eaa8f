import { type LookupOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, type Dispatcher, interceptors } from 'undici';
import { isPrivateAddress } from '../lib/private-address.ts';
import type { Secrets } from '../lib/secrets.ts';
import { readIcyAsHttp } from './icy.ts';

const CONNECT_TIMEOUT = 8_000;
const MOST_REDIRECTIONS = 5;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)?$/;

/**
 * Connections to the provider, redirects followed. Every host that is asked, also by a redirect, becomes a secret
 * first, by name and by the addresses that it resolves to: errors of the network name them.
 * @param home if given, an origin: nothing else is asked on a private address, for the provider's list may name what
 *   it likes. The provider may be at home too, so its own origin is.
 */
export function createDispatcher(secrets: Pick<Secrets, 'add'>, home?: string): Dispatcher {
  const hide = (host: string): void => {
    if (!LOOPBACK.test(host)) secrets.add(host);
  };
  const lookUp = hidingLookup(hide);
  const connectAnywhere = buildConnector({ timeout: CONNECT_TIMEOUT, lookup: lookUp });
  const connectOutside = buildConnector({ timeout: CONNECT_TIMEOUT, lookup: publicLookup(lookUp) });
  const agent = new Agent({
    connect: (options, callback) => {
      const { protocol, hostname, port } = options;
      if (home === undefined || originOf(protocol, hostname, port) === home) {
        connectAnywhere(options, (...result) => {
          if (result[1]) readIcyAsHttp(result[1]);
          callback(...result);
        });
      } else if (isPrivateLiteral(hostname)) callback(new PrivateAddressError(), null);
      else connectOutside(options, callback);
    },
    pipelining: 0,
  });
  return agent.compose(
    (dispatch) => (options, handler) => {
      if (options.origin) hide(withoutBrackets(new URL(options.origin).hostname));
      return dispatch(options, handler);
    },
    interceptors.redirect({ maxRedirections: MOST_REDIRECTIONS }),
  );
}

class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';

  constructor() {
    super('an address of the local network, which the provider may not send us to');
  }
}

/** As `URL.origin` has it. */
function originOf(protocol: string, hostname: string, port: string): string {
  const host = hostname.includes(':') ? `[${withoutBrackets(hostname)}]` : hostname;
  return new URL(`${protocol}//${host}:${port || (protocol === 'https:' ? 443 : 80)}`).origin;
}

/** Names are checked when they are looked up; these never are. */
function isPrivateLiteral(hostname: string): boolean {
  const host = withoutBrackets(hostname);
  return isIP(host) > 0 && isPrivateAddress(host);
}

/** The network's errors have IPv6 addresses without. */
function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** Names that lead to a private address lead nowhere. Checked as it connects, so that no second answer can differ. */
function publicLookup(lookUp: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error || !Array.isArray(addresses)) return callback(error, []);
      const isPrivate = addresses.some(({ address }) => isPrivateAddress(address));
      if (isPrivate) return callback(new PrivateAddressError(), []);
      const [first] = addresses;
      if (options.all || !first) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
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
