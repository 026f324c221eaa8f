import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { AppError } from '../../domain/errors.ts';
import { isOwnNetwork } from '../../lib/own-networks.ts';
import {
  isLoopback,
  isMetadataAddress,
  isPrivateAddress,
  isReachableFromOutside,
  shareNetwork,
} from '../../lib/private-address.ts';

export interface AddressGuardOptions {
  /**
   * The provider's own address from the settings, which may be anywhere; null for a list that its owner has put on this
   * machine, which may lead to this machine's networks but not to this machine.
   */
  readonly home: string | null;
  /** True if the home may lead to its neighbours in the same local network; otherwise no private address is allowed. */
  readonly hasNeighbours: boolean;
  /** Defaults to node:dns. */
  readonly lookUp?: LookupFunction;
  /** True if an address is in one of this machine's networks, even a public address. */
  readonly isNear?: (address: string) => boolean;
}

/** Connects to addresses that the guard admits, or fails with AppError address_inside. @param timeout milliseconds. */
export function connectWithin(guard: AddressGuard, timeout: number): buildConnector.connector {
  const connect: (...[target, callback]: Parameters<buildConnector.connector>) => Promise<void> = async (
    target,
    callback,
  ) => {
    const { protocol, hostname, port } = target;
    const host = hostname.includes(':') ? `[${withoutBrackets(hostname)}]` : hostname;
    try {
      const lookUp = await guard.admit(new URL(`${protocol}//${host}${port && `:${port}`}`));
      buildConnector({ timeout, lookup: lookUp })(target, callback);
    } catch (error) {
      callback(error as Error, null);
    }
  };
  return (target, callback) => void connect(target, callback);
}

/**
 * Guards requests to addresses that a provider names in redirects, playlists and lists of logos: it refuses every address
 * of this machine and its networks except the home's own. It checks addresses when a connection is made, so that a second
 * DNS answer cannot differ.
 */
export class AddressGuard {
  readonly #options: AddressGuardOptions;
  readonly #home: URL | null;
  readonly #lookUp: LookupFunction;
  readonly #isNear: (address: string) => boolean;
  /** The home's addresses at the last lookup; null before the first. */
  #addresses: readonly string[] | null;
  /** True once the home's name has led to a public address; its owner cannot turn it inside later (DNS rebinding). */
  #isOutside = false;

  constructor(options: AddressGuardOptions) {
    this.#options = options;
    this.#home = options.home === null ? null : new URL(options.home);
    this.#lookUp = options.lookUp ?? lookup;
    this.#isNear = options.isNear ?? ((address) => isOwnNetwork(address));
    const host = withoutBrackets(this.#home?.hostname ?? '');
    this.#addresses = isIP(host) ? [host] : null;
  }

  /**
   * Checks an address before a connection to it.
   * @returns a lookup for net.connect, which checks the addresses that the name resolves to.
   * @throws AppError address_inside
   */
  async admit(address: URL): Promise<LookupFunction> {
    if (this.#isHome(address)) return this.#lookUpHome;
    if (!this.#addresses && this.#options.hasNeighbours) await this.#findHome();
    const host = withoutBrackets(address.hostname);
    // net.connect does not look up an IP address, so it is checked here.
    if (isIP(host) > 0 && !this.#mayGo(host)) throw inside();
    return this.#lookUpAway;
  }

  #isHome({ origin, hostname }: URL): boolean {
    return this.#options.hasNeighbours ? hostname === this.#home?.hostname : origin === this.#home?.origin;
  }

  /** Resolves once the home's addresses are known or the lookup has failed. */
  #findHome(): Promise<void> {
    const { hostname } = this.#home ?? {};
    if (hostname === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      this.#lookUpHome(hostname, { all: true }, () => resolve());
    });
  }

  #mayGo(address: string): boolean {
    if (!this.#isInside(address)) return true;
    if (!this.#options.hasNeighbours || isMetadataAddress(address)) return false;
    if (!this.#home) return !isLoopback(address) && !/^(?:0\.0\.0\.0|::)$|^::ffff:/i.test(address);
    // A neighbour shares a local network with the home, or both are public and near.
    const isNeighbour = (home: string) =>
      shareNetwork(home, address) ||
      (!isPrivateAddress(address) && !isPrivateAddress(home) && this.#isNear(home));
    return (this.#addresses ?? []).some(isNeighbour);
  }

  #isInside(address: string): boolean {
    return isPrivateAddress(address) || this.#isNear(address);
  }

  readonly #lookUpHome: LookupFunction = (hostname, options, callback) => {
    this.#lookUpSome(hostname, options, callback, (addresses) => {
      const isPublicName = isReachableFromOutside(hostname);
      if (isPublicName && addresses.some((address) => !this.#isInside(address))) this.#isOutside = true;
      const isGood = (address: string) =>
        !isMetadataAddress(address) && !(this.#isOutside && this.#isInside(address));
      const good = addresses.filter(isGood);
      this.#addresses = good;
      return good;
    });
  };

  readonly #lookUpAway: LookupFunction = (hostname, options, callback) => {
    this.#lookUpSome(hostname, options, callback, (addresses) =>
      addresses.filter((address) => this.#mayGo(address)),
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
