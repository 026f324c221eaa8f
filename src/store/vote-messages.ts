import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { languages } from '../domain/actor.ts';
import type { Posted, VoteMessage } from '../domain/card.ts';

const row = z.object({ place: z.string(), message: z.string(), language: z.enum(languages) });

/** The messages of open votes, which the next process closes if this one ends before the votes. */
export class VoteMessages {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  all(): VoteMessage[] {
    return this.#database
      .prepare('SELECT place, message, language FROM vote_messages')
      .all()
      .map((found) => row.parse(found));
  }

  put({ place, message, language }: VoteMessage): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO vote_messages (place, message, language) VALUES (?, ?, ?)')
      .run(place, message, language);
  }

  forget({ place, message }: Posted): void {
    this.#database.prepare('DELETE FROM vote_messages WHERE place = ? AND message = ?').run(place, message);
  }
}
