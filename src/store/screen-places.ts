import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { type ScreenId, screenId } from '../domain/ids.ts';

const row = z.object({ place: z.string(), screen: z.string().transform(screenId) });

/** The screens that places in a chat are about; a place without a row is about the default screen. */
export class ScreenPlaces {
  readonly #database: DatabaseSync;
  /** All rows, since every command and each event of a screen looks them up. */
  readonly #known: Map<string, ScreenId>;

  constructor(database: DatabaseSync) {
    this.#database = database;
    const rows = database.prepare('SELECT place, screen FROM screen_places').all();
    this.#known = new Map(rows.map((each) => row.parse(each)).map(({ place, screen }) => [place, screen]));
  }

  /** Null for the default screen. */
  of(place: string): ScreenId | null {
    return this.#known.get(place) ?? null;
  }

  choose(place: string, screen: ScreenId): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO screen_places (place, screen) VALUES (?, ?)')
      .run(place, screen);
    this.#known.set(place, screen);
  }

  /** Makes the choice follow a place that has another id now. */
  move(from: string, to: string): void {
    const screen = this.#known.get(from);
    if (!screen) return;
    this.choose(to, screen);
    this.#database.prepare('DELETE FROM screen_places WHERE place = ?').run(from);
    this.#known.delete(from);
  }
}
