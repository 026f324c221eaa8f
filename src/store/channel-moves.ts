import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { type ChannelId, isChannelId } from '../domain/ids.ts';

/** A stored channel's id. */
export const channelIdColumn = z.custom<ChannelId>(
  (value) => typeof value === 'string' && isChannelId(value),
);

/** A channel as a row names it. */
export interface StoredChannel {
  readonly channelId: ChannelId;
  readonly channelName: string;
}

/** The provider gives a channel another id. */
export interface ChannelMove {
  readonly from: StoredChannel;
  /** Null where the channel has left and another one has its id. */
  readonly to: StoredChannel | null;
}

const channelRow = z.object({ channel_id: channelIdColumn, channel_name: z.string() });

/** A row's channel. */
export function toStoredChannel(row: unknown): StoredChannel {
  const { channel_id: channelId, channel_name: channelName } = channelRow.parse(row);
  return { channelId, channelName };
}

/** The tables whose rows name channels. */
type ChannelTable =
  | 'favourites'
  | 'history'
  | 'links'
  | 'channel_keys'
  | 'guide_matches'
  | 'channel_choices'
  | 'recordings'
  | 'recording_rules';

/** The channels that a table names, each id and name once. */
export function rememberedIn(database: DatabaseSync, table: ChannelTable): StoredChannel[] {
  return database
    .prepare(`SELECT DISTINCT channel_id, channel_name FROM ${table} WHERE channel_id IS NOT NULL`)
    .all()
    .map(toStoredChannel);
}

interface MoveStatements {
  /** Sets `:id` and, where the row is to show the present name, `:name` where a row has `:placeholder`. */
  readonly arrive: string;
  /** Changes a row that names the channel `:id`, `:name`, which has left. Without it such rows stay as they are. */
  readonly end?: string;
}

/**
 * Makes a table's rows follow their channels, all at once, since ids change hands. Doing it again changes nothing: a row
 * follows by its id and its name.
 */
export function moveRows(
  database: DatabaseSync,
  table: ChannelTable,
  statements: MoveStatements,
  moves: readonly ChannelMove[],
): void {
  const leave = database.prepare(
    `UPDATE ${table} SET channel_id = :placeholder WHERE channel_id = :id AND channel_name = :name`,
  );
  const arrive = database.prepare(statements.arrive);
  // `:name` is not in every statement.
  arrive.setAllowUnknownNamedParameters(true);
  const end = statements.end === undefined ? null : database.prepare(statements.end);
  const kept = moves.flatMap(({ from, to }) => (to ? [{ from, to }] : []));
  database.exec('BEGIN');
  try {
    for (const { from, to } of moves) if (!to) end?.run({ id: from.channelId, name: from.channelName });
    for (const [at, { from }] of kept.entries())
      leave.run({ placeholder: placeholder(at), id: from.channelId, name: from.channelName });
    for (const [at, { to }] of kept.entries())
      arrive.run({ placeholder: placeholder(at), id: to.channelId, name: to.channelName });
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** No channel's id: those have a colon. */
function placeholder(at: number): string {
  return `moving ${at}`;
}
