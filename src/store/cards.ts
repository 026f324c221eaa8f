import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { languages } from '../domain/actor.ts';
import type { Card, Posted } from '../domain/card.ts';

const row = z.object({
  place: z.string(),
  message: z.string(),
  language: z.enum(languages),
  shown: z.string(),
  posted_at: z.number(),
});

/** The cards, one for each place. */
export class Cards {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  find(place: string): Card | null {
    const found = this.#database.prepare('SELECT * FROM cards WHERE place = ?').get(place);
    return found === undefined ? null : toCard(found);
  }

  all(): Card[] {
    return this.#database.prepare('SELECT * FROM cards ORDER BY posted_at').all().map(toCard);
  }

  /** Stores a card, which replaces the place's previous one. */
  put({ place, message, language, shown, postedAt }: Card): void {
    this.#database
      .prepare(
        'INSERT OR REPLACE INTO cards (place, message, language, shown, posted_at) VALUES (?, ?, ?, ?, ?)',
      )
      .run(place, message, language, shown, postedAt);
  }

  /** Updates the digest of this message only, since another card may have replaced it. */
  setShown({ place, message }: Posted, shown: string): void {
    this.#database
      .prepare('UPDATE cards SET shown = ? WHERE place = ? AND message = ?')
      .run(shown, place, message);
  }

  /** Removes the card of this message only, since another card may have replaced it. */
  forget({ place, message }: Posted): void {
    this.#database.prepare('DELETE FROM cards WHERE place = ? AND message = ?').run(place, message);
  }
}

function toCard(found: unknown): Card {
  const { posted_at: postedAt, ...rest } = row.parse(found);
  return { ...rest, postedAt };
}
