import { type Clock, sleep } from '../../lib/clock.ts';

/** Milliseconds. Longer than players pause between two playlists: one segment, or half a target duration. */
const LONGEST_PAUSE = 4_000;
/** In which they fetch what the last playlist lists. */
const LINGER = 400;

/**
 * The end of the process, as players are not to notice it. FFmpeg ends at the first playlist that is refused, and for a
 * moment between two processes nobody is there to answer. So whoever asks for a playlist is kept waiting until everybody
 * has asked, while the channel goes on, and all are answered at once: when they ask again, the next process is there.
 */
export class ShutdownDrain {
  readonly #clock: Clock;
  #askedAt = Number.NEGATIVE_INFINITY;
  #answer: PromiseWithResolvers<void> | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A player asks for a playlist; resolves when it is to be answered. */
  async asked(): Promise<void> {
    this.#askedAt = this.#clock.monotonic();
    await this.#answer?.promise;
  }

  /** From now on players are kept waiting. Resolves once all of them do; at once where there is none. */
  async begin(): Promise<void> {
    this.#answer = Promise.withResolvers();
    if (this.#isAnybodyHere) await sleep(this.#clock, LONGEST_PAUSE);
  }

  /** Answers them. Resolves once they have had the time to fetch what is listed. */
  async end(): Promise<void> {
    this.#answer?.resolve();
    if (this.#isAnybodyHere) await sleep(this.#clock, LINGER);
  }

  get #isAnybodyHere(): boolean {
    return this.#clock.monotonic() - this.#askedAt <= LONGEST_PAUSE;
  }
}
