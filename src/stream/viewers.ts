import type { Clock } from '../lib/clock.ts';

/** Longer than any player waits between two playlists. */
const HLS_PATIENCE = 20_000;
/** Longer than any player waits between two segments, which are six seconds long at most. */
const LATELY = 12_000;

/** Who is watching a broadcast (players that fetched a playlist lately, connections that are open), and where they are. */
export class Viewers {
  readonly #clock: Clock;
  readonly #lastSeen = new Map<string, number>();
  #connections = 0;
  /** What each player fetched last. */
  readonly #fetched = new Map<string, { sequence: number; at: number }>();

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

  /** A player says that it has left. */
  left(id: string): void {
    this.#lastSeen.delete(id);
  }

  /** A player fetched a segment. @param id the same for every request of one player. */
  fetched(id: string, sequence: number): void {
    this.#fetched.set(id, { sequence, at: this.#clock.monotonic() });
  }

  /** The segment that the slowest player fetched last; null where none has fetched any lately. */
  get slowest(): number | null {
    const since = this.#clock.monotonic() - LATELY;
    for (const [id, { at }] of this.#fetched) if (at < since) this.#fetched.delete(id);
    if (this.#fetched.size === 0) return null;
    return Math.min(...[...this.#fetched.values()].map(({ sequence }) => sequence));
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
