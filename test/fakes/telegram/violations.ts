/** An action that the real service refuses or drops, or that a well-behaved bot avoids. */
export interface Violation {
  /** The call that caused it; 'stop' for a missing action. */
  readonly method: string;
  readonly text: string;
}

/** The list of violations, which a test expects to be empty at its end. */
export class Violations {
  #found: Violation[] = [];

  get all(): readonly Violation[] {
    return this.#found;
  }

  add(method: string, text: string): void {
    this.#found.push({ method, text });
  }

  /** Returns and clears the violations, for a test that provokes some. */
  take(): readonly Violation[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }
}
