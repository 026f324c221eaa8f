import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { type Language, languages } from '../domain/actor.ts';

/** What a place of a chat is told about: events whose names have these words. */
export interface Follow {
  /** As in `Place`. */
  readonly place: string;
  /** The language in which the place is told. */
  readonly language: Language;
  /** Folded words. */
  readonly words: string;
}

const row = z.object({ place: z.string(), language: z.enum(languages), words: z.string() });

/** The events that places follow. */
export class Follows {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** In the order in which they were added. */
  all(): Follow[] {
    return this.#database
      .prepare('SELECT place, language, words FROM follows ORDER BY added_at, rowid')
      .all()
      .map((found) => row.parse(found));
  }

  /** The words that a place follows. */
  of(place: string): string[] {
    return this.all()
      .filter((follow) => follow.place === place)
      .map(({ words }) => words);
  }

  /** Adds words; adding them again changes nothing but the language. */
  add({ place, language, words }: Follow, now: number): void {
    this.#database
      .prepare(
        `INSERT INTO follows (place, language, words, added_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (place, words) DO UPDATE SET language = excluded.language`,
      )
      .run(place, language, words, now);
  }

  remove(place: string, words: string): void {
    this.#database.prepare('DELETE FROM follows WHERE place = ? AND words = ?').run(place, words);
  }

  /** Forgets a place, which is no more. */
  forget(place: string): void {
    this.#database.prepare('DELETE FROM follows WHERE place = ?').run(place);
  }

  /** Makes a place's words those of another one, which has taken its place. */
  move(from: string, to: string): void {
    this.#database.prepare('UPDATE OR REPLACE follows SET place = ? WHERE place = ?').run(to, from);
  }
}
