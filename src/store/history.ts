import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Asker } from '../domain/actor.ts';
import type { ChannelId, ScreenId } from '../domain/ids.ts';
import {
  type ChannelMove,
  channelIdColumn,
  moveRows,
  rememberedIn,
  type StoredChannel,
  toStoredChannel,
} from './channel-moves.ts';

const row = z.object({
  id: z.number(),
  channel_id: channelIdColumn,
  channel_name: z.string(),
  person: z.string().nullable(),
  person_name: z.string().nullable(),
  started_at: z.number(),
  ended_at: z.number().nullable(),
  past_title: z.string().nullable(),
  past_ends_at: z.number().nullable(),
});

/** A channel that was on the shared screen. Times are epoch milliseconds. */
export interface HistoryEntry extends WatchedChannel {
  readonly id: number;
  /** Null if it is not known. */
  readonly askedBy: Asker | null;
  readonly startedAt: number;
  /** Null while it is on air. */
  readonly endedAt: number | null;
  /** The past programme that was shown; null for the channel as it comes. */
  readonly past: ShownPast | null;
}

/** A past programme on a screen: its title, null where it is not known, and when it would be over if it is not ended. */
export interface ShownPast {
  readonly title: string | null;
  readonly endsAt: number;
}

/** A channel by its id and its name at that time. */
export interface WatchedChannel {
  readonly channelId: ChannelId;
  readonly channelName: string;
}

const MOST = 10_000;
/** The number of latest entries from which `popular` counts. */
const LATELY = 500;

/** The last 10,000 channels on the shared screens, with the time and the person who asked. */
export class History {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Adds an entry that has not ended. @returns its id. */
  begin(
    {
      channelId,
      channelName,
      askedBy,
      startedAt,
      past = null,
    }: Omit<HistoryEntry, 'id' | 'endedAt' | 'past'> & { readonly past?: ShownPast | null },
    screen: ScreenId,
  ): number {
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO history
           (screen, channel_id, channel_name, person, person_name, started_at, past_title, past_ends_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        ...[screen, channelId, channelName, askedBy?.id ?? null, askedBy?.name ?? null, startedAt],
        ...[past?.title ?? null, past?.endsAt ?? null],
      );
    const id = Number(lastInsertRowid);
    this.#database.prepare('DELETE FROM history WHERE id <= ?').run(id - MOST);
    return id;
  }

  /** Ends an entry, not before its start. */
  end(id: number, endedAt: number): void {
    this.#database.prepare('UPDATE history SET ended_at = max(?, started_at) WHERE id = ?').run(endedAt, id);
  }

  /** A screen's entries without an end: on air now, or when the last process died. */
  open(screen: ScreenId): HistoryEntry[] {
    return this.#database
      .prepare('SELECT * FROM history WHERE screen = ? AND ended_at IS NULL ORDER BY id')
      .all(screen)
      .map(toEntry);
  }

  /** A screen's latest entries, newest first. */
  latest(limit: number, screen: ScreenId): HistoryEntry[] {
    return this.#database
      .prepare('SELECT * FROM history WHERE screen = ? ORDER BY id DESC LIMIT ?')
      .all(screen, limit)
      .map(toEntry);
  }

  /** The channels that a person chose on any screen, each once, the latest first. */
  recentOf(person: string, limit: number): WatchedChannel[] {
    return this.#database
      .prepare(
        `SELECT channel_id, channel_name, max(started_at) AS last FROM history WHERE person = ?
         GROUP BY channel_id ORDER BY last DESC LIMIT ?`,
      )
      .all(person, limit)
      .map(toChannel);
  }

  /** The channels that were chosen more than once lately on a screen, the most frequent first. */
  popular(limit: number, screen: ScreenId): WatchedChannel[] {
    return this.#database
      .prepare(
        `SELECT channel_id, channel_name, count(*) AS times, max(id) AS last
         FROM (SELECT * FROM history WHERE screen = ? ORDER BY id DESC LIMIT ${LATELY})
         GROUP BY channel_id HAVING times > 1 ORDER BY times DESC, last DESC LIMIT ?`,
      )
      .all(screen, limit)
      .map(toChannel);
  }

  /** All channels, each once. */
  remembered(): StoredChannel[] {
    return rememberedIn(this.#database, 'history');
  }

  /** Makes entries follow channels that the provider has given other ids; they keep the name of then. */
  move(moves: readonly ChannelMove[]): void {
    const statements = {
      arrive: 'UPDATE history SET channel_id = :id WHERE channel_id = :placeholder',
    };
    moveRows(this.#database, 'history', statements, moves);
  }
}

function toEntry(value: unknown): HistoryEntry {
  const {
    id,
    person,
    person_name: name,
    started_at: startedAt,
    ended_at: endedAt,
    past_title: title,
    past_ends_at: endsAt,
    ...channel
  } = row.parse(value);
  const askedBy = person === null ? null : { id: person, name: name ?? '?' };
  const past = endsAt === null ? null : { title, endsAt };
  return { id, ...toChannel(channel), askedBy, startedAt, endedAt, past };
}

function toChannel(value: unknown): WatchedChannel {
  return toStoredChannel(value);
}
