import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { roles } from '../domain/actor.ts';
import { type RecordingRule, type RuleContent, titleMatches } from '../domain/recording-rule.ts';
import {
  type ChannelMove,
  channelIdColumn,
  moveRows,
  rememberedIn,
  type StoredChannel,
} from './channel-moves.ts';

const row = z
  .object({
    id: z.number(),
    title: z.string(),
    match: z.enum(titleMatches),
    channel_id: channelIdColumn.nullable(),
    channel_name: z.string(),
    is_new_only: z.number(),
    person: z.string(),
    person_name: z.string(),
    person_role: z.enum(roles),
    created_at: z.number(),
  })
  .transform(
    (found): RecordingRule => ({
      id: found.id,
      title: found.title,
      match: found.match,
      channel: found.channel_id && { channelId: found.channel_id, channelName: found.channel_name },
      isNewOnly: found.is_new_only === 1,
      by: { id: found.person, name: found.person_name },
      role: found.person_role,
      createdAt: found.created_at,
    }),
  );

/** The rules by which programmes are recorded whenever the guide has them. */
export class RecordingRules {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Oldest first. */
  all(): RecordingRule[] {
    return this.#database
      .prepare('SELECT * FROM recording_rules ORDER BY id')
      .all()
      .map((found) => row.parse(found));
  }

  add({ title, match, channel, isNewOnly, by, role, createdAt }: Omit<RecordingRule, 'id'>): RecordingRule {
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO recording_rules (title, match, channel_id, channel_name, is_new_only, person, person_name, person_role, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        title,
        match,
        channel?.channelId ?? null,
        channel?.channelName ?? '',
        Number(isNewOnly),
        by.id,
        by.name,
        role,
        createdAt,
      );
    return { id: Number(lastInsertRowid), title, match, channel, isNewOnly, by, role, createdAt };
  }

  /** Changes what a rule records; nothing else happens where there is none. */
  change(id: number, { title, match, channel, isNewOnly }: RuleContent): void {
    this.#database
      .prepare(
        `UPDATE recording_rules SET title = ?, match = ?, channel_id = ?, channel_name = ?, is_new_only = ?
         WHERE id = ?`,
      )
      .run(title, match, channel?.channelId ?? null, channel?.channelName ?? '', Number(isNewOnly), id);
  }

  /** @returns whether there was one */
  remove(id: number): boolean {
    return this.#database.prepare('DELETE FROM recording_rules WHERE id = ?').run(id).changes > 0;
  }

  /** The channels that rules name, each once. */
  remembered(): StoredChannel[] {
    return rememberedIn(this.#database, 'recording_rules');
  }

  /** Makes the rules follow channels that the provider has given other ids. */
  move(moves: readonly ChannelMove[]): void {
    const arrive = `UPDATE recording_rules SET channel_id = :id, channel_name = :name WHERE channel_id = :placeholder`;
    moveRows(this.#database, 'recording_rules', { arrive }, moves);
  }
}
