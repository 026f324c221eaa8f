/** Receives an event; a returned promise is not awaited. */
export type Listener<T> = (value: T) => unknown;

/** Notifies listeners of one kind of event. A listener that throws or rejects harms neither the emitter's caller nor the other listeners. */
export class Emitter<T = void> {
  readonly #listeners = new Set<{ readonly listener: Listener<T> }>();
  readonly #onFailure: (error: unknown) => void;

  /** @param onFailure logs the error of a listener; must not throw. */
  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  /** Calls the listener at every event until the returned function is called. */
  subscribe(listener: Listener<T>): () => void {
    const entry = { listener };
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  emit(value: T): void {
    // A copy, since a listener that subscribes again while it is notified would otherwise be notified for ever.
    for (const entry of [...this.#listeners]) {
      if (this.#listeners.has(entry)) void this.#tell(entry.listener, value);
    }
  }

  /** Calls the listener synchronously, since an async function runs at once up to its first `await`. */
  async #tell(listener: Listener<T>, value: T): Promise<void> {
    try {
      await listener(value);
    } catch (error) {
      this.#onFailure(error);
    }
  }
}
