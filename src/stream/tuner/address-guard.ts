import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { AppError } from '../../domain/errors.ts';
import { isOwnNetwork } from '../../lib/own-networks.ts';
import {
  isMetadataAddress,
  isPrivateAddress,
  isReachableFromOutside,
  shareNetwork,
} from '../../lib/private-address.ts';

export interface AddressGuardOptions {
  /** The provider's own address, as the owner has configured it: it may be anywhere. */
  readonly home: string;
  /** Whether the home may lead to its neighbours, in the same local network; if not, to no private address at all. */
  readonly hasNeighbours: boolean;
  /** As node:dns has it. */
  readonly lookUp?: LookupFunction;
  /** Whether an address is in one of this machine's networks, though it is public. */
  readonly isNear?: (address: string) => boolean;
}

/** Connects to where a provider leads; fails with AppError address_inside. @param timeout milliseconds. */
export function connectWithin(reach: AddressGuard, timeout: number): buildConnector.connector {
  const connect: (...[target, callback]: Parameters<buildConnector.connector>) => Promise<void> = async (
    target,
    callback,
  ) => {
    const { protocol, hostname, port } = target;
    const host = hostname.includes(':') ? `[${withoutBrackets(hostname)}]` : hostname;
    try {
      const lookUp = await reach.admit(new URL(`${protocol}//${host}${port && `:${port}`}`));
      buildConnector({ timeout, lookup: lookUp })(target, callback);
    } catch (error) {
      callback(error as Error, null);
    }
  };
  return (target, callback) => void connect(target, callback);
}

/**
 * What may be asked of all that a provider leads to, be it by a redirect, a playlist or a list of logos: no address of this
 * machine or its networks other than the home's own. Addresses are judged as the connection is made, so that no second
 * answer of the DNS can differ.
 */
export class AddressGuard {
  readonly #options: AddressGuardOptions;
  readonly #home: URL;
  readonly #lookUp: LookupFunction;
  readonly #isNear: (address: string) => boolean;
  /** As last looked up; null: not yet. */
  #addresses: readonly string[] | null;
  /** The home's name has led to the internet: whoever has it cannot make it one of ours later on (DNS rebinding). */
  #isOutside = false;

  constructor(options: AddressGuardOptions) {
    this.#options = options;
    this.#home = new URL(options.home);
    this.#lookUp = options.lookUp ?? lookup;
    this.#isNear = options.isNear ?? ((address) => isOwnNetwork(address));
    const host = withoutBrackets(this.#home.hostname);
    this.#addresses = isIP(host) ? [host] : null;
  }

  /**
   * Judges an address before it is connected to.
   * @returns what to resolve its name with, as net.connect takes it: there only it can be told where a name leads.
   * @throws AppError address_inside
   */
  async admit(address: URL): Promise<LookupFunction> {
    if (this.#isHome(address)) return this.#lookUpHome;
    if (!this.#addresses && this.#options.hasNeighbours) await this.#findHome();
    const host = withoutBrackets(address.hostname);
    // Nobody looks up what is an address already.
    if (isIP(host) > 0 && !this.#mayGo(host)) throw inside();
    return this.#lookUpAway;
  }

  #isHome({ origin, hostname }: URL): boolean {
    return this.#options.hasNeighbours ? hostname === this.#home.hostname : origin === this.#home.origin;
  }

  /** Resolves once the home's addresses are known, or cannot be. */
  #findHome(): Promise<void> {
    return new Promise((resolve) => {
      this.#lookUpHome(this.#home.hostname, { all: true }, () => resolve());
    });
  }

  #mayGo(address: string): boolean {
    if (!this.#isInside(address)) return true;
    if (!this.#options.hasNeighbours || isMetadataAddress(address)) return false;
    // In a local network, or both public and near.
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
