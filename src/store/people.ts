import type { DatabaseSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { type Asker, type Language, languages, type Platform, type Role, roles } from '../domain/actor.ts';

/** An admin's decision about a person. */
export type Standing = Role | 'denied';

const person = z.object({
  id: z.string(),
  name: z.string(),
  language: z.enum(languages).nullable(),
  standing: z.enum([...roles, 'denied']).nullable(),
  seen_at: z.number(),
});

/** A stored person. */
export interface Person extends Asker {
  /** The language that the person chose; null for the platform's. */
  readonly language: Language | null;
  /** Null if only the settings decide. */
  readonly standing: Standing | null;
  /** Epoch milliseconds. */
  readonly seenAt: number;
}

/** The people who have ever used a command, or about whom an admin has decided. */
export class People {
  readonly #database: DatabaseSync;
  readonly #onDecision: () => void;
  readonly #strangers = new LRUCache<string, string>({ max: 200 });

  /** @param onDecision is called when the standing of a person has changed. */
  constructor(database: DatabaseSync, onDecision: () => void = () => {}) {
    this.#database = database;
    this.#onDecision = onDecision;
  }

  /** Remembers the name of a stranger, for an admin who may allow them later. It is kept in memory only, since anybody can write to a bot. */
  meet({ id, name }: Asker): void {
    this.#strangers.set(id, name);
  }

  /** The name of a person or stranger; null for an unknown id. */
  nameOf(id: string): string | null {
    return this.find(id)?.name ?? this.#strangers.get(id) ?? null;
  }

  find(id: string): Person | null {
    const row = this.#database.prepare('SELECT * FROM people WHERE id = ?').get(id);
    return row === undefined ? null : toPerson(row);
  }

  /** Everybody, the most recently seen first. */
  all(): Person[] {
    return this.#database.prepare('SELECT * FROM people ORDER BY seen_at DESC').all().map(toPerson);
  }

  /** Whether an admin has decided about anybody on the platform. */
  hasStandings(platform: Platform): boolean {
    return (
      this.#database
        .prepare("SELECT 1 FROM people WHERE standing IS NOT NULL AND id LIKE ? || ':%' LIMIT 1")
        .get(platform) !== undefined
    );
  }

  /** Stores a person's current name and the time. */
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

  /** Stores an admin's decision. @param name used only for a person who is not stored yet. */
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
