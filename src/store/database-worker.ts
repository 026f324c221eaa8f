import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { DatabaseTrouble } from '../domain/database-health.ts';
import type { AccountId } from '../domain/ids.ts';
import { applyChanges } from './apply-changes.ts';
import { copyBeforeMigration, copyPathOf, isFormer } from './copy-before-migration.ts';
import { openDatabase } from './database.ts';
import { DamagedError, troubleOf } from './database-trouble.ts';
import { readDatabase } from './read-database.ts';

/**
 * A job for the thread that owns the database file: write changes (`save`), replace the file (`replace`), check a backup and
 * move it to its place (`keep`), or close the file (`close`).
 */
export type DatabaseJob =
  | { readonly kind: 'save'; readonly changes: Uint8Array | null; readonly isThorough: boolean }
  | { readonly kind: 'replace'; readonly from: string; readonly asideTo: string }
  | { readonly kind: 'keep'; readonly from: string; readonly to: string }
  | { readonly kind: 'close' };

/** The result of a job. */
export interface DatabaseAnswer {
  /** Null if the job succeeded. */
  readonly trouble: DatabaseTrouble | null;
  /** The system's error message. */
  readonly reason: string;
  /** The file's content if another program has changed it. */
  readonly content: Uint8Array | null;
}

/** The data with which the thread starts. */
export interface DatabaseWorkerData {
  readonly path: string;
  /** True if the file was read already: if it is missing now, somebody has deleted it. */
  readonly isThere: boolean;
  /** The account that rows of versions without accounts belong to. */
  readonly account: AccountId;
}

const { path, isThere, account } = workerData as DatabaseWorkerData;
let isKnown = isThere;
let open: { readonly database: DatabaseSync; dataVersion: unknown; fingerprint: string } | null = null;

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
      keepFormer(job.to);
      renameSync(job.from, job.to);
      return null;
    case 'close':
      close();
      return null;
  }
}

/** @returns the file's content if another program has changed it. */
function save(changes: Uint8Array | null, isThorough: boolean): Uint8Array | null {
  let isForeign = false;
  // Bytes that were written without SQLite are only seen after the file is opened again.
  if (open && (isThorough || open.fingerprint !== fingerprintOf(path))) {
    isForeign = open.fingerprint !== fingerprintOf(path);
    close();
  }
  if (!open) {
    if (isKnown && !existsSync(path)) throw new DamagedError('the file is gone');
    if (isKnown) copyFormer(readDatabase(path));
    const database = openDatabase(path, account);
    open = { database, dataVersion: dataVersionOf(database), fingerprint: fingerprintOf(path) };
    isKnown = true;
  }
  const { database } = open;
  isForeign ||= open.dataVersion !== dataVersionOf(database);
  if (changes) apply(database, changes);
  const content = isForeign ? readDatabase(path) : null;
  open.dataVersion = dataVersionOf(database);
  open.fingerprint = fingerprintOf(path);
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

/** Copies a file that is about to be migrated: if the copy fails, so does the job, and it is tried again. */
function copyFormer(content: Uint8Array): void {
  if (isFormer(content)) copyBeforeMigration(path, content);
}

/** Copies a backup that is about to be replaced if nothing else has the former schema: a start from the backup migrates only memory. */
function keepFormer(backup: string): void {
  if (!existsSync(backup) || existsSync(copyPathOf(path))) return;
  copyFormer(readFileSync(backup));
}

/** Renames the current file and its journal, and moves the new file to its place. */
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
    // SQLite writes the rest when the file is opened again.
  }
}

/** A value that changes whenever another connection has written. */
function dataVersionOf(database: DatabaseSync): unknown {
  return database.prepare('PRAGMA data_version').get()?.data_version;
}

/** A value that changes when another program writes to the file or replaces it. It does not cover the journal. */
function fingerprintOf(file: string): string {
  try {
    const { ino, size, mtimeNs } = statSync(file, { bigint: true });
    return `${ino} ${size} ${mtimeNs}`;
  } catch {
    return 'gone';
  }
}
