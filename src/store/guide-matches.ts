import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { ChannelId } from '../domain/ids.ts';
import {
  type ChannelMove,
  channelIdColumn,
  moveRows,
  rememberedIn,
  type StoredChannel,
} from './channel-moves.ts';

const row = z.object({ channel_id: channelIdColumn, guide_id: z.string().nullable() });

/** The guides that somebody has chosen for channels, by their ids in XMLTV. */
export class GuideMatches {
  readonly #database: DatabaseSync;
  /** All rows, since they are looked up for every channel. */
  #known: ReadonlyMap<ChannelId, string | null>;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#known = readAll(database);
  }

  /** The guide of a channel: null for none, undefined where nobody has chosen. */
  of(channelId: ChannelId): string | null | undefined {
    return this.#known.get(channelId);
  }

  /** Stores one guide for several channels. @param guideId null for none. */
  choose(channels: readonly StoredChannel[], guideId: string | null): void {
    const put = this.#database.prepare(
      `INSERT INTO guide_matches (channel_id, channel_name, guide_id) VALUES (?, ?, ?)
       ON CONFLICT (channel_id) DO UPDATE SET channel_name = excluded.channel_name, guide_id = excluded.guide_id`,
    );
    for (const { channelId, channelName } of channels) put.run(channelId, channelName, guideId);
    this.#known = readAll(this.#database);
  }

  /** Forgets what was chosen for channels. */
  forget(channelIds: readonly ChannelId[]): void {
    const remove = this.#database.prepare('DELETE FROM guide_matches WHERE channel_id = ?');
    for (const id of channelIds) remove.run(id);
    this.#known = readAll(this.#database);
  }

  /** All channels, each once. */
  remembered(): StoredChannel[] {
    return rememberedIn(this.#database, 'guide_matches');
  }

  /** Makes the choices follow channels that the provider has given other ids. */
  move(moves: readonly ChannelMove[]): void {
    const statements = {
      arrive:
        'UPDATE OR REPLACE guide_matches SET channel_id = :id, channel_name = :name WHERE channel_id = :placeholder',
      // The id is another channel's now, whose guide nobody has chosen.
      end: 'DELETE FROM guide_matches WHERE channel_id = :id AND channel_name = :name',
    };
    moveRows(this.#database, 'guide_matches', statements, moves);
    this.#known = readAll(this.#database);
  }
}

function readAll(database: DatabaseSync): ReadonlyMap<ChannelId, string | null> {
  const rows = database.prepare('SELECT channel_id, guide_id FROM guide_matches').all();
  return new Map(rows.map((each) => row.parse(each)).map((each) => [each.channel_id, each.guide_id]));
}
