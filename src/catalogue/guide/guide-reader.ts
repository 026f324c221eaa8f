import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { z } from 'zod';
import type { Programme, ProgrammeDetails } from '../../domain/channel.ts';
import { type FileVersion, GUIDE_VERSION } from './guide-writer.ts';

/** Title, description, start, stop and details. */
const programmeRow = z.tuple([z.string(), z.string(), z.number(), z.number(), z.string().nullable()]);
const currentRow = z.object({ words: z.string(), stop: z.number() });
const airingRow = z.object({ channel: z.number(), start: z.number() });
const spellingRow = z.object({ term: z.string() });
const titleRow = z.object({ id: z.number(), words: z.string() });
const channelRow = z.object({ id: z.number(), key: z.string(), until: z.number() });
const namedRow = z.object({ channel: z.number(), country: z.string(), until: z.number() });
const madeRow = z.object({ at: z.number(), etag: z.string().nullable(), modified: z.string().nullable() });
const candidateRow = z.object({ id: z.number(), key: z.string(), name: z.string() });

/** The programme of a channel at one time. `words` is empty if there is none; `until` is its end in epoch milliseconds. */
export interface OnAt {
  readonly words: string;
  readonly until: number;
}

/** A channel of the file. */
export interface GuideChannel {
  readonly id: number;
  readonly key: string;
  /** The end of its last programme, in epoch milliseconds. */
  readonly until: number;
}

/** A channel of the file that has a name in a country; the country is empty where none is known. */
export interface NamedGuideChannel {
  readonly channel: number;
  readonly country: string;
  readonly until: number;
}

/** A channel of the file for people: its name is empty if the file has none. */
export interface GuideCandidate {
  readonly id: number;
  readonly key: string;
  readonly name: string;
}

/** One airing of a programme. */
export interface Showing {
  readonly channel: number;
  readonly start: number;
}

/** Reads a guide that GuideWriter wrote. Channels are identified by the file's own ids. A query takes microseconds. */
export class GuideReader {
  /** Epoch milliseconds. */
  readonly madeAt: number;
  readonly version: FileVersion;
  readonly #database: DatabaseSync;
  readonly #channel: StatementSync;
  readonly #key: StatementSync;
  readonly #named: StatementSync;
  readonly #from: StatementSync;
  readonly #current: StatementSync;
  readonly #next: StatementSync;

