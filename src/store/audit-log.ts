import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Asker } from '../domain/actor.ts';
import type { AuditAction } from '../domain/audit-action.ts';

/** More are forgotten, the oldest first. */
const MOST = 10_000;

const entry = z
  .object({
    id: z.number(),
    at: z.number(),
    person: z.string(),
    person_name: z.string(),
    action: z.string(),
    detail: z.string(),
  })
  .transform(({ person, person_name: name, ...rest }): AuditEntry => ({ ...rest, by: { id: person, name } }));

export interface AuditEntry {
  readonly id: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly by: Asker;
  /** An AuditAction, of this version or of one before it. */
  readonly action: string;
  /** What it was done to; empty where the action says it all. */
  readonly detail: string;
}

export interface NewAuditEntry extends Omit<AuditEntry, 'id'> {
  readonly action: AuditAction;
}

/** Who changed what, and when. */
export class AuditLog {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  add({ at, by, action, detail }: NewAuditEntry): void {
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO audit (at, person, person_name, action, detail) VALUES (?, ?, ?, ?, ?)')
      .run(at, by.id, by.name, action, detail);
    this.#database.prepare('DELETE FROM audit WHERE id <= ?').run(Number(lastInsertRowid) - MOST);
  }

  /** Latest first. @param before an entry's id, to go on from there. */
  list(limit: number, before = Number.MAX_SAFE_INTEGER): AuditEntry[] {
    return this.#database
      .prepare('SELECT * FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?')
      .all(before, limit)
      .map((row) => entry.parse(row));
  }
}
