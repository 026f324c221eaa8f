import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { PrivateLink } from '../domain/private-link.ts';
import {
  type ChannelMove,
  channelIdColumn,
  moveRows,
  rememberedIn,
  type StoredChannel,
} from './channel-moves.ts';

/** A private link to store. */
export interface NewLink extends Omit<PrivateLink, 'id' | 'lastUsedAt'> {
  readonly tokenHash: string;
}

const row = z.object({
  id: z.number(),
  person: z.string(),
  person_name: z.string(),
  channel_id: channelIdColumn,
  channel_name: z.string(),
  created_at: z.number(),
  expires_at: z.number(),
  last_used_at: z.number().nullable(),
  past_from: z.number().nullable(),
  past_to: z.number().nullable(),
});

/** The private links. A live link is neither expired nor revoked. */
export class StoredPrivateLinks {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Stores a link. @returns its id. */
  add({ tokenHash, person, channelId, channelName, past, createdAt, expiresAt }: NewLink): number {
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO links
           (token_hash, person, person_name, channel_id, channel_name, past_from, past_to, created_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        ...[tokenHash, person.id, person.name, channelId, channelName],
        ...[past?.from ?? null, past?.to ?? null, createdAt, expiresAt],
      );
    return Number(lastInsertRowid);
  }

  findLive(tokenHash: string, now: number): PrivateLink | null {
    const found = this.#database
      .prepare('SELECT * FROM links WHERE token_hash = ? AND expires_at > ? AND revoked_at IS NULL')
      .get(tokenHash, now);
    return found === undefined ? null : toLink(found);
  }

  /** A person's live links, newest first. @param person null for everybody's. */
  liveOf(person: string | null, now: number): PrivateLink[] {
    return this.#database
      .prepare(
        `SELECT * FROM links WHERE person = ifnull(:person, person) AND expires_at > :now AND revoked_at IS NULL
         ORDER BY created_at DESC, id DESC`,
      )
      .all({ person, now })
      .map(toLink);
  }

  used(id: number, now: number): void {
    this.#database.prepare('UPDATE links SET last_used_at = ? WHERE id = ?').run(now, id);
  }

  revoke(id: number, now: number): void {
    this.#database.prepare('UPDATE links SET revoked_at = ? WHERE id = ?').run(now, id);
  }

  /** Deletes the links that expired before this time. */
  forget(before: number): void {
    this.#database.prepare('DELETE FROM links WHERE expires_at < ?').run(before);
  }

  /** The channels of all links, each once. */
  remembered(): StoredChannel[] {
    return rememberedIn(this.#database, 'links');
  }

  /** Makes links follow channels that the provider has given other ids. */
  move(moves: readonly ChannelMove[]): void {
    const statements = {
      arrive: 'UPDATE links SET channel_id = :id, channel_name = :name WHERE channel_id = :placeholder',
    };
    moveRows(this.#database, 'links', statements, moves);
  }
}

function toLink(found: unknown): PrivateLink {
  const link = row.parse(found);
  const { past_from: from, past_to: to } = link;
  return {
    id: link.id,
    person: { id: link.person, name: link.person_name },
    channelId: link.channel_id,
    channelName: link.channel_name,
    past: from === null || to === null ? null : { from, to },
    createdAt: link.created_at,
    expiresAt: link.expires_at,
    lastUsedAt: link.last_used_at,
  };
}
