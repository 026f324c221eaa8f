import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Asker } from '../domain/actor.ts';

const row = z.object({
  id: z.number(),
  channel_id: z.number(),
  channel_name: z.string(),
  person: z.string().nullable(),
  person_name: z.string().nullable(),
  started_at: z.number(),
  ended_at: z.number().nullable(),
});
const channelRow = z.object({ channel_id: z.number(), channel_name: z.string() });

/** A channel that was on the shared screen. Times are epoch milliseconds. */
export interface HistoryEntry extends WatchedChannel {
  readonly id: number;
  /** Null if it is not known. */
  readonly askedBy: Asker | null;
  readonly startedAt: number;
  /** Null while it is on air. */
  readonly endedAt: number | null;
}

/** A channel by its id and its name at that time. */
export interface WatchedChannel {
  readonly channelId: number;
  readonly channelName: string;
}

const MOST = 10_000;
/** The number of latest entries from which `popular` counts. */
const LATELY = 500;

/** The last 10,000 channels on the shared screen, with the time and the person who asked. */
export class History {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Adds an entry. @returns its id. */
  begin({ channelId, channelName, askedBy, startedAt }: Omit<HistoryEntry, 'id' | 'endedAt'>): number {
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO history (channel_id, channel_name, person, person_name, started_at) VALUES (?, ?, ?, ?, ?)`,
      )
      .run(channelId, channelName, askedBy?.id ?? null, askedBy?.name ?? null, startedAt);
    const id = Number(lastInsertRowid);
    this.#database.prepare('DELETE FROM history WHERE id <= ?').run(id - MOST);
    return id;
  }

  /** Ends an entry, not before its start. */
  end(id: number, endedAt: number): void {
    this.#database.prepare('UPDATE history SET ended_at = max(?, started_at) WHERE id = ?').run(endedAt, id);
  }

  /** The entries without an end: on air now, or when the last process died. */
  open(): HistoryEntry[] {
    return this.#database
      .prepare('SELECT * FROM history WHERE ended_at IS NULL ORDER BY id')
      .all()
      .map(toEntry);
  }

  /** The latest entries, newest first. */
  latest(limit: number): HistoryEntry[] {
    return this.#database.prepare('SELECT * FROM history ORDER BY id DESC LIMIT ?').all(limit).map(toEntry);
  }

  /** The channels that a person chose, each once, the latest first. */
  recentOf(person: string, limit: number): WatchedChannel[] {
    return this.#database
      .prepare(
        `SELECT channel_id, channel_name, max(started_at) AS last FROM history WHERE person = ?
         GROUP BY channel_id ORDER BY last DESC LIMIT ?`,
      )
      .all(person, limit)
      .map(toChannel);
  }

  /** The channels that were chosen more than once lately, the most frequent first. */
  popular(limit: number): WatchedChannel[] {
    return this.#database
      .prepare(
        `SELECT channel_id, channel_name, count(*) AS times, max(id) AS last
         FROM (SELECT * FROM history ORDER BY id DESC LIMIT ${LATELY})
         GROUP BY channel_id HAVING times > 1 ORDER BY times DESC, last DESC LIMIT ?`,
      )
      .all(limit)
      .map(toChannel);
  }
}

function toEntry(value: unknown): HistoryEntry {
  const {
    id,
    person,
    person_name: name,
    started_at: startedAt,
    ended_at: endedAt,
    ...channel
  } = row.parse(value);
  const askedBy = person === null ? null : { id: person, name: name ?? '?' };
  return { id, ...toChannel(channel), askedBy, startedAt, endedAt };
}

function toChannel(value: unknown): WatchedChannel {
  const { channel_id: channelId, channel_name: channelName } = channelRow.parse(value);
  return { channelId, channelName };
}
