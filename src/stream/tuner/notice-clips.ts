/** What a source was that has ended by itself. */
export interface EndedSource {
  /** Digest of its first bytes. */
  readonly opening: string;
  readonly bytes: number;
  /** By its own clock. */
  readonly seconds: number;
  /** That it took to come. */
  readonly took: number;
}

/** Seconds; what is longer is no notice. */
const LONGEST = 60;
/** Seconds that live television may send of its past at once. */
const USUAL_BURST = 6;
const KEPT = 32;

/**
 * Tells the clips with which providers say something ("too many connections", "expired") from television that was cut: a
 * clip comes faster than it plays, or is the very same as one before.
 */
export class NoticeClips {
  readonly #seen = new Set<string>();

  /** To be asked of each source that has ended, once. */
  isNotice({ opening, bytes, seconds, took }: EndedSource): boolean {
    const name = `${opening} ${bytes}`;
    const isAgain = this.#seen.delete(name);
    this.#seen.add(name);
    const [oldest] = this.#seen;
    if (this.#seen.size > KEPT && oldest !== undefined) this.#seen.delete(oldest);
    return seconds < LONGEST && (isAgain || seconds > USUAL_BURST + 2 * took);
  }
}