  /** @throws if there is no guide, or one of another version. */
  constructor(path: string) {
    this.#database = new DatabaseSync(path, { readOnly: true });
    if (this.#database.prepare('PRAGMA user_version').get()?.user_version !== GUIDE_VERSION) {
      this.#database.close();
      throw new Error('the guide is of another version');
    }
    // The distinct words of all titles, from the full-text index.
    this.#database.exec('CREATE VIRTUAL TABLE temp.spellings USING fts5vocab(main, title_words, row)');
    const prepare = (sql: string) => this.#database.prepare(sql);
    const { at, etag, modified } = madeRow.parse(prepare('SELECT at, etag, modified FROM made').get());
    this.madeAt = at;
    this.version = { etag, modified };
    this.#channel = prepare('SELECT id, key, until FROM channels WHERE key = ?');
    this.#key = prepare('SELECT key FROM channels WHERE id = ?');
    this.#named = prepare(
      `SELECT names.channel, country, until FROM names JOIN channels ON channels.id = names.channel WHERE names.name = ?`,
    );
    this.#from = prepare(
      `SELECT title.title, description, start, stop, details FROM programmes JOIN titles AS title ON title.id = programmes.title
       WHERE channel = ? AND start < ? AND stop > ? ORDER BY start LIMIT ?`,
    );
    // Of a whole guide, rows as objects would fill the memory, since V8 keeps them for long.
    this.#from.setReturnArrays(true);
    this.#current = prepare(
      `SELECT words, stop FROM programmes JOIN titles ON titles.id = programmes.title
       WHERE channel = ? AND start <= ? ORDER BY start DESC LIMIT 1`,
    );
    this.#next = prepare(
      'SELECT start FROM programmes WHERE channel = ? AND start > ? ORDER BY start LIMIT 1',
    );
  }

  /** The channel with a key; undefined if the file has none. */
  channel(key: string): GuideChannel | undefined {
    const row = this.#channel.get(key);
    return row && channelRow.parse(row);
  }

  /** The key of a channel of the file. */
  keyOf(channel: number): string {
    return channelRow.shape.key.parse(this.#key.get(channel)?.key);
  }

  /** The name of a channel of the file; empty if it has none. */
  nameOf(channel: number): string {
    const row = this.#database.prepare('SELECT id, key, name FROM channels WHERE id = ?').get(channel);
    return candidateRow.parse(row).name;
  }

  /** The channels with a name. @param name as `comparableNames` writes it. */
  named(name: string): NamedGuideChannel[] {
    return this.#named.all(name).map((row) => namedRow.parse(row));
  }

  /** All channels, for people. */
  *candidates(): Generator<GuideCandidate> {
    for (const row of this.#database.prepare('SELECT id, key, name FROM channels').iterate())
      yield candidateRow.parse(row);
  }

  /** The programmes that overlap a span, by start. */
  between(channel: number, from: number, to: number, limit: number): Programme[] {
    return this.#from.all(channel, to, from, limit).map(toProgramme);
  }

  /**
   * The current and future airings of matching titles, in no order; there may be as many as there are programmes. Do not close
   * the reader before the iteration ends.
   * @param words folded; each is the beginning of a word of the title.
   */
  *airings(words: readonly string[], after: number): Generator<Showing> {
    const rows = this.#database.prepare(
      `SELECT channel, start FROM title_words CROSS JOIN programmes ON programmes.title = title_words.rowid
       WHERE title_words MATCH ? AND stop > ?`,
    );
    const query = words.map((word) => `"${word}"*`).join(' AND ');
    for (const row of rows.iterate(query, after)) yield airingRow.parse(row);
  }

  /** The current and future airings of titles by their ids. */
  *airingsOf(titles: readonly number[], after: number): Generator<Showing> {
    const rows = this.#database.prepare('SELECT channel, start FROM programmes WHERE title = ? AND stop > ?');
    for (const title of titles) for (const row of rows.iterate(title, after)) yield airingRow.parse(row);
  }

  /** The words of titles that begin with `beginning`. @param length the least and the greatest number of letters. */
  spellings(beginning: string, length: { readonly from: number; readonly to: number }): string[] {
    return this.#database
      .prepare(
        'SELECT term FROM temp.spellings WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?',
      )
      .all(beginning, `${beginning}\u{10ffff}`, length.from, length.to)
      .map((row) => spellingRow.parse(row).term);
  }

  /** The titles that contain at least one word of each row; of a row's first word the beginning is enough. */
  titlesWith(words: readonly (readonly string[])[], limit: number): { id: number; words: string }[] {
    const query = words
      .map(([beginning, ...more]) => [`"${beginning}"*`, ...more.map((word) => `"${word}"`)].join(' OR '))
      .map((row) => `(${row})`)
      .join(' AND ');
    return this.#database
      .prepare(
        `SELECT titles.id, titles.words FROM title_words CROSS JOIN titles ON titles.id = title_words.rowid
         WHERE title_words MATCH ? LIMIT ?`,
      )
      .all(query, limit)
      .map((row) => titleRow.parse(row));
  }

  /** The programme of a channel at one time. */
  onAt(channel: number, time: number): OnAt {
    const row = this.#current.get(channel, time);
    const current = row && currentRow.parse(row);
    if (current && current.stop > time) return { words: current.words, until: current.stop };
    const next = this.#next.get(channel, time)?.start;
    return { words: '', until: typeof next === 'number' ? next : Number.POSITIVE_INFINITY };
  }

  close(): void {
    this.#database.close();
  }
}

function toProgramme(row: unknown): Programme {
  const [title, description, start, stop, details] = programmeRow.parse(row);
  const programme = { title, description, start, stop };
  // The writer's own text.
  return details === null ? programme : { ...programme, ...(JSON.parse(details) as ProgrammeDetails) };
}
