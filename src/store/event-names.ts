import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/** An event by its name, and the series of channels that has it. */
export interface NamedEvent {
  readonly series: string;
  readonly name: string;
}

const row = z.object({ series: z.string(), name: z.string(), seen_at: z.number() });

const DAY = 24 * 3_600_000;
/** An event of the same name is a new one after this many milliseconds without it. */
const KEPT = 30 * DAY;
/** In place of a name: the series itself is known. */
const SERIES = '';

/** The events that the lists have had, so that none is new twice. */
export class EventNames {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /**
   * Notes what a list has. All of it is done at once: a list has some hundred events.
   * @param series all series of the list, also those without an event.
   * @returns those whose names are new. Of a series that was not known before, none is: it may have come with an account.
   */
  take<Event extends NamedEvent>(events: readonly Event[], series: readonly string[], now: number): Event[] {
    const rows = this.#database.prepare('SELECT series, name, seen_at FROM event_names').all();
    const known = new Map(rows.map((each) => row.parse(each)).map((each) => [keyOf(each), each.seen_at]));
    const names = new Set([...known.keys()].map((key) => key.slice(key.indexOf('\n') + 1)));
    const put = this.#database.prepare(
      'INSERT OR REPLACE INTO event_names (series, name, seen_at) VALUES (?, ?, ?)',
    );
    const fresh: Event[] = [];
    this.#database.exec('BEGIN');
    try {
      for (const event of [...events, ...series.map((each) => ({ series: each, name: SERIES }))]) {
        const seenAt = known.get(keyOf(event)) ?? 0;
        // Once a day is enough to know that it is still there.
        if (now - seenAt >= DAY) put.run(event.series, event.name, now);
      }
      this.#database.prepare('DELETE FROM event_names WHERE seen_at < ?').run(now - KEPT);
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
    for (const event of events) {
      if (names.has(event.name)) continue;
      names.add(event.name);
      if (known.has(keyOf({ series: event.series, name: SERIES }))) fresh.push(event);
    }
    return fresh;
  }
}

function keyOf({ series, name }: NamedEvent): string {
  return `${series}\n${name}`;
}
