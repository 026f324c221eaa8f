import { GrammyError, HttpError } from 'grammy';
import { type Clock, sleep } from '../../lib/clock.ts';

/** Milliseconds before each further try after a broken connection or a server error. */
const PAUSES = [500, 3_000, 30_000];
/** Milliseconds that a call waits for the one before it in its line. */
const LONGEST_TURN = 2_000;
/** Milliseconds after which an answer is useless. */
const LIFE = 2 * 60_000;

export interface CallOptions {
  /** Aborted when the call is no longer needed. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds to wait at most; 0 for a single try, and none during a pause that the service asks for. */
  readonly life?: number | undefined;
}

/** The call was dropped because it could not be made in time. */
export class CallDropped extends Error {
  constructor() {
    super('it was dropped: the service wants a pause that is longer than it is worth waiting for');
  }
}

/**
 * Makes calls to the service in lines; the calls of one line go out one after another. A pause that the service asks for
 * holds up only the calls of that line, and calls that become stale meanwhile are dropped.
 */
export class CallQueue {
  readonly #clock: Clock;
  /** When each line may go on, in monotonic milliseconds. */
  readonly #holds = new Map<string, number>();
  readonly #tails = new Map<string, Promise<void>>();
  readonly #ending = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws GrammyError, HttpError, CallDropped, or the signal's reason */
  async run<T>(line: string, call: () => Promise<T>, { signal, life = LIFE }: CallOptions = {}): Promise<T> {
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
          const pause = isTransient(error) ? PAUSES[failures++] : undefined;
          if (pause === undefined || this.#clock.monotonic() + pause > until) throw error;
          leave();
          await sleep(this.#clock, pause, ending);
        }
      } finally {
        leave();
      }
    }
  }

  /** Waits until a line may go on. @throws CallDropped */
  async ready(line: string, { signal, life = LIFE }: CallOptions = {}): Promise<void> {
    const ending = signal ? AbortSignal.any([signal, this.#ending.signal]) : this.#ending.signal;
    await this.#waitUntil(this.#holds.get(line) ?? 0, this.#clock.monotonic() + life, ending);
  }

  /** Drops all waiting calls. */
  stop(): void {
    this.#ending.abort(new CallDropped());
  }

  /** Pauses a line. Forgets lines whose pause is over, since every press has a line of its own. */
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
    if (hold > until) throw new CallDropped();
    await sleep(this.#clock, wait, signal);
  }

  /** Waits for the calls before it in the line, two seconds each at most. @returns a function that releases the next. */
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

/** The pause that the service asks for, in milliseconds; null for other errors. */
function pauseWanted(error: unknown): number | null {
  if (!(error instanceof GrammyError) || error.error_code !== 429) return null;
  return (error.parameters.retry_after ?? 1) * 1_000;
}

/** Whether the same call may succeed a little later. */
function isTransient(error: unknown): boolean {
  return error instanceof HttpError || (error instanceof GrammyError && error.error_code >= 500);
}
