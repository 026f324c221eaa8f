/** One of the connections that the account allows at a time. It is held exactly as long as a connection is open. */
export interface Slot {
  /** What it is used for now, such as a channel's name. */
  holder: string;
  /** May be called twice. */
  release(): void;
}

/** Keeps count of the account's connections by holding them, never by adding and subtracting. */
export class Slots {
  readonly #held = new Set<Slot>();
  #capacity: number;

  /** @param capacity connections allowed at a time, at least 1. */
  constructor(capacity = 1) {
    this.#capacity = Math.max(1, capacity);
  }

  get capacity(): number {
    return this.#capacity;
  }

  /** Follows the account. Fewer than are held now only means that no new one is given. */
  set capacity(capacity: number) {
    this.#capacity = Math.max(1, capacity);
  }

  get free(): number {
    return Math.max(0, this.#capacity - this.#held.size);
  }

  /** What the open connections are used for, such as channel names. */
  get holders(): string[] {
    return [...this.#held].map((slot) => slot.holder);
  }

  /** A slot, or null if none is free. */
  take(holder: string): Slot | null {
    if (this.free === 0) return null;
    const slot: Slot = { holder, release: () => this.#held.delete(slot) };
    this.#held.add(slot);
    return slot;
  }
}
