import type { AppError } from '../domain/errors.ts';
import type { ChannelId } from '../domain/ids.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import { ConnectionLimit } from './connection-limit.ts';
import type { Purpose } from './purpose.ts';

/** The use of an open connection. Its owner may change holder and purpose while it is open. */
export interface SlotUse {
  /** A name for people, such as the channel's. */
  readonly holder: string;
  readonly purpose: Purpose;
  /** Closes the connection for a more important one; resolves once it is closed. @param reason the error for its users */
  giveUp(reason: AppError): Promise<void>;
}

/** One of the connections that an account allows at a time, held exactly as long as the connection is open. */
export interface Slot {
  /** Notes that the provider has accepted the connection. */
  noteOpened(): void;
  /** May be called twice. */
  release(): void;
}

/** The connections of several accounts together. */
export type AllSlots = Pick<Slots, 'capacity' | 'free' | 'holders'>;

/** Sums slots up; accounts of one login share theirs, which count once. */
export function allSlots(several: readonly Slots[]): AllSlots {
  const each = [...new Set(several)];
  const sum = (numberOf: (slots: Slots) => number) =>
    each.reduce((total, slots) => total + numberOf(slots), 0);
  return {
    get capacity() {
      return sum(({ capacity }) => capacity);
    },
    get free() {
      return sum(({ free }) => free);
    },
    get holders() {
      return each.flatMap(({ holders }) => holders);
    },
  };
}

/** Tracks a login's open connections by holding their slots, never by adding and subtracting. */
export class Slots {
  /** Oldest first. */
  readonly #held = new Map<Slot, SlotUse>();
  readonly #open = new Set<Slot>();
  readonly limit: ConnectionLimit;

  /** @param told connections that the provider allows at a time; null if it does not tell. */
  constructor(told: number | null = null, clock: Pick<Clock, 'monotonic'> = systemClock) {
    this.limit = new ConnectionLimit(told, clock);
  }

  /** Connections allowed at a time, at least 1. If more slots are held, none is given until enough are released. */
  get capacity(): number {
    return this.limit.value;
  }

  get free(): number {
    return Math.max(0, this.capacity - this.#held.size);
  }

  /** How many connections a channel may still have. @see ConnectionLimit.valueFor */
  freeFor(channelId: ChannelId): number {
    return Math.max(0, this.limit.valueFor(channelId) - this.#held.size);
  }

  /** The number of connections that the provider has accepted. */
  get open(): number {
    return this.#open.size;
  }

  /** Uses of the open connections, oldest first. */
  get uses(): SlotUse[] {
    return [...this.#held.values()];
  }

  /** Holders of the open connections, such as channel names. */
  get holders(): string[] {
    return this.uses.map(({ holder }) => holder);
  }

  /** Takes a slot; null if none is free. */
  take(use: SlotUse): Slot | null {
    if (this.free === 0) return null;
    const slot: Slot = {
      noteOpened: () => {
        if (this.#held.has(slot)) this.#open.add(slot);
      },
      release: () => {
        this.#open.delete(slot);
        this.#held.delete(slot);
      },
    };
    this.#held.set(slot, use);
    return slot;
  }
}
