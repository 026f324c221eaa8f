import type { DatabaseSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { type Asker, type Language, languages, type Platform, type Role, roles } from '../domain/actor.ts';

/** What an admin has decided about somebody. */
export type Standing = Role | 'denied';

const person = z.object({
  id: z.string(),
  name: z.string(),
  language: z.enum(languages).nullable(),
  standing: z.enum([...roles, 'denied']).nullable(),
  seen_at: z.number(),
});

export interface Person extends Asker {
  /** What they chose; null: what their platform says. */
  readonly language: Language | null;
  /** Null: what the settings say. */
  readonly standing: Standing | null;
  /** Epoch milliseconds. */
  readonly seenAt: number;
}

/** Those who have ever asked for something, or were let in or shut out by name. */
export class People {
  readonly #database: DatabaseSync;
  readonly #onDecision: () => void;
  readonly #strangers = new LRUCache<string, string>({ max: 200 });

  /** @param onDecision is told when somebody's standing has changed. */
  constructor(database: DatabaseSync, onDecision: () => void = () => {}) {
    this.#database = database;
    this.#onDecision = onDecision;
  }

  /** Keeps the name of somebody whom nobody has let in yet, for when an admin does; in memory, since anybody may come by. */
  meet({ id, name }: Asker): void {
    this.#strangers.set(id, name);
  }

  /** Null where nobody of this id has come by. */
  nameOf(id: string): string | null {
    return this.find(id)?.name ?? this.#strangers.get(id) ?? null;
  }

  find(id: string): Person | null {
    const row = this.#database.prepare('SELECT * FROM people WHERE id = ?').get(id);
    return row === undefined ? null : toPerson(row);
  }

  /** Most lately seen first. */
  all(): Person[] {
    return this.#database.prepare('SELECT * FROM people ORDER BY seen_at DESC').all().map(toPerson);
  }

  /** Whether anybody on the platform was let in or shut out by name. */
  hasStandings(platform: Platform): boolean {
    return (
      this.#database
        .prepare("SELECT 1 FROM people WHERE standing IS NOT NULL AND id LIKE ? || ':%' LIMIT 1")
        .get(platform) !== undefined
    );
  }

  /** Keeps a person's name as it is now. */
  seen({ id, name }: Asker, now: number): void {
    this.#database
      .prepare(
        `INSERT INTO people (id, name, seen_at) VALUES (?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, seen_at = excluded.seen_at`,
      )
      .run(id, name, now);
  }

  setLanguage({ id, name }: Asker, language: Language | null, now: number): void {
    this.seen({ id, name }, now);
    this.#database.prepare('UPDATE people SET language = ? WHERE id = ?').run(language, id);
  }

  /** @param name where nothing was known of them yet. */
  setStanding({ id, name }: Asker, standing: Standing | null, now: number): void {
    this.#database
      .prepare(
        `INSERT INTO people (id, name, standing, seen_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET standing = excluded.standing`,
      )
      .run(id, name, standing, now);
    this.#onDecision();
  }
}

function toPerson(row: unknown): Person {
  const { seen_at: seenAt, ...rest } = person.parse(row);
  return { ...rest, seenAt };
}
