import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/** The groups of one bot that are kept; the ones that joined first are forgotten, since anybody can add a bot to groups. */
const MOST = 200;

const row = z.object({ id: z.string(), title: z.string(), former_id: z.string().nullable() });

/** A group that a Telegram bot is in. */
export interface TelegramGroup {
  readonly id: string;
  readonly title: string;
  /** The id that it had before it became a supergroup; null if it did not. */
  readonly formerId: string | null;
}

/** The groups that Telegram bots are in, which Telegram does not list. Bots are given by their ids. */
export class TelegramGroups {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** The groups of a bot, by title. */
  of(bot: string): TelegramGroup[] {
    return this.#database
      .prepare(
        `SELECT id, title, (SELECT old_id FROM chat_moves WHERE new_id = id) AS former_id
         FROM telegram_groups WHERE bot = ? ORDER BY title, id`,
      )
      .all(bot)
      .map((found) => {
        const { former_id: formerId, ...rest } = row.parse(found);
        return { ...rest, formerId };
      });
  }

  /** Stores a group, or its new title. */
  put(bot: string, { id, title }: Pick<TelegramGroup, 'id' | 'title'>, now: number): void {
    this.#database
      .prepare(
        `INSERT INTO telegram_groups (bot, id, title, joined_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (bot, id) DO UPDATE SET title = excluded.title`,
      )
      .run(bot, id, title, now);
    this.#database
      .prepare(
        `DELETE FROM telegram_groups WHERE bot = ?1 AND id NOT IN
           (SELECT id FROM telegram_groups WHERE bot = ?1 ORDER BY joined_at DESC, rowid DESC LIMIT ?2)`,
      )
      .run(bot, MOST);
  }

  forget(bot: string, id: string): void {
    this.#database.prepare('DELETE FROM telegram_groups WHERE bot = ? AND id = ?').run(bot, id);
  }

  /** Gives a group that became a supergroup its new id. */
  move(bot: string, from: string, to: string): void {
    this.#database
      .prepare('UPDATE OR REPLACE telegram_groups SET id = ? WHERE bot = ? AND id = ?')
      .run(to, bot, from);
  }
}
