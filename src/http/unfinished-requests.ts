import type { Clock } from '../lib/clock.ts';

export interface UnfinishedOptions {
  /** From one address at a time. */
  readonly most: number;
  readonly clock: Pick<Clock, 'monotonic' | 'after'>;
}

interface Entry {
  readonly since: number;
  readonly end: () => void;
}

interface Address {
  /** Oldest first. */
  readonly entries: Set<Entry>;
  cancel: (() => void) | null;
}

/** Milliseconds that anything has to finish, however many there are: a restarted proxy brings all its visitors at once. */
const GRACE = 2_000;

/**
 * Bounds what one address has begun and not finished. Where it is too much, the oldest is ended, never the newest refused:
 * whoever asks at once is served, also from an address that does both.
 */
export class Unfinished {
  readonly #options: UnfinishedOptions;
  readonly #addresses = new Map<string, Address>();

  constructor(options: UnfinishedOptions) {
    this.#options = options;
  }

  /** @param end what to do where it has to make room. @returns to be called when it is finished; more than once, if need be. */
  begin(from: string, end: () => void): () => void {
    const entry: Entry = { since: this.#options.clock.monotonic(), end };
    const address = this.#addresses.get(from) ?? { entries: new Set(), cancel: null };
    this.#addresses.set(from, address);
    address.entries.add(entry);
    this.#makeRoom(address);
    return () => {
      address.entries.delete(entry);
      if (address.entries.size > 0) return;
      address.cancel?.();
      address.cancel = null;
      if (this.#addresses.get(from) === address) this.#addresses.delete(from);
    };
  }

  #makeRoom(address: Address): void {
    const { most, clock } = this.#options;
    for (const entry of address.entries) {
      if (address.entries.size <= most) return;
      const left = entry.since + GRACE - clock.monotonic();
      if (left > 0) {
        address.cancel ??= clock.after(left, () => {
          address.cancel = null;
          this.#makeRoom(address);
        });
        return;
      }
      address.entries.delete(entry);
      entry.end();
    }
  }
}
