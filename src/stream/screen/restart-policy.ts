/** Milliseconds before each try to bring a dead source back; a cut connection is usually there again at once. */
const FIRST_DELAYS: readonly number[] = [0, 1_000, 2_000, 4_000];
/** Milliseconds between later tries while the outage is young, so that the picture is back within seconds. */
const OFTEN = 4_000;
const YOUNG = 130_000;
/** Milliseconds between tries of an older outage, for as long as somebody watches. */
const SELDOM = 58_000;
/** Milliseconds: a source that ends sooner after its first picture, again and again, is not reopened at once. */
const SHORT_LIFE = 5_000;

/** Least milliseconds for a try's first picture; a provider that comes back does not answer requests from before. */
const LEAST_PATIENCE = 3_000;
/** A try may take this many times as long as opening the channel took before. */
const USUAL_TIMES = 3;

/** A source with more short lives than this in a row is unsteady. */
const MOST_SHORT_LIVES = 2;

/** How a try, or a source that was on air, ended. Milliseconds, monotonic. */
export interface Failure {
  readonly now: number;
  /** How long the source gave a picture; null for a try without one. */
  readonly onAirFor: number | null;
}

/** Decides when to reopen a dead source. It never gives up, even while nobody watches. */
export class RestartPolicy {
  #failures = 0;
  #outageSince = 0;
  #delay = 0;
  #isYoung = true;
  #shortLives = 0;

  failed({ now, onAirFor }: Failure): void {
    if (onAirFor !== null || this.#failures === 0) {
      this.#failures = 0;
      this.#outageSince = now;
    }
    this.#failures++;
    const early = FIRST_DELAYS[this.#failures - 1];
    this.#isYoung = now - this.#outageSince < YOUNG;
    const late = this.#isYoung ? OFTEN : SELDOM;
    if (onAirFor !== null) this.#shortLives = onAirFor < SHORT_LIFE ? this.#shortLives + 1 : 0;
    this.#delay = onAirFor !== null && this.#shortLives > 1 ? (FIRST_DELAYS[1] ?? 0) : (early ?? late);
  }

  /** The number of the try that is due, from 1; there is no last one. */
  get attempt(): { readonly number: number; readonly of: null } {
    return { number: this.#failures, of: null };
  }

  /** True if the source gave a picture only for a moment, again and again. */
  get isUnsteady(): boolean {
    return this.#shortLives > MOST_SHORT_LIVES;
  }

  /** Milliseconds from the end of the source, or the beginning of the last try, to the try that is due. */
  get delay(): number {
    return this.#delay;
  }

  /**
   * Milliseconds after which the try that is due is given up; null for as long as it takes.
   * @param usual milliseconds that opening took before; null if it never has been opened.
   */
  patience(usual: number | null): number | null {
    if (usual === null || !this.#isYoung) return null;
    return Math.max(LEAST_PATIENCE, USUAL_TIMES * usual);
  }
}
