/** Milliseconds before each try to bring a dead source back; a cut connection is usually there again at once. */
const DELAYS: readonly number[] = [0, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000];
/** A source that was on air this long has recovered: its next failure is a new one. */
const RECOVERED_AFTER = 30_000;

/** Counts the tries to keep one channel on air. */
export class RestartPolicy {
  #failures = 0;

  /** @param onAirFor milliseconds that the source was on air before it failed. */
  failed(onAirFor: number): void {
    this.#failures = onAirFor >= RECOVERED_AFTER ? 1 : this.#failures + 1;
  }

  /** The try that is due, from 1, and how many there are; null to give up. */
  get attempt(): { number: number; of: number } | null {
    return this.delay === null ? null : { number: this.#failures, of: DELAYS.length };
  }

  /** Milliseconds to wait before the next try; null to give up. */
  get delay(): number | null {
    return DELAYS[this.#failures - 1] ?? null;
  }
}
