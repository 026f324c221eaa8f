import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { LONGEST_OPEN_PROGRAMME } from '../../domain/channel.ts';
import { foldWords } from '../names/fold.ts';
import type { ListedProgramme } from './xmltv-parser.ts';

/** The version of the file's schema. A file of another version is made anew and not migrated, since the provider has all the data. */
export const GUIDE_VERSION = 2;

/** Ids of the latest titles and channels in memory: guides are ordered by channel, and series repeat their titles. */
const IDS_KEPT = 20_000;
const COLUMNS = 6;
/** The rows of one statement. */
const ROWS = 32;

const SHAPE = `
  CREATE TABLE channels (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE titles (id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE, words TEXT NOT NULL) STRICT;
  CREATE TABLE programmes (
    channel INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER,
    title INTEGER NOT NULL,
    description TEXT NOT NULL,
    -- JSON of ProgrammeDetails; null if there are none
    details TEXT,
    PRIMARY KEY (channel, start)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE made (at INTEGER NOT NULL) STRICT;
`;

/** Ends each programme at the latest when the next one begins. */
const TIDY = `
  UPDATE programmes SET stop = min(coalesce(programmes.stop, programmes.start + ${LONGEST_OPEN_PROGRAMME}), coalesce(following.next, programmes.stop, programmes.start + ${LONGEST_OPEN_PROGRAMME}))
  FROM (
    SELECT channel, start, stop AS said, lead(start) OVER (PARTITION BY channel ORDER BY start) AS next FROM programmes
  ) AS following
  WHERE following.channel = programmes.channel AND following.start = programmes.start
    AND (following.said IS NULL OR following.said > following.next);
`;

/** The tables and indexes of the search, created after all rows were inserted, which is quicker. */
const INDEX = `
  CREATE INDEX airings ON programmes (title, stop);
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
  readonly #one: StatementSync;
  /** Inserts many rows at a time, which takes half the time. */
  readonly #several: StatementSync;
  #row: (string | number | null)[] = [];

  /** @param path a file that does not exist yet. */
  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec(
      `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000; ${SHAPE} BEGIN;`,
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
      (title) => [foldWords(title)],
    );
    this.#one = this.#database.prepare(insert(1));
    this.#several = this.#database.prepare(insert(ROWS));
  }

  /** Adds a programme. If two programmes of a channel start at the same time, the first one stays. */
  add({ channel, title, description, start, stop, details }: ListedProgramme): void {
    const text = details && JSON.stringify(details);
    this.#row.push(this.#channel.get(channel), start, stop, this.#title.get(title), description, text);
    if (this.#row.length < ROWS * COLUMNS) return;
    this.#several.run(...this.#row);
    this.#row = [];
  }

  /** Completes the file. @returns the numbers of channels and programmes. */
  finish(madeAt: number): { channels: number; programmes: number } {
    for (let at = 0; at < this.#row.length; at += COLUMNS)
      this.#one.run(...this.#row.slice(at, at + COLUMNS));
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

function insert(rows: number): string {
  const values = Array.from({ length: rows }, () => '(?, ?, ?, ?, ?, ?)').join(', ');
  return `INSERT OR IGNORE INTO programmes (channel, start, stop, title, description, details) VALUES ${values}`;
}

/** Looks up the id of a text in its table, and inserts a text that is new. */
class IdOf {
  /** Two generations: the older one is dropped when the younger one is full. */
  #known = new Map<string, number>();
  #former: ReadonlyMap<string, number> = new Map();
  readonly #select: StatementSync;
  readonly #insert: StatementSync;
  readonly #more: (text: string) => readonly string[];

  /** @param more the further columns of a new text. */
  constructor(
    database: DatabaseSync,
    select: string,
    insert: string,
    more: (text: string) => readonly string[] = () => [],
  ) {
    this.#select = database.prepare(select);
    this.#insert = database.prepare(insert);
    this.#more = more;
  }

  get(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const id = this.#former.get(text) ?? this.#find(text);
    if (this.#known.size >= IDS_KEPT) {
      this.#former = this.#known;
      this.#known = new Map();
    }
    // A copy, since a slice keeps the whole string in memory, here a chunk of the file for each title.
    this.#known.set(Buffer.from(text).toString(), id);
    return id;
  }

  #find(text: string): number {
    const found = this.#select.get(text)?.id;
    if (typeof found === 'number') return found;
    return Number(this.#insert.run(text, ...this.#more(text)).lastInsertRowid);
  }
}
