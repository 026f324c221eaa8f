import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Asker } from '../domain/actor.ts';
import type { AuditAction } from '../domain/audit-action.ts';
import { type ScreenId, screenId } from '../domain/ids.ts';

/** The number of entries that are kept; the oldest are deleted. */
const MOST = 10_000;

const entry = z
  .object({
    id: z.number(),
    at: z.number(),
    person: z.string(),
    person_name: z.string(),
    action: z.string(),
    detail: z.string(),
    screen: z.string().transform(screenId).nullable(),
  })
  .transform(({ person, person_name: name, ...rest }): AuditEntry => ({ ...rest, by: { id: person, name } }));

/** A recorded change. */
export interface AuditEntry {
  readonly id: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly by: Asker;
  /** An AuditAction of this version or an earlier one. */
  readonly action: string;
  /** The object of the action; empty if the action needs none. */
  readonly detail: string;
  /** The screen that the action was about; null where it was about none. */
  readonly screen: ScreenId | null;
}

/** A change to record. */
export interface NewAuditEntry extends Omit<AuditEntry, 'id' | 'screen'> {
  readonly action: AuditAction;
  readonly screen?: AuditEntry['screen'];
}

/** The log of who changed what, and when. */
export class AuditLog {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  add({ at, by, action, detail, screen = null }: NewAuditEntry): void {
    const { lastInsertRowid } = this.#database
      .prepare(
        'INSERT INTO audit (at, person, person_name, action, detail, screen) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(at, by.id, by.name, action, detail, screen);
    this.#database.prepare('DELETE FROM audit WHERE id <= ?').run(Number(lastInsertRowid) - MOST);
  }

  /** The entries, newest first. @param before the id of the last entry of the previous page. */
  list(limit: number, before = Number.MAX_SAFE_INTEGER): AuditEntry[] {
    return this.#database
      .prepare('SELECT * FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?')
      .all(before, limit)
      .map((row) => entry.parse(row));
  }
}
