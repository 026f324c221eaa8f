import type { LimitOrigin } from '../domain/account-in-use.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';

/** What a refusal has taught. */
interface Lesson {
  readonly limit: number;
  /** Milliseconds, monotonic. */
  readonly until: number;
  /** The refused channel, which must open with fewer connections before the lesson is believed; null: it is believed. */
  readonly doubt: ChannelId | null;
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

  constructor(told: number | null, clock: Pick<Clock, 'monotonic'>) {
    this.told = told;
    this.#clock = clock;
  }

  /** At least 1. */
  get value(): number {
    return Math.max(1, this.set ?? this.told ?? this.#current?.limit ?? this.#worked + 1);
  }

  get origin(): LimitOrigin {
    if (this.set !== null) return 'set';
    if (this.told !== null) return 'told';
    return this.#current ? 'learned' : 'assumed';
  }

  /** Takes in that a channel has opened. @param open the number of open connections, this one included */
  noteOpened(channelId: ChannelId, open: number): void {
    const lesson = this.#current;
    if (lesson?.doubt === channelId && open <= lesson.limit) {
      this.#believe(lesson.limit);
      return;
    }
    if (lesson && open > lesson.limit) this.#lesson = null;
    this.#worked = Math.max(this.#worked, open);
  }

  /**
   * Takes in that a channel was refused while others were open.
   * @param isCertain false if the channel may have been refused for itself: it must then open with fewer connections
   */
  noteRefused(channelId: ChannelId, others: number, isCertain: boolean): void {
    const lesson = this.#current;
    if (lesson?.doubt === channelId && others < lesson.limit) this.#lesson = null;
    else if (others === 0) return;
    else if (isCertain) this.#believe(others);
    else if (!lesson) this.#lesson = { limit: others, until: this.#now + DOUBTED, doubt: channelId };
  }

  /** Takes in that the provider has closed a connection for another one. @param others the number of those that stay open */
  noteReplaced(others: number): void {
    this.#believe(others);
  }

  #believe(limit: number): void {
    this.#lesson = { limit, until: this.#now + BELIEVED, doubt: null };
    this.#worked = limit;
  }

  get #current(): Lesson | null {
    return this.#lesson && this.#now < this.#lesson.until ? this.#lesson : null;
  }

  get #now(): number {
    return this.#clock.monotonic();
  }
}
