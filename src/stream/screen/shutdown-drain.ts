import { type Clock, sleep } from '../../lib/clock.ts';

/** Milliseconds; longer than players pause between two playlists: one segment, or half a target duration. */
const LONGEST_PAUSE = 4_000;
/** Milliseconds for players to fetch the segments of their last playlist. */
const LINGER = 400;

/**
 * Drains players so that a restart is invisible to them. FFmpeg ends at the first playlist that is refused, and for a
 * moment between two processes nobody is there to answer. So requests for playlists wait until every player has asked,
 * while the channel goes on, and are all answered at once: when players ask again, the next process is there.
 */
export class ShutdownDrain {
  readonly #clock: Clock;
  #askedAt = Number.NEGATIVE_INFINITY;
  #answer: PromiseWithResolvers<void> | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A player asks for a playlist; resolves when it may be answered. */
  async asked(): Promise<void> {
    this.#askedAt = this.#clock.monotonic();
    await this.#answer?.promise;
  }

  /** Keeps players waiting from now on. Resolves once all of them wait; at once if there is none. */
  async begin(): Promise<void> {
    this.#answer = Promise.withResolvers();
    if (this.#isAnybodyHere) await sleep(this.#clock, LONGEST_PAUSE);
  }

  /** Answers the waiting players. Resolves once they have had the time to fetch the listed segments. */
  async end(): Promise<void> {
    this.#answer?.resolve();
    if (this.#isAnybodyHere) await sleep(this.#clock, LINGER);
  }

  get #isAnybodyHere(): boolean {
    return this.#clock.monotonic() - this.#askedAt <= LONGEST_PAUSE;
  }
}
