import type { DatabaseSync } from 'node:sqlite';
import type { ChannelId } from '../domain/ids.ts';
import {
  type ChannelMove,
  moveRows,
  rememberedIn,
  type StoredChannel,
  toStoredChannel,
} from './channel-moves.ts';

/** A channel that somebody keeps, by its id and its name: an id may change, a name seldom does. */
export interface Favourite {
  readonly channelId: ChannelId;
  readonly channelName: string;
}

/** The favourites of each person. Persons are `discord:<id>`, `telegram:<id>`, or `console` for the holder of the admin token. */
export class Favourites {
  readonly #database: DatabaseSync;
  readonly #changed: () => void;

  /** @param changed is called after each change. */
  constructor(database: DatabaseSync, changed: () => void = () => {}) {
    this.#database = database;
    this.#changed = changed;
  }

  /** A person's favourites, in the order in which they were added. */
  of(person: string): Favourite[] {
    return this.#database
      .prepare('SELECT channel_id, channel_name FROM favourites WHERE person = ? ORDER BY added_at, rowid')
      .all(person)
      .map(toFavourite);
  }

  /** Everybody's favourites, each channel once. */
  remembered(): StoredChannel[] {
    return rememberedIn(this.#database, 'favourites');
  }

  /** Adds a favourite; adding it again changes only its name. */
  add(person: string, { channelId, channelName }: Favourite, now: number): void {
    this.#database
      .prepare(
        `INSERT INTO favourites (person, channel_id, channel_name, added_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (person, channel_id) DO UPDATE SET channel_name = excluded.channel_name`,
      )
      .run(person, channelId, channelName, now);
    this.#changed();
  }

  remove(person: string, channelId: ChannelId): void {
    this.#database
      .prepare('DELETE FROM favourites WHERE person = ? AND channel_id = ?')
      .run(person, channelId);
    this.#changed();
  }

  /** Makes everybody's favourites follow channels that the provider has given other ids. */
  move(moves: readonly ChannelMove[]): void {
    const statements = {
      // A person who had both numbers has one favourite now.
      arrive:
        'UPDATE OR REPLACE favourites SET channel_id = :id, channel_name = :name WHERE channel_id = :placeholder',
    };
    moveRows(this.#database, 'favourites', statements, moves);
    this.#changed();
  }
}

function toFavourite(row: unknown): Favourite {
  return toStoredChannel(row);
}
