import { GrammyError, HttpError } from 'grammy';
import { type Clock, sleep } from '../../lib/clock.ts';

/** Before each further try, in milliseconds, where the connection broke or the service is ill. */
const PAUSES = [500, 3_000, 30_000];
/** So long a message waits for the one before it in its line, in milliseconds. */
const LONGEST_TURN = 2_000;
/** An answer that is older than this, in milliseconds, tells nobody anything any more. */
const LIFE = 2 * 60_000;

export interface Waiting {
  /** Nobody needs it any more once this is aborted. */
  readonly signal?: AbortSignal | undefined;
  /** For so long it is worth waiting, in milliseconds; 0: one try, and none while the service wants a pause. */
  readonly life?: number | undefined;
}

/** It was not sent in time, so it was not sent at all. */
export class TooLate extends Error {
  constructor() {
    super('it was dropped: the service wants a pause that is longer than it is worth waiting for');
  }
}

/**
 * Makes calls to the service, in lines: those of one line go out one after another. Where the service wants a pause, the
 * calls of that line wait it out, and no others; what gets stale meanwhile is dropped.
 */
export class Patience {
  readonly #clock: Clock;
  /** When each line may go on, by the monotonic clock. */
  readonly #holds = new Map<string, number>();
  readonly #tails = new Map<string, Promise<void>>();
  readonly #ending = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws GrammyError, HttpError, TooLate, or the signal's reason */
  async run<T>(line: string, call: () => Promise<T>, { signal, life = LIFE }: Waiting = {}): Promise<T> {
    const until = this.#clock.monotonic() + life;
    const ending = signal ? AbortSignal.any([signal, this.#ending.signal]) : this.#ending.signal;
    let failures = 0;
    for (;;) {
      await this.#waitUntil(this.#holds.get(line) ?? 0, until, ending);
      const leave = await this.#enter(line);
      try {
        if (ending.aborted) throw ending.reason;
        if (this.#isHeld(line)) continue;
        return await call();
      } catch (error) {
        const hold = pauseWanted(error);
        if (hold !== null) this.#hold(line, hold);
        if (ending.aborted) throw error;
        if (hold === null) {
          const pause = isIllness(error) ? PAUSES[failures++] : undefined;
          if (pause === undefined || this.#clock.monotonic() + pause > until) throw error;
          leave();
          await sleep(this.#clock, pause, ending);
        }
      } finally {
        leave();
      }
    }
  }

  /** Waits until a line may go on. @throws TooLate */
  async ready(line: string, { signal, life = LIFE }: Waiting = {}): Promise<void> {
    const ending = signal ? AbortSignal.any([signal, this.#ending.signal]) : this.#ending.signal;
    await this.#waitUntil(this.#holds.get(line) ?? 0, this.#clock.monotonic() + life, ending);
  }

  /** Nothing waits any longer. */
  stop(): void {
    this.#ending.abort(new TooLate());
  }

  /** Lines are many, such as one for each press: those whose pause is over are forgotten. */
  #hold(line: string, pause: number): void {
    const now = this.#clock.monotonic();
    for (const [other, until] of this.#holds) if (until <= now) this.#holds.delete(other);
    this.#holds.set(line, now + pause);
  }

  #isHeld(line: string): boolean {
    const hold = this.#holds.get(line);
    if (hold === undefined) return false;
    if (hold > this.#clock.monotonic()) return true;
    this.#holds.delete(line);
    return false;
  }

  async #waitUntil(hold: number, until: number, signal: AbortSignal): Promise<void> {
    const wait = hold - this.#clock.monotonic();
    if (wait <= 0) return;
    if (hold > until) throw new TooLate();
    await sleep(this.#clock, wait, signal);
  }

  /** Waits for those before in the line, unless one takes too long. @returns lets the next one go. */
  async #enter(line: string): Promise<() => void> {
    const before = this.#tails.get(line) ?? Promise.resolve();
    const left = new AbortController();
    const mine = before.then(() => sleep(this.#clock, LONGEST_TURN, left.signal)).catch(() => {});
    this.#tails.set(line, mine);
    void mine.then(() => {
      if (this.#tails.get(line) === mine) this.#tails.delete(line);
    });
    await before;
    return () => left.abort();
  }
}

/** Milliseconds; null where the service wants no pause. */
function pauseWanted(error: unknown): number | null {
  if (!(error instanceof GrammyError) || error.error_code !== 429) return null;
  return (error.parameters.retry_after ?? 1) * 1_000;
}

/** The same call may succeed a little later. */
function isIllness(error: unknown): boolean {
  return error instanceof HttpError || (error instanceof GrammyError && error.error_code >= 500);
}
