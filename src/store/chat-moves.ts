import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

const row = z.object({ old_id: z.string(), new_id: z.string() });

/** A chat whose id changed. */
export interface ChatMove {
  readonly from: string;
  readonly to: string;
}

/** The Telegram groups that became supergroups. */
export class ChatMoves {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  all(): ChatMove[] {
    return this.#database
      .prepare('SELECT old_id, new_id FROM chat_moves')
      .all()
      .map((found) => {
        const { old_id: from, new_id: to } = row.parse(found);
        return { from, to };
      });
  }

  put({ from, to }: ChatMove, now: number): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO chat_moves (old_id, new_id, moved_at) VALUES (?, ?, ?)')
      .run(from, to, now);
  }
}
