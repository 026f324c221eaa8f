import type { Clock } from '../../lib/clock.ts';

/** Milliseconds; longer than any player waits between two playlists. */
export const VIEWER_PATIENCE = 20_000;
/** Milliseconds for which the count of an edge is believed: three of its reports. */
const REPORT_PATIENCE = 45_000;

/** Counts the viewers of a screen: players that fetched a playlist lately, here or on an edge, and open connections. */
export class Viewers {
  readonly #clock: Clock;
  /** Until when each player counts, monotonic milliseconds. */
  readonly #seenUntil = new Map<string, number>();
  readonly #connections = new Set<{ readonly id: string }>();
  /** What each edge said last. */
  readonly #reports = new Map<string, { readonly count: number; readonly at: number }>();
  /** When an edge last fetched a playlist for somebody. */
  #edgeAsked = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get count(): number {
    const now = this.#clock.monotonic();
    for (const [id, until] of this.#seenUntil) if (until < now) this.#seenUntil.delete(id);
    return this.#seenUntil.size + this.#connections.size + this.atEdges;
  }

  /** How many fetch their playlists from an edge, as edges have said lately, or one where none has; their ids are not known. */
  get atEdges(): number {
    const since = this.#clock.monotonic() - REPORT_PATIENCE;
    let sum = 0;
    for (const [edge, { count, at }] of this.#reports) {
      if (at < since) this.#reports.delete(edge);
      else sum += count;
    }
    return sum > 0 || this.#edgeAsked < this.#clock.monotonic() - VIEWER_PATIENCE ? sum : 1;
  }

  /** The ids of the players that fetched a playlist lately. */
  get ids(): string[] {
    const now = this.#clock.monotonic();
    return [...this.#seenUntil].flatMap(([id, until]) => (until < now ? [] : id));
  }

  /** The ids of all players, also of those with an open connection, where they are known. */
  get players(): string[] {
    return [...this.ids, ...[...this.#connections].map(({ id }) => id)];
  }

  /**
   * A player fetched a playlist, or said that it plays.
   * @param id the same for every request of one player
   * @param patience milliseconds for which it counts
   */
  seen(id: string, patience = VIEWER_PATIENCE): void {
    this.#seenUntil.set(id, this.#clock.monotonic() + patience);
  }

  /** A player has left and said so. */
  left(id: string): void {
    this.#seenUntil.delete(id);
  }

  /** An edge fetched a playlist, so somebody watches there. */
  askedByEdge(): void {
    this.#edgeAsked = this.#clock.monotonic();
  }

  /** An edge has said how many players fetch their playlists there. */
  reported(edge: string, count: number): void {
    if (count === 0) this.#reports.delete(edge);
    else this.#reports.set(edge, { count, at: this.#clock.monotonic() });
  }

  /**
   * A continuous connection was opened; call the returned function when it ends (a second call does nothing).
   * @param id as in `seen`, where it is known.
   */
  connected(id = ''): () => void {
    const connection = { id };
    this.#connections.add(connection);
    return () => void this.#connections.delete(connection);
  }
}
