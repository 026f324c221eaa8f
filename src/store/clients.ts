import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Client } from '../domain/client.ts';
import { type ClientKind, clientKinds } from '../domain/client-kind.ts';

/** A client to store. */
export interface NewClient {
  readonly tokenHash: string;
  readonly name: string;
  readonly kind: ClientKind;
  readonly createdAt: number;
}

const row = z
  .object({
    id: z.number(),
    name: z.string(),
    // A later version may know more kinds.
    kind: z.enum(clientKinds).catch('other'),
    created_at: z.number(),
    last_used_at: z.number().nullable(),
  })
  .transform(
    ({ id, name, kind, created_at, last_used_at }): Client => ({
      ...{ id, name, kind },
      createdAt: created_at,
      lastUsedAt: last_used_at,
    }),
  );

/** The televisions and players that have a token. Rows stay when they end, so that no id comes to mean another client. */
export class StoredClients {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Stores a client. @returns its id. */
  add({ tokenHash, name, kind, createdAt }: NewClient): number {
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO clients (token_hash, name, kind, created_at) VALUES (?, ?, ?, ?)')
      .run(tokenHash, name, kind, createdAt);
    return Number(lastInsertRowid);
  }

  /** The client with this token; null if there is none, or if it has ended. */
  find(tokenHash: string): Client | null {
    const found = this.#database
      .prepare('SELECT * FROM clients WHERE token_hash = ? AND ended_at IS NULL')
      .get(tokenHash);
    return found === undefined ? null : row.parse(found);
  }

  /** All that have not ended, in the order in which they were made. */
  list(): Client[] {
    return this.#database
      .prepare('SELECT * FROM clients WHERE ended_at IS NULL ORDER BY id')
      .all()
      .map((found) => row.parse(found));
  }

  used(id: number, now: number): void {
    this.#database.prepare('UPDATE clients SET last_used_at = ? WHERE id = ?').run(now, id);
  }

  end(id: number, now: number): void {
    this.#database.prepare('UPDATE clients SET ended_at = ? WHERE id = ?').run(now, id);
  }
}
