import type { Clock } from '../../lib/clock.ts';

/** Longer than any player waits between two playlists. */
const HLS_PATIENCE = 20_000;

/** Who is watching a broadcast (players that fetched a playlist lately, connections that are open). */
export class Viewers {
  readonly #clock: Clock;
  readonly #lastSeen = new Map<string, number>();
  #connections = 0;

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
