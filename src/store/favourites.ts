import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

const favourite = z.object({ channel_id: z.number(), channel_name: z.string() });

/** A favourite channel by the provider's id and name: ids may change, names seldom do. */
export interface Favourite {
  readonly channelId: number;
  readonly channelName: string;
}

/** The favourites of each person. Persons are `discord:<id>`, `telegram:<id>`, or `console` for the holder of the admin token. */
export class Favourites {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** A person's favourites, in the order in which they were added. */
  of(person: string): Favourite[] {
    return this.#database
      .prepare('SELECT channel_id, channel_name FROM favourites WHERE person = ? ORDER BY added_at, rowid')
      .all(person)
      .map(toFavourite);
  }

  /** The favourites of all people, each once. */
  all(): Favourite[] {
    return this.#database
      .prepare('SELECT DISTINCT channel_id, channel_name FROM favourites')
      .all()
      .map(toFavourite);
  }

  /** Adds a favourite; adding it again changes only its name. */
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

  /** Moves everybody's favourites to the channels' new ids. All moves happen together, since channels may swap ids. */
  move(moves: readonly { readonly from: Favourite; readonly to: Favourite }[]): void {
    const leave = this.#database.prepare(
      'UPDATE favourites SET channel_id = ? WHERE channel_id = ? AND channel_name = ?',
    );
    // A person who had both favourites keeps one of them.
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
