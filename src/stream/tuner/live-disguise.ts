/** Milliseconds after the first byte in which live television may send some of its past. */
const BURST_TIME = 3_000;
/** Seconds of stream time to judge by. */
const JUDGED = 10;
/** How many times as fast as it plays television may arrive to count as live. */
const LIVE_PACE = { slowest: 0.85, fastest: 1.1 };

/**
 * Recognises the live picture in an answer to a question for the past: it tells no length and arrives exactly as fast as it
 * plays, while an archive is a download. To be asked until it has a verdict, as long as the reader takes all that comes.
 */
export class LiveDisguise {
  readonly #startedAt: number;
  /** Where judging began, after the burst. */
  #mark: { readonly at: number; readonly seconds: number } | null = null;

  /** @param now milliseconds, monotonic, at the first byte. */
  constructor(now: number) {
    this.#startedAt = now;
  }

  /** @param seconds of stream time that have arrived. @returns null while that cannot be told. */
  judge(now: number, seconds: number): 'live' | 'archive' | null {
    if (now - this.#startedAt < BURST_TIME) return null;
    this.#mark ??= { at: now, seconds };
    const arrived = seconds - this.#mark.seconds;
    if (arrived < JUDGED) return null;
    const pace = arrived / ((now - this.#mark.at) / 1000);
    return pace > LIVE_PACE.slowest && pace < LIVE_PACE.fastest ? 'live' : 'archive';
  }
}
