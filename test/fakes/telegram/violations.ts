/** Something that the real service refuses or drops, or that a well-behaved bot does not do. */
export interface Violation {
  /** The call during which it was noticed; 'stop' for what was left undone. */
  readonly method: string;
  readonly text: string;
}

/** What a test asserts to be empty at its end. */
export class Violations {
  #found: Violation[] = [];

  get all(): readonly Violation[] {
    return this.#found;
  }

  add(method: string, text: string): void {
    this.#found.push({ method, text });
  }

  /** Hands out what there is and forgets it, for a test that provokes them. */
  take(): readonly Violation[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }
}
