import type { Clock } from '../lib/clock.ts';

/** Longer than any player waits between two playlists. */
const HLS_PATIENCE = 20_000;
/** Longer than any player waits between two segments: they are six seconds long at most. */
const LATELY = 8_000;

/** Who is watching a broadcast (players that fetched a playlist lately, connections that are open), and where they are. */
export class Viewers {
  readonly #clock: Clock;
  readonly #lastSeen = new Map<string, number>();
  #connections = 0;
  /** When the segment was fetched, by number, that a player has fetched last. */
  readonly #fetched = new Map<number, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get count(): number {
    const since = this.#clock.monotonic() - HLS_PATIENCE;
    for (const [id, seen] of this.#lastSeen) if (seen < since) this.#lastSeen.delete(id);
    return this.#lastSeen.size + this.#connections;
  }

  /** A player fetched a playlist. @param id the same for every request of one player. */
  seen(id: string): void {
    this.#lastSeen.set(id, this.#clock.monotonic());
  }

  /** A player fetched a segment: the one that had the segment before it, as it seems. */
  fetched(sequence: number): void {
    this.#fetched.delete(sequence - 1);
    this.#fetched.set(sequence, this.#clock.monotonic());
  }

  /** The segment that the slowest player fetched last; null where none has fetched any lately. */
  get slowest(): number | null {
    const since = this.#clock.monotonic() - LATELY;
    for (const [sequence, at] of this.#fetched) if (at < since) this.#fetched.delete(sequence);
    return this.#fetched.size > 0 ? Math.min(...this.#fetched.keys()) : null;
  }

  /** A continuous connection was opened; the returned function counts its end, once. */
  connected(): () => void {
    let open = true;
    this.#connections++;
    return () => {
      if (open) this.#connections--;
      open = false;
    };
  }
}
