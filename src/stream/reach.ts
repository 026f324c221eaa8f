import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { AppError } from '../domain/errors.ts';
import {
  isMetadataAddress,
  isPrivateAddress,
  isReachableFromOutside,
  shareNetwork,
} from '../lib/private-address.ts';

export interface ReachOptions {
  /** The provider's own address, as the owner has configured it: it may be anywhere. */
  readonly home: string;
  /** Whether the home may lead to its neighbours, in the same local network; if not, to no private address at all. */
  readonly hasNeighbours: boolean;
  /** Milliseconds. */
  readonly timeout: number;
  /** As node:dns has it. */
  readonly lookUp?: LookupFunction;
}

type Target = Pick<buildConnector.Options, 'protocol' | 'hostname' | 'port'>;

/**
 * Connects to where a provider leads, be it by a redirect, a playlist or a list of logos, and to nothing that it has no
 * business with: no address of this machine or its networks other than the home's own. Addresses are judged as the
 * connection is made, so that no second answer of the DNS can differ.
 * @returns a connector of undici's; it fails with AppError address_inside.
 */
export function connectWithin(options: ReachOptions): buildConnector.connector {
  const reach = new Reach(options);
  const { timeout } = options;
  const connectHome = buildConnector({ timeout, lookup: reach.lookUpHome });
  const connectAway = buildConnector({ timeout, lookup: reach.lookUpAway });
  return (target, callback) => {
    if (reach.isHome(target)) return connectHome(target, callback);
    reach.settle((homeAddresses) => {
      const host = withoutBrackets(target.hostname);
      // Names are judged when they are looked up; an address never is.
      if (isIP(host) > 0 && !reach.mayGo(host, homeAddresses)) callback(inside(), null);
      else connectAway(target, callback);
    });
  };
}

/** What of the addresses that a provider leads to may be asked. */
export class Reach {
  readonly #options: ReachOptions;
  readonly #home: URL;
  readonly #lookUp: LookupFunction;
  /** As last looked up; null: not yet. */
  #addresses: readonly string[] | null;
  /** The home's name has led to the internet: whoever has it cannot make it one of ours later on (DNS rebinding). */
  #isOutside = false;

  constructor(options: ReachOptions) {
    this.#options = options;
    this.#home = new URL(options.home);
    this.#lookUp = options.lookUp ?? lookup;
    const host = withoutBrackets(this.#home.hostname);
    this.#addresses = isIP(host) ? [host] : null;
  }

  isHome({ protocol, hostname, port }: Target): boolean {
    const host = hostname.includes(':') ? `[${withoutBrackets(hostname)}]` : hostname;
    const { origin, hostname: name } = new URL(
      `${protocol}//${host}:${port || (protocol === 'https:' ? 443 : 80)}`,
    );
    return this.#options.hasNeighbours ? name === this.#home.hostname : origin === this.#home.origin;
  }

  mayGo(address: string, homeAddresses: readonly string[]): boolean {
    if (!isPrivateAddress(address)) return true;
    if (!this.#options.hasNeighbours || isMetadataAddress(address)) return false;
    return homeAddresses.some((home) => shareNetwork(home, address));
  }

  /** Calls back with the home's addresses, once they are known. */
  settle(callback: (homeAddresses: readonly string[]) => void): void {
    const isSettled = this.#addresses !== null || !this.#options.hasNeighbours;
    const go = () => callback(this.#addresses ?? []);
    if (isSettled) go();
    else this.lookUpHome(this.#home.hostname, { all: true }, go);
  }

  readonly lookUpHome: LookupFunction = (hostname, options, callback) => {
    this.#lookUpSome(hostname, options, callback, (addresses) => {
      const isPublicName = isReachableFromOutside(hostname);
      if (isPublicName && addresses.some((address) => !isPrivateAddress(address))) this.#isOutside = true;
      const good = addresses.filter((address) => !this.#isOutside || !isPrivateAddress(address));
      this.#addresses = good;
      return good;
    });
  };

  readonly lookUpAway: LookupFunction = (hostname, options, callback) => {
    this.#lookUpSome(hostname, options, callback, (addresses) =>
      addresses.filter((address) => this.mayGo(address, this.#addresses ?? [])),
    );
  };

  #lookUpSome(
    hostname: string,
    options: Parameters<LookupFunction>[1],
    callback: Parameters<LookupFunction>[2],
    choose: (addresses: readonly string[]) => readonly string[],
  ): void {
    this.#lookUp(hostname, { ...options, all: true }, (error, answers) => {
      if (error || !Array.isArray(answers)) return callback(error, []);
      const chosen = new Set(choose(answers.map(({ address }) => address)));
      const good = answers.filter(({ address }) => chosen.has(address));
      const [first] = good;
      if (!first) callback(inside(), []);
      else if (options.all) callback(null, good);
      else callback(null, first.address, first.family);
    });
  }
}

function inside(): AppError {
  return new AppError('address_inside', {}, { cause: new Error('an address of the local network') });
}

function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
