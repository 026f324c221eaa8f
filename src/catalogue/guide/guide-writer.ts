import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import { LONGEST_OPEN_PROGRAMME } from '../../domain/channel.ts';

/** The version of the file's schema. A file of another version is made anew and not migrated, since the provider has all the data. */
export const GUIDE_VERSION = 1;

/** A programme to store. Times are epoch milliseconds. */
export interface GuideEntry {
  /** The channel's key in the guide. */
  readonly channel: string;
  readonly title: string;
  /** The title in its searchable form. */
  readonly words: string;
  readonly description: string;
  readonly start: number;
  /** Null for a programme that lasts until the next one, for three hours at most. */
  readonly stop: number | null;
}

/** Ids of the latest titles and channels in memory: guides are ordered by channel, and series repeat their titles. */
const IDS_KEPT = 20_000;

const SHAPE = `
  CREATE TABLE channels (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE titles (id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE, words TEXT NOT NULL) STRICT;
  CREATE TABLE programmes (
    id INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER,
    title INTEGER NOT NULL,
    description TEXT NOT NULL,
    UNIQUE (channel, start)
  ) STRICT;
  CREATE TABLE made (at INTEGER NOT NULL) STRICT;
`;

/** Ends each programme at the latest when the next one begins. */
const TIDY = `
  UPDATE programmes SET stop = min(coalesce(stop, start + ${LONGEST_OPEN_PROGRAMME}), coalesce(following.next, stop, start + ${LONGEST_OPEN_PROGRAMME}))
  FROM (SELECT id, lead(start) OVER (PARTITION BY channel ORDER BY start) AS next FROM programmes) AS following
  WHERE following.id = programmes.id AND (stop IS NULL OR stop > following.next);
`;

/** The tables and indexes of the search, created after all rows were inserted, which is quicker. */
const INDEX = `
  CREATE INDEX airings ON programmes (title, start, stop, channel);
  CREATE VIRTUAL TABLE title_words USING fts5(words, content='', detail=none, tokenize='ascii');
  INSERT INTO title_words (rowid, words) SELECT id, words FROM titles;
`;

/**
 * Writes a whole guide into a new file. It is a file of its own, because writing a million programmes into the main database
 * would lock it for a minute. The file is not usable before `finish`, so nothing is journalled. All calls are synchronous and
 * slow, so they run in a worker thread.
 */
export class GuideWriter {
  readonly #database: DatabaseSync;
  readonly #channel: IdOf;
  readonly #title: IdOf;
  readonly #programme: StatementSync;

  /** @param path a file that does not exist yet. */
  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec(
      `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000; ${SHAPE} BEGIN;`,
    );
    this.#channel = new IdOf(
      this.#database,
      'SELECT id FROM channels WHERE key = ?',
      'INSERT INTO channels (key) VALUES (?)',
    );
    this.#title = new IdOf(
      this.#database,
      'SELECT id FROM titles WHERE title = ?',
      'INSERT INTO titles (title, words) VALUES (?, ?)',
    );
    this.#programme = this.#database.prepare(
      'INSERT OR IGNORE INTO programmes (channel, start, stop, title, description) VALUES (?, ?, ?, ?, ?)',
    );
  }

  /** Adds a programme. If two programmes of a channel start at the same time, the first one stays. */
  add({ channel, title, words, description, start, stop }: GuideEntry): void {
    this.#programme.run(this.#channel.get(channel), start, stop, this.#title.get(title, words), description);
  }

  /** Completes the file. @returns the numbers of channels and programmes. */
  finish(madeAt: number): { channels: number; programmes: number } {
    this.#database.exec(TIDY);
    this.#database.exec(INDEX);
    this.#database.prepare('INSERT INTO made (at) VALUES (?)').run(madeAt);
    const { channels, programmes } = this.#database
      .prepare(
        'SELECT (SELECT count(*) FROM channels) AS channels, (SELECT count(*) FROM programmes) AS programmes',
      )
      .get() as { channels: number; programmes: number };
    this.#database.exec(`PRAGMA user_version = ${GUIDE_VERSION}; COMMIT;`);
    this.#database.close();
    return { channels, programmes };
  }
}

/** Looks up the id of a text in its table, and inserts a text that is new. */
class IdOf {
  readonly #known = new LRUCache<string, number>({ max: IDS_KEPT });
  readonly #select: StatementSync;
  readonly #insert: StatementSync;

  constructor(database: DatabaseSync, select: string, insert: string) {
    this.#select = database.prepare(select);
    this.#insert = database.prepare(insert);
  }

  get(text: string, ...more: string[]): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const found = this.#select.get(text)?.id;
    const id = typeof found === 'number' ? found : Number(this.#insert.run(text, ...more).lastInsertRowid);
    // A copy, since a slice keeps the whole string in memory, here a chunk of the file for each title.
    this.#known.set(Buffer.from(text).toString(), id);
    return id;
  }
}
