import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { LONGEST_OPEN_PROGRAMME } from '../../domain/channel.ts';
import { foldWords } from '../names/fold.ts';
import { comparableNames } from './guide-names.ts';
import type { ListedChannel, ListedProgramme } from './xmltv-parser.ts';

/** The version of the file's schema. A file of another version is made anew and not migrated, since the provider has all the data. */
export const GUIDE_VERSION = 3;

/** Ids of the latest titles and channels in memory: guides are ordered by channel, and series repeat their titles. */
const IDS_KEPT = 20_000;
const COLUMNS = 6;
/** The rows of one statement. */
const ROWS = 32;

const SHAPE = `
  CREATE TABLE channels (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    -- for people; empty if the file has none
    name TEXT NOT NULL DEFAULT '',
    -- the end of its last programme
    until INTEGER
  ) STRICT;
  -- by which channels of the list are found; country is empty where none is known
  CREATE TABLE names (
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    channel INTEGER NOT NULL,
    PRIMARY KEY (name, country, channel)
  ) STRICT, WITHOUT ROWID;
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
  -- etag and modified are the headers by which the server knows the file
  CREATE TABLE made (at INTEGER NOT NULL, etag TEXT, modified TEXT) STRICT;
`;

/** The programmes of the former file that began before those of the new one, as far back as the past is kept. */
const CARRIED = `
  former.programmes AS was
    JOIN former.channels AS of ON of.id = was.channel
    JOIN channels ON channels.key = of.key
    JOIN former.titles AS called ON called.id = was.title
    LEFT JOIN temp.pasts ON pasts.key = of.key
  WHERE was.start < (SELECT min(start) FROM programmes WHERE programmes.channel = channels.id)
    AND was.stop > coalesce(pasts.since, $since)
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

/** Drops channels without programmes, and notes where those of the others end. */
const CHANNELS = `
  UPDATE channels SET until = (SELECT stop FROM programmes WHERE channel = channels.id ORDER BY start DESC LIMIT 1);
  DELETE FROM channels WHERE until IS NULL;
`;

/** The tables and indexes of the search, created after all rows were inserted, which is quicker. */
const INDEX = `
  CREATE INDEX airings ON programmes (title, stop);
  CREATE VIRTUAL TABLE title_words USING fts5(words, content='', detail=none, tokenize='ascii');
  INSERT INTO title_words (rowid, words) SELECT id, words FROM titles;
`;

/** What a server says about a file, with which it is asked whether there is another one. */
export interface FileVersion {
  readonly etag: string | null;
  /** The header Last-Modified. */
  readonly modified: string | null;
}

/** Where to begin: programmes that ended before are left out. Times are epoch milliseconds. */
export interface PastKept {
  readonly since: number;
  /** Channels of which more is kept, by key. */
  readonly sinceOf: ReadonlyMap<string, number>;
}

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
  readonly #names = new Map<string, readonly string[]>();
  #row: (string | number | null)[] = [];

  /** @param path a file that does not exist yet. @param former the guide that it will replace, if any. */
  constructor(path: string, former: string | null = null) {
    this.#database = new DatabaseSync(path);
    if (former !== null) this.#database.prepare('ATTACH ? AS former').run(former);
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

  /** Notes a channel's names; a channel without programmes is left out in the end. */
  addChannel({ key, names }: ListedChannel): void {
    if (!this.#names.has(key)) this.#names.set(key, names);
  }

  /** Takes the past over from the former file, where the new one begins later. To be called after all programmes. */
  keepPast({ since, sinceOf }: PastKept): void {
    this.#flush();
    this.#database.exec('CREATE TEMP TABLE pasts (key TEXT PRIMARY KEY, since INTEGER NOT NULL) STRICT');
    const note = this.#database.prepare('INSERT INTO temp.pasts (key, since) VALUES (?, ?)');
    for (const past of sinceOf) note.run(...past);
    // Collected first, since what is inserted would move the beginning of the new file.
    this.#database
      .prepare(
        `CREATE TEMP TABLE carried AS SELECT channels.id AS channel, was.start, was.stop, called.title, called.words,
           was.description, was.details FROM ${CARRIED}`,
      )
      .run({ since });
    this.#database.exec(`
      INSERT OR IGNORE INTO titles (title, words) SELECT DISTINCT title, words FROM temp.carried;
      INSERT OR IGNORE INTO programmes (channel, start, stop, title, description, details)
        SELECT channel, start, stop, titles.id, description, details FROM temp.carried JOIN titles USING (title);
      DROP TABLE temp.carried;
    `);
  }

  /** Completes the file. @returns the numbers of channels and programmes. */
  finish(madeAt: number, version: FileVersion = { etag: null, modified: null }): GuideSize {
    this.#flush();
    this.#database.exec(TIDY);
    this.#database.exec(CHANNELS);
    this.#nameChannels();
    this.#database.exec(INDEX);
    this.#database
      .prepare('INSERT INTO made (at, etag, modified) VALUES (?, ?, ?)')
      .run(madeAt, version.etag, version.modified);
    const { channels, programmes } = this.#database
      .prepare(
        'SELECT (SELECT count(*) FROM channels) AS channels, (SELECT count(*) FROM programmes) AS programmes',
      )
      .get() as { channels: number; programmes: number };
    this.#database.exec(`PRAGMA user_version = ${GUIDE_VERSION}; COMMIT;`);
    this.#database.close();
    return { channels, programmes };
  }

  #flush(): void {
    for (let at = 0; at < this.#row.length; at += COLUMNS)
      this.#one.run(...this.#row.slice(at, at + COLUMNS));
    this.#row = [];
  }

  #nameChannels(): void {
    const call = this.#database.prepare('UPDATE channels SET name = ? WHERE id = ?');
    const note = this.#database.prepare(
      'INSERT OR IGNORE INTO names (name, country, channel) VALUES (?, ?, ?)',
    );
    for (const row of this.#database.prepare('SELECT id, key FROM channels').all()) {
      const { id, key } = row as { id: number; key: string };
      const names = this.#names.get(key) ?? [];
      call.run(names[0] ?? '', id);
      for (const { name, country } of comparableNames(key, names)) note.run(name, country, id);
    }
  }
}

/** The size of a guide. */
export interface GuideSize {
  readonly channels: number;
  readonly programmes: number;
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
