/** May return a promise, which nobody waits for. */
export type Listener<T> = (value: T) => unknown;

/** Tells listeners of one kind of event. One that throws, or whose promise rejects, harms neither the caller nor the others. */
export class Emitter<T = void> {
  readonly #listeners = new Set<{ readonly listener: Listener<T> }>();
  readonly #onFailure: (error: unknown) => void;

  /** @param onFailure is given what a listener throws, to log it; must not throw. */
  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  /** Is told from now on; the returned function ends that. */
  subscribe(listener: Listener<T>): () => void {
    const entry = { listener };
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  emit(value: T): void {
    // A copy: a listener that subscribes anew while it is told would otherwise be told for ever.
    for (const entry of [...this.#listeners]) {
      if (this.#listeners.has(entry)) void this.#tell(entry.listener, value);
    }
  }

  /** Calls the listener before it returns, as an async function runs at once up to its first `await`. */
  async #tell(listener: Listener<T>, value: T): Promise<void> {
    try {
      await listener(value);
    } catch (error) {
      this.#onFailure(error);
    }
  }
}
