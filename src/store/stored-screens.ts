import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { roles } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import { liveScreen, type ScreenId, screenId } from '../domain/ids.ts';
import type { ScreenChanges, ScreenFacts } from '../domain/screen-facts.ts';

const row = z.object({
  id: z.string().transform(screenId),
  number: z.number(),
  name: z.string(),
  control: z.enum(roles),
  watch: z.enum(roles).nullable(),
  removed_at: z.number().nullable(),
});

/** A screen that was removed keeps its row, and so its number. */
export interface StoredScreen extends ScreenFacts {
  /** Epoch milliseconds; null while it is there. */
  readonly removedAt: number | null;
}

/** The default screen as long as nobody has changed it. */
const live: StoredScreen = {
  id: liveScreen,
  number: 1,
  name: 'Live',
  control: 'viewer',
  watch: null,
  removedAt: null,
};
/** Numbers above are channels. */
const LAST_NUMBER = 99;

/** The screens. */
export class StoredScreens {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** In the order of their numbers, the default screen first. */
  all(): [StoredScreen, ...StoredScreen[]] {
    const rows = this.#database.prepare('SELECT * FROM screens ORDER BY number').all().map(toScreen);
    const [first = live, ...others] = rows;
    return first.id === live.id ? [first, ...others] : [live, ...rows];
  }

  /**
   * Adds a screen. One that was removed comes back under its number.
   * @throws AppError screen_exists, screens_full
   */
  add(id: ScreenId, name: string): ScreenFacts {
    const all = this.all();
    const former = all.find((screen) => screen.id === id);
    if (former?.removedAt === null) throw new AppError('screen_exists', { screen: former.name });
    const number = former?.number ?? this.#freeNumber(all);
    this.#database
      .prepare('INSERT OR REPLACE INTO screens (id, number, name) VALUES (?, ?, ?)')
      .run(id, number, name);
    return { id, number, name, control: 'viewer', watch: null };
  }

  change(id: ScreenId, { name, control, watch }: ScreenChanges): void {
    this.#database
      .prepare(
        'INSERT OR IGNORE INTO screens (id, number, name) SELECT :id, :number, :name WHERE :id = :live',
      )
      .run({ id, number: live.number, name: live.name, live: live.id });
    this.#database
      .prepare(
        `UPDATE screens SET name = coalesce(:name, name), control = coalesce(:control, control),
           watch = iif(:hasWatch, :watch, watch)
         WHERE id = :id`,
      )
      .run({
        id,
        name: name ?? null,
        control: control ?? null,
        watch: watch ?? null,
        hasWatch: watch === undefined ? 0 : 1,
      });
  }

  remove(id: ScreenId, at: number): void {
    this.#database.prepare('UPDATE screens SET removed_at = ? WHERE id = ?').run(at, id);
  }

  /** The next number; where all were given, that of the screen that was removed first. */
  #freeNumber(all: readonly StoredScreen[]): number {
    const next = Math.max(...all.map(({ number }) => number)) + 1;
    if (next <= LAST_NUMBER) return next;
    const [oldest] = all
      .filter(({ removedAt }) => removedAt !== null)
      .toSorted((one, other) => (one.removedAt ?? 0) - (other.removedAt ?? 0));
    if (!oldest) throw new AppError('screens_full', { most: LAST_NUMBER });
    this.#database.prepare('DELETE FROM screens WHERE id = ?').run(oldest.id);
    return oldest.number;
  }
}

function toScreen(found: unknown): StoredScreen {
  const { removed_at: removedAt, ...facts } = row.parse(found);
  return { ...facts, removedAt };
}
