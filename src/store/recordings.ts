import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { type ErrorCode, errorStatus } from '../domain/errors.ts';
import { type Recording, type RecordingReason, recordingStates } from '../domain/recording.ts';
import type { Span } from '../domain/span.ts';
import {
  type ChannelMove,
  channelIdColumn,
  moveRows,
  rememberedIn,
  type StoredChannel,
} from './channel-moves.ts';

/** A recording that has no id yet. */
export type NewRecording = Omit<Recording, 'id' | 'reason' | 'holes' | 'isProtected' | 'file' | 'bytes'>;

/** What may change of a recording. */
export type RecordingChanges = Partial<Omit<Recording, 'id' | 'by' | 'createdAt'>>;

const flag = z.number().transform((value) => value === 1);
const json = <T>(schema: z.ZodType<T>) => z.string().transform((text): T => schema.parse(JSON.parse(text)));
const programme = z.object({
  title: z.string(),
  start: z.number(),
  stop: z.number(),
  subTitle: z.string().optional(),
  description: z.string().optional(),
  season: z.number().optional(),
  episode: z.number().optional(),
});
/** A code of another version means nothing here. */
const reason = z
  .object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
  .transform(
    ({ code, params }): RecordingReason => ({ code: isCode(code) ? code : 'channel_ended', params }),
  );
const holes = z
  .array(z.tuple([z.number(), z.number()]))
  .transform((list) => list.map(([from, to]): Span => ({ from, to })));

const row = z
  .object({
    id: z.number(),
    channel_id: channelIdColumn,
    channel_name: z.string(),
    title: z.string(),
    starts_at: z.number(),
    stops_at: z.number(),
    programme: json(programme).nullable(),
    is_following: flag,
    is_from_archive: flag,
    state: z.enum(recordingStates),
    reason: json(reason).nullable(),
    holes: json(holes),
    is_protected: flag,
    file: z.string().nullable(),
    bytes: z.number(),
    person: z.string(),
    person_name: z.string(),
    created_at: z.number(),
  })
  .transform(
    (found): Recording => ({
      id: found.id,
      channelId: found.channel_id,
      channelName: found.channel_name,
      title: found.title,
      start: found.starts_at,
      stop: found.stops_at,
      programme: found.programme,
      isFollowing: found.is_following,
      isFromArchive: found.is_from_archive,
      state: found.state,
      reason: found.reason,
      holes: found.holes,
      isProtected: found.is_protected,
      file: found.file,
      bytes: found.bytes,
      by: { id: found.person, name: found.person_name },
      createdAt: found.created_at,
    }),
  );

/** All recordings: those that are planned, that run, and that are over. */
export class StoredRecordings {
  readonly #database: DatabaseSync;
  readonly #changed: () => void;

  /** @param changed is called after each change. */
  constructor(database: DatabaseSync, changed: () => void = () => {}) {
    this.#database = database;
    this.#changed = changed;
  }

  /** Those that have not been removed, by when they begin. */
  all(): Recording[] {
    return this.#database
      .prepare('SELECT * FROM recordings WHERE removed_at IS NULL ORDER BY starts_at, id')
      .all()
      .map((found) => row.parse(found));
  }

  /** Also those that have been removed, by when they begin. */
  withRemoved(): Recording[] {
    return this.#database
      .prepare('SELECT * FROM recordings ORDER BY starts_at, id')
      .all()
      .map((found) => row.parse(found));
  }

  /** Null where there is none, or where it was removed. */
  find(id: number): Recording | null {
    const found = this.#database
      .prepare('SELECT * FROM recordings WHERE id = ? AND removed_at IS NULL')
      .get(id);
    return found ? row.parse(found) : null;
  }

  /** @returns its id */
  add(recording: NewRecording): number {
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO recordings (channel_id, channel_name, title, starts_at, stops_at, programme, is_following,
           is_from_archive, state, holes, is_protected, bytes, person, person_name, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '[]', 0, 0, ?, ?, ?)`,
      )
      .run(
        recording.channelId,
        recording.channelName,
        recording.title,
        recording.start,
        recording.stop,
        toJson(recording.programme),
        Number(recording.isFollowing),
        Number(recording.isFromArchive),
        recording.state,
        recording.by.id,
        recording.by.name,
        recording.createdAt,
      );
    this.#changed();
    return Number(lastInsertRowid);
  }

  /** Changes one that has not been removed; nothing else happens. */
  change(id: number, changes: RecordingChanges): void {
    const known = this.find(id);
    if (!known) return;
    const next = { ...known, ...changes };
    this.#database
      .prepare(
        `UPDATE recordings SET channel_id = ?, channel_name = ?, title = ?, starts_at = ?, stops_at = ?, programme = ?, is_following = ?,
           is_from_archive = ?, state = ?, reason = ?, holes = ?, is_protected = ?, file = ?, bytes = ? WHERE id = ?`,
      )
      .run(
        next.channelId,
        next.channelName,
        next.title,
        next.start,
        next.stop,
        toJson(next.programme),
        Number(next.isFollowing),
        Number(next.isFromArchive),
        next.state,
        toJson(next.reason),
        JSON.stringify(next.holes.map(({ from, to }) => [from, to])),
        Number(next.isProtected),
        next.file,
        next.bytes,
        id,
      );
    this.#changed();
  }

  remove(id: number, now: number): void {
    this.#database.prepare('UPDATE recordings SET removed_at = ? WHERE id = ?').run(now, id);
    this.#changed();
  }

  /** All channels that are recorded, each once. */
  remembered(): StoredChannel[] {
    return rememberedIn(this.#database, 'recordings');
  }

  /** Makes the recordings follow channels that the provider has given other ids. */
  move(moves: readonly ChannelMove[]): void {
    const statements = { arrive: 'UPDATE recordings SET channel_id = :id WHERE channel_id = :placeholder' };
    moveRows(this.#database, 'recordings', statements, moves);
    this.#changed();
  }
}

function toJson(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorStatus, code);
}
