import type { AppError } from '../domain/errors.ts';
import type { Purpose } from './purpose.ts';

/** What an open connection is used for. Its owner may change both names while it is open. */
export interface SlotUse {
  /** A channel's name, say, for people. */
  readonly holder: string;
  readonly purpose: Purpose;
  /** Closes the connection for a more important one; resolves once it is closed. @param reason what its users are told */
  giveUp(reason: AppError): Promise<void>;
}

/** One of the connections that the account allows at a time. It is held exactly as long as a connection is open. */
export interface Slot {
  /** May be called twice. */
  release(): void;
}

/** Keeps count of the account's connections by holding them, never by adding and subtracting. */
export class Slots {
  /** Oldest first. */
  readonly #held = new Map<Slot, SlotUse>();
  #capacity: number;

  /** @param capacity connections allowed at a time, at least 1. */
  constructor(capacity = 1) {
    this.#capacity = Math.max(1, capacity);
  }

  get capacity(): number {
    return this.#capacity;
  }

  /** Follows the account. If fewer are allowed than are held, no new slot is given until enough are released. */
  set capacity(capacity: number) {
    this.#capacity = Math.max(1, capacity);
  }

  get free(): number {
    return Math.max(0, this.#capacity - this.#held.size);
  }

  /** What the open connections are used for, oldest first. */
  get uses(): SlotUse[] {
    return [...this.#held.values()];
  }

  /** Who uses the open connections, such as channel names. */
  get holders(): string[] {
    return this.uses.map(({ holder }) => holder);
  }

  /** A slot, or null if none is free. */
  take(use: SlotUse): Slot | null {
    if (this.free === 0) return null;
    const slot: Slot = { release: () => this.#held.delete(slot) };
    this.#held.set(slot, use);
    return slot;
  }
}
