import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { ChannelId } from '../domain/ids.ts';
import {
  type ChannelMove,
  channelIdColumn,
  moveRows,
  type StoredChannel,
  toStoredChannel,
} from './channel-moves.ts';

/** 1 to 99 are screens. */
const FIRST = 100;
/** More keys than are minted between two backups, and than a list has channels. */
const LOST = 1_000_000;
/** Rows that are read at once. */
const PAGE = 500;

/** A channel with its key. */
export interface KeyedChannel extends StoredChannel {
  readonly key: number;
}

const keyRow = z.object({ key: z.number() });
const highestRow = z.object({ key: z.number().nullable() });
const idRow = z.object({ channel_id: channelIdColumn.nullable() });

/**
 * The integers by which buttons, /start payloads and output addresses name channels. A key never comes to mean another
 * channel, so no row is ever deleted.
 */
export class ChannelKeys {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** The channel's key, minted at the first call. Of several the oldest. */
  keyOf(channel: StoredChannel): number {
    return this.#keyFinder()(channel);
  }

  /**
   * The keys of many channels, minted in one transaction where they are missing. The caller bounds how many there are, since
   * all of it is done at once.
   */
  keysOf(channels: readonly StoredChannel[]): number[] {
    this.#database.exec('BEGIN');
    try {
      const keys = channels.map(this.#keyFinder());
      this.#database.exec('COMMIT');
      return keys;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** A further key of a channel, which is none of these. */
  mint({ channelId, channelName }: StoredChannel, except: ReadonlySet<number>): number {
    let key = Math.max(FIRST, (this.highest() ?? 0) + 1);
    while (except.has(key)) key++;
    this.#database
      .prepare('INSERT INTO channel_keys (key, channel_id, channel_name) VALUES (?, ?, ?)')
      .run(key, channelId, channelName);
    return key;
  }

  #keyFinder(): (channel: StoredChannel) => number {
    const find = this.#database.prepare(
      'SELECT min(key) AS key FROM channel_keys WHERE channel_id = ? HAVING key IS NOT NULL',
    );
    const mint = this.#database.prepare(
      `INSERT INTO channel_keys (key, channel_id, channel_name)
       VALUES ((SELECT ifnull(max(key) + 1, ${FIRST}) FROM channel_keys), ?, ?) RETURNING key`,
    );
    return ({ channelId, channelName }) =>
      keyRow.parse(find.get(channelId) ?? mint.get(channelId, channelName)).key;
  }

  /** A page of the keys that mean a channel, in their order. @param after the last key of the page before; 0 for the first one. */
  page(after: number, limit: number): KeyedChannel[] {
    return this.#database
      .prepare(
        `SELECT key, channel_id, channel_name FROM channel_keys
         WHERE key > ? AND channel_id IS NOT NULL ORDER BY key LIMIT ?`,
      )
      .all(after, limit)
      .map((row) => ({ key: keyRow.parse(row).key, ...toStoredChannel(row) }));
  }

  /** Skips the keys that were lost with a damaged database, so that none of them comes to mean another channel. */
  skipLost(): void {
    this.#database
      .prepare(
        `INSERT INTO channel_keys (key, channel_id, channel_name)
         VALUES ((SELECT ifnull(max(key), ${FIRST}) + ${LOST} FROM channel_keys), NULL, '')`,
      )
      .run();
  }

  /** The highest key that was ever minted; null if there is none. */
  highest(): number | null {
    return highestRow.parse(this.#database.prepare('SELECT max(key) AS key FROM channel_keys').get()).key;
  }

  /** Skips all keys up to this one, which another database has minted. */
  skipTo(key: number): void {
    if ((this.highest() ?? 0) >= key) return;
    this.#database
      .prepare("INSERT INTO channel_keys (key, channel_id, channel_name) VALUES (?, NULL, '')")
      .run(key);
  }

  /** The channel that a key means; null for a key that was never minted, or whose channel has left for good. */
  channelOf(key: number): ChannelId | null {
    const found = this.#database.prepare('SELECT channel_id FROM channel_keys WHERE key = ?').get(key);
    return found === undefined ? null : idRow.parse(found).channel_id;
  }

  /** All channels that have a key, one after the other, since there may be as many as a list has. */
  *remembered(): Generator<StoredChannel> {
    for (let after = 0; ; ) {
      const page = this.page(after, PAGE);
      for (const { channelId, channelName } of page) yield { channelId, channelName };
      const last = page.at(-1);
      if (!last) return;
      after = last.key;
    }
  }

  /** Makes keys follow channels that the provider has given other ids. */
  move(moves: readonly ChannelMove[]): void {
    moveRows(
      this.#database,
      'channel_keys',
      {
        arrive:
          'UPDATE channel_keys SET channel_id = :id, channel_name = :name WHERE channel_id = :placeholder',
        end: 'UPDATE channel_keys SET channel_id = NULL WHERE channel_id = :id AND channel_name = :name',
      },
      moves,
    );
  }
}
