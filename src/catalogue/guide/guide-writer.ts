import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';

/** The shape of the file; one of another shape is made anew rather than migrated, since the provider has it all. */
export const GUIDE_VERSION = 1;

/** A programme to keep. Times are epoch milliseconds. */
export interface GuideEntry {
  /** The guide's key of the channel. */
  readonly channel: string;
  readonly title: string;
  /** The title as it is searched. */
  readonly words: string;
  readonly description: string;
  readonly start: number;
  /** Null: until the next one, though not for long. */
  readonly stop: number | null;
}

const LONGEST_UNKNOWN = 3 * 3_600_000;
/** Of the titles and channels that came last: files go channel by channel, and series repeat. */
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

/** What overlaps ends where the next one begins. */
const TIDY = `
  UPDATE programmes SET stop = min(coalesce(stop, start + ${LONGEST_UNKNOWN}), coalesce(following.next, stop, start + ${LONGEST_UNKNOWN}))
  FROM (SELECT id, lead(start) OVER (PARTITION BY channel ORDER BY start) AS next FROM programmes) AS following
  WHERE following.id = programmes.id AND (stop IS NULL OR stop > following.next);
`;

/** What search looks at; made when all is there, which is quicker. */
const INDEX = `
  CREATE INDEX airings ON programmes (title, start, stop, channel);
  CREATE VIRTUAL TABLE title_words USING fts5(words, content='', detail=none, tokenize='ascii');
  INSERT INTO title_words (rowid, words) SELECT id, words FROM titles;
`;

/**
 * Writes a whole guide into a new file. It is a file of its own, because writing a million programmes into the
 * database of everything else would lock it for a minute. Until `finish` it is of no use to anybody, so that nothing
 * is journalled. Synchronous, and long: for a worker thread.
 */
export class GuideWriter {
  readonly #database: DatabaseSync;
  readonly #channel: IdOf;
  readonly #title: IdOf;
  readonly #programme: StatementSync;

  /** @param path where nothing is yet. */
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

  /** Of two that start at once on a channel the first counts. */
  add({ channel, title, words, description, start, stop }: GuideEntry): void {
    this.#programme.run(this.#channel.get(channel), start, stop, this.#title.get(title, words), description);
  }

  /** @returns how much there is. */
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

/** The number of a text in its table, where it is put if it is new. */
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
    // A copy: a piece of a longer string keeps all of that in memory, here a chunk of the file for each title.
    this.#known.set(Buffer.from(text).toString(), id);
    return id;
  }
}
