import { type Signal, signal } from '@preact/signals';
import { ApiError } from '../common/api.ts';

/** The pause before the next request while somebody does something elsewhere, such as adding the bot to a server. */
const WAITING_MS = 2_000;
const CALM_MS = 10_000;

interface LiveOptions<T> {
  /** Shows a failure other than a missing answer. */
  readonly onError: (error: unknown) => void;
  readonly load: () => Promise<T>;
  /** True while the page waits for something that happens elsewhere. */
  readonly isWaiting: (state: T) => boolean;
}

/** Keeps a signal at the server's state: asks again and again while the page is visible, and takes the answers to changes. */
export class LiveState<T> {
  /** True after a request without an answer. */
  readonly isAway = signal(false);

  readonly #state: Signal<T | null>;
  readonly #options: LiveOptions<T>;
  #lastChange: Promise<unknown> = Promise.resolve();
  /** Counts changes at their beginning and their end: an answer from before one of them is out of date. */
  #turn = 0;
  #isFollowed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(state: Signal<T | null>, options: LiveOptions<T>) {
    this.#state = state;
    this.#options = options;
  }

  /** Begins to ask. @returns a function that ends it */
  follow(): () => void {
    const onVisible = () => {
      if (document.visibilityState === 'visible') void this.#look();
    };
    this.#isFollowed = true;
    void this.#look();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      this.#isFollowed = false;
      clearTimeout(this.#timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }

  /** Sends a change after all earlier ones and shows its answer. @throws what `send` throws */
  change(send: () => Promise<T>): Promise<void> {
    this.#turn += 1;
    const change = this.#lastChange.then(async () => {
      try {
        this.#state.value = await send();
      } finally {
        this.#turn += 1;
        // the page may wait for something else now
        this.#schedule();
      }
    });
    this.#lastChange = change.catch(() => undefined);
    return change;
  }

  async #look(): Promise<void> {
    clearTimeout(this.#timer);
    if (document.visibilityState === 'visible') await this.#ask();
    this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (!this.#isFollowed) return;
    const state = this.#state.peek();
    const isWaiting = state === null || this.isAway.peek() || this.#options.isWaiting(state);
    this.#timer = setTimeout(() => void this.#look(), isWaiting ? WAITING_MS : CALM_MS);
  }

  async #ask(): Promise<void> {
    const turn = this.#turn;
    try {
      const answer = await this.#options.load();
      this.isAway.value = false;
      if (turn === this.#turn) this.#state.value = answer;
    } catch (error) {
      if (error instanceof ApiError && error.status === 0) this.isAway.value = true;
      else this.#options.onError(error);
    }
  }
}
