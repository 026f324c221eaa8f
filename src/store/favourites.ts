import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

const favourite = z.object({ channel_id: z.number(), channel_name: z.string() });

/** A channel that somebody keeps, by its id at the provider and its name there: an id may change, a name seldom does. */
export interface Favourite {
  readonly channelId: number;
  readonly channelName: string;
}

/** What people keep. People are `discord:<id>`, `telegram:<id>`, and `console` for whoever holds the admin token. */
export class Favourites {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** In the order in which they were added. */
  of(person: string): Favourite[] {
    return this.#database
      .prepare('SELECT channel_id, channel_name FROM favourites WHERE person = ? ORDER BY added_at, rowid')
      .all(person)
      .map(toFavourite);
  }

  /** Everybody's, each once. */
  all(): Favourite[] {
    return this.#database
      .prepare('SELECT DISTINCT channel_id, channel_name FROM favourites')
      .all()
      .map(toFavourite);
  }

  /** Adding one again changes nothing but its name. */
  add(person: string, { channelId, channelName }: Favourite, now: number): void {
    this.#database
      .prepare(
        `INSERT INTO favourites (person, channel_id, channel_name, added_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (person, channel_id) DO UPDATE SET channel_name = excluded.channel_name`,
      )
      .run(person, channelId, channelName, now);
  }

  remove(person: string, channelId: number): void {
    this.#database
      .prepare('DELETE FROM favourites WHERE person = ? AND channel_id = ?')
      .run(person, channelId);
  }

  /** The provider gives channels other ids now: everybody's favourites follow, all at once, since ids change hands. */
  move(moves: readonly { readonly from: Favourite; readonly to: Favourite }[]): void {
    const leave = this.#database.prepare(
      'UPDATE favourites SET channel_id = ? WHERE channel_id = ? AND channel_name = ?',
    );
    // Whoever had both has one of them now.
    const arrive = this.#database.prepare(
      'UPDATE OR REPLACE favourites SET channel_id = ?, channel_name = ? WHERE channel_id = ?',
    );
    this.#database.exec('BEGIN');
    try {
      for (const [at, { from }] of moves.entries()) leave.run(-1 - at, from.channelId, from.channelName);
      for (const [at, { to }] of moves.entries()) arrive.run(to.channelId, to.channelName, -1 - at);
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}

function toFavourite(row: unknown): Favourite {
  const { channel_id: channelId, channel_name: channelName } = favourite.parse(row);
  return { channelId, channelName };
}
