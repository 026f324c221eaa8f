import { existsSync, renameSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { DatabaseTrouble } from '../domain/database-health.ts';
import { applyChanges } from './apply-changes.ts';
import { openDatabase } from './database.ts';
import { DamagedError, troubleOf } from './database-trouble.ts';
import { readDatabase } from './read-database.ts';

/**
 * What the thread that owns the database's file is to do: write changes, put another file in its place, check a
 * backup and keep it, or let go of the file.
 */
export type DatabaseJob =
  | { readonly kind: 'save'; readonly changes: Uint8Array | null; readonly isThorough: boolean }
  | { readonly kind: 'replace'; readonly from: string; readonly asideTo: string }
  | { readonly kind: 'keep'; readonly from: string; readonly to: string }
  | { readonly kind: 'close' };

export interface DatabaseAnswer {
  /** Null: it is done. */
  readonly trouble: DatabaseTrouble | null;
  /** In the system's words. */
  readonly reason: string;
  /** What the file holds now, where another program has changed it. */
  readonly content: Uint8Array | null;
}

export interface DatabaseWorkerData {
  readonly path: string;
  /** The file has been read already: if it is missing, somebody has taken it away. */
  readonly isThere: boolean;
}

const { path, isThere } = workerData as DatabaseWorkerData;
let isKnown = isThere;
let open: { readonly database: DatabaseSync; dataVersion: unknown; looks: string } | null = null;

parentPort?.on('message', (job: DatabaseJob) => {
  try {
    answer({ content: work(job) });
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === 'damaged') close();
    answer({ trouble, reason: error instanceof Error ? error.message : String(error) });
  }
});

function answer(given: Partial<DatabaseAnswer>): void {
  parentPort?.postMessage({ trouble: null, reason: '', content: null, ...given } satisfies DatabaseAnswer);
}

function work(job: DatabaseJob): Uint8Array | null {
  switch (job.kind) {
    case 'save':
      return save(job.changes, job.isThorough);
    case 'replace':
      replace(job.from, job.asideTo);
      return null;
    case 'keep':
      readDatabase(job.from);
      renameSync(job.from, job.to);
      return null;
    case 'close':
      close();
      return null;
  }
}

/** @returns the file's content if others have changed it. */
function save(changes: Uint8Array | null, isThorough: boolean): Uint8Array | null {
  let isForeign = false;
  // Bytes that somebody has written past SQLite are only seen by whoever opens the file anew.
  if (open && (isThorough || open.looks !== looksOf(path))) {
    isForeign = open.looks !== looksOf(path);
    close();
  }
  if (!open) {
    if (isKnown && !existsSync(path)) throw new DamagedError('the file is gone');
    if (isKnown) readDatabase(path);
    const database = openDatabase(path);
    open = { database, dataVersion: dataVersionOf(database), looks: looksOf(path) };
    isKnown = true;
  }
  const { database } = open;
  isForeign ||= open.dataVersion !== dataVersionOf(database);
  if (changes) apply(database, changes);
  const content = isForeign ? readDatabase(path) : null;
  open.dataVersion = dataVersionOf(database);
  open.looks = looksOf(path);
  return content;
}

function apply(database: DatabaseSync, changes: Uint8Array): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    applyChanges(database, changes);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** The file that is there is kept beside, with its journal. */
function replace(from: string, asideTo: string): void {
  close();
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, asideTo + suffix);
  }
  renameSync(from, path);
  isKnown = true;
  save(null, false);
}

function close(): void {
  const last = open?.database;
  open = null;
  try {
    last?.close();
  } catch {
    // What it could not write is written when it is opened anew.
  }
}

/** Changes whenever another connection has written. */
function dataVersionOf(database: DatabaseSync): unknown {
  return database.prepare('PRAGMA data_version').get()?.data_version;
}

/** Of the file alone, without its journal; changes where somebody else writes to it or puts another one in its place. */
function looksOf(file: string): string {
  try {
    const { ino, size, mtimeNs } = statSync(file, { bigint: true });
    return `${ino} ${size} ${mtimeNs}`;
  } catch {
    return 'gone';
  }
}
