/** A source is in the present once it sends less media than this each second … */
const PAST_SPEED = 2;
/** … measured over this many seconds. */
const CHECKED_OVER = 0.1;
/** Seconds after which the rest of a past is not waited for. */
const LONGEST = 0.8;

/**
 * Tells the past that a source sends at first, all at once, from the present. Providers begin with a few seconds of
 * past; players that have a reserve would be that much further behind after each switch.
 */
export class CatchUp {
  readonly #isWanted: () => boolean;
  #state: 'new' | 'past' | 'present' = 'new';
  #since = 0;
  #checkedAt = 0;
  #mediaThen = 0;

  /** @param isWanted asked with the first frame: whether to tell the past from the present at all. */
  constructor(isWanted: () => boolean) {
    this.#isWanted = isWanted;
  }

  /** Whether a frame is still of the past. @param media seconds of media since the first frame. @param now seconds, monotonic. */
  isPast(media: number, now: number): boolean {
    if (this.#state === 'new') {
      this.#state = this.#isWanted() ? 'past' : 'present';
      this.#since = now;
      this.#checkAgainFrom(media, now);
    }
    if (this.#state === 'present') return false;
    const passed = now - this.#checkedAt;
    if (passed >= CHECKED_OVER) {
      const isOver = media - this.#mediaThen < PAST_SPEED * passed;
      if (isOver || now - this.#since >= LONGEST) this.#state = 'present';
      this.#checkAgainFrom(media, now);
    }
    return this.#state === 'past';
  }

  #checkAgainFrom(media: number, now: number): void {
    this.#checkedAt = now;
    this.#mediaThen = media;
  }
}
