import type { LimitOrigin } from '../domain/account-in-use.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';

/** What a refusal has taught, or may have. */
interface Lesson {
  readonly limit: number;
  /** Milliseconds, monotonic. */
  readonly until: number;
}

/** Milliseconds after which one connection more is tried. */
const BELIEVED = 24 * 60 * 60_000;
/** Milliseconds in which a refused channel may prove that there were too many connections. */
const DOUBTED = 10 * 60_000;

/** How many connections a login allows at a time. Where neither the owner nor the provider tells, its refusals do. */
export class ConnectionLimit {
  readonly #clock: Pick<Clock, 'monotonic'>;
  /** What the settings say, which wins; null for nothing. */
  set: number | null = null;
  /** What the provider says; null for nothing. */
  told: number | null;
  /** The most connections that have been open at once. */
  #worked = 0;
  #lesson: Lesson | null = null;
  /** Refused channels, which may have been refused for themselves: each must open with fewer connections to be believed. */
  readonly #doubts = new Map<ChannelId, Lesson>();

  constructor(told: number | null, clock: Pick<Clock, 'monotonic'>) {
    this.told = told;
    this.#clock = clock;
  }

  /** At least 1. */
  get value(): number {
    return Math.max(1, this.set ?? this.told ?? this.#learned ?? this.#worked + 1);
  }

  /** With how many connections at most a channel is opened: fewer than others while it is in doubt. */
  valueFor(channelId: ChannelId): number {
    const isKnown = this.set !== null || this.told !== null;
    return isKnown ? this.value : Math.min(this.value, this.#doubtAbout(channelId)?.limit ?? this.value);
  }

  get origin(): LimitOrigin {
    if (this.set !== null) return 'set';
    if (this.told !== null) return 'told';
    return this.#learned === null ? 'assumed' : 'learned';
  }

  /** Takes in that a channel has opened. @param open the number of open connections, this one included */
  noteOpened(channelId: ChannelId, open: number): void {
    const doubt = this.#doubtAbout(channelId);
    this.#doubts.delete(channelId);
    // More connections work than were in doubt.
    for (const [other, { limit }] of this.#doubts) if (limit < open) this.#doubts.delete(other);
    if (doubt && open <= doubt.limit) {
      this.#believe(doubt.limit);
      return;
    }
    if (this.#lesson && open > this.#lesson.limit) this.#lesson = null;
    this.#worked = Math.max(this.#worked, open);
  }

  /**
   * Takes in that a channel was refused while others were open.
   * @param isCertain false if the channel may have been refused for itself: it must then open with fewer connections
   */
  noteRefused(channelId: ChannelId, others: number, isCertain: boolean): void {
    const doubt = this.#doubtAbout(channelId);
    this.#doubts.delete(channelId);
    if (others === 0 || (doubt && others < doubt.limit)) return;
    if (isCertain) this.#believe(others);
    else this.#doubts.set(channelId, { limit: others, until: this.#now + DOUBTED });
  }

  /** Takes in that the provider has closed a connection for another one. @param others the number of those that stay open */
  noteReplaced(others: number): void {
    this.#believe(others);
  }

  #believe(limit: number): void {
    this.#doubts.clear();
    this.#lesson = { limit, until: this.#now + BELIEVED };
    this.#worked = limit;
  }

  get #learned(): number | null {
    return this.#lesson && this.#now < this.#lesson.until ? this.#lesson.limit : null;
  }

  #doubtAbout(channelId: ChannelId): Lesson | null {
    const doubt = this.#doubts.get(channelId);
    return doubt && this.#now < doubt.until ? doubt : null;
  }

  get #now(): number {
    return this.#clock.monotonic();
  }
}
