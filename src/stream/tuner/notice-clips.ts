/** A source that has ended by itself. */
export interface EndedSource {
  /** Digest of its first bytes. */
  readonly opening: string;
  readonly bytes: number;
  /** Stream time, by the source's own clock. */
  readonly seconds: number;
  /** Seconds in which the source arrived. */
  readonly took: number;
}

/** Longest notice, seconds. */
const LONGEST = 60;
/** Most seconds of its past that live television sends at once. */
const USUAL_BURST = 6;
const KEPT = 32;

/**
 * Tells the clips in which providers show a message ("too many connections", "expired") from television that was cut off:
 * a clip arrives faster than it plays, or is identical to an earlier one.
 */
export class NoticeClips {
  readonly #seen = new Set<string>();

  /** True if the source was a notice; call it once for each source that has ended. */
  isNotice({ opening, bytes, seconds, took }: EndedSource): boolean {
    const name = `${opening} ${bytes}`;
    const isAgain = this.#seen.delete(name);
    this.#seen.add(name);
    const [oldest] = this.#seen;
    if (this.#seen.size > KEPT && oldest !== undefined) this.#seen.delete(oldest);
    return seconds < LONGEST && (isAgain || seconds > USUAL_BURST + 2 * took);
  }
}
