import { existsSync, type FSWatcher, statSync, watch } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { backup, DatabaseSync, type Session } from 'node:sqlite';
import type { DatabaseHealth } from '../domain/database-health.ts';
import { AppError } from '../domain/errors.ts';
import { type AccountId, mainAccount } from '../domain/ids.ts';
import { type Clock, sleep } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { applyChanges } from './apply-changes.ts';
import { LaterVersionError, migrate } from './database.ts';
import { troubleOf } from './database-trouble.ts';
import type { DatabaseAnswer } from './database-worker.ts';
import { DatabaseWriter } from './database-writer.ts';
import { fill, readCopy, readDatabase } from './read-database.ts';

/** The file of the database. */
export interface KeptDatabaseOptions {
  readonly path: string;
  /** The account that rows of versions without accounts belong to; `main` where none is given. */
  readonly account?: AccountId;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The time that a start waits for another program to unlock the file. All times here are milliseconds. */
const LOCK_PATIENCE = 10_000;
const FIRST_RETRY = 100;
const LONGEST_RETRY = 5_000;
const FIRST_BACKUP = 60_000;
const BACKUP_EVERY = 3_600_000;
/** The delay from a change of the file by another program to its check. */
const LOOK_AFTER = 30;
/** The limit for a backup and for each step of `stop`. */
const LAST_PATIENCE = 2_000;

/**
 * The database in memory, with a file that follows it. Reads and writes never wait for a disk or another program and never
 * fail because of them: another thread writes the changes to the file right afterwards, and retries until it succeeds.
 */
export class KeptDatabase {
  readonly database = new DatabaseSync(':memory:');
  readonly #options: KeptDatabaseOptions;
  #writer: DatabaseWriter | null = null;
  #session: Session | null = null;
  /** Changes that were taken from the session and may not be in the file yet. */
  #unsaved: Uint8Array | null = null;
  #health: DatabaseHealth = { trouble: null, restored: null };
  #mustRewrite = false;
  #isBackedUp = false;
  #saving: Promise<void> | null = null;
  #isStale = false;
  #isDue = false;
  #pause = FIRST_RETRY;
  #watcher: FSWatcher | null = null;
  #cancelRetry: () => void = () => {};
  #cancelLook: () => void = () => {};
  #cancelBackup: () => void = () => {};
  #isStopped = false;

  constructor(options: KeptDatabaseOptions) {
    this.#options = options;
  }

  get #account(): AccountId {
    return this.#options.account ?? mainAccount;
  }

  get health(): DatabaseHealth {
    return this.#health;
  }

  /** The path of the hourly backup, which is checked before it replaces the last one. */
  get backupPath(): string {
    return `${this.#options.path}.backup`;
  }

  /**
   * Reads the file. A damaged file is renamed and replaced by its backup.
   * @throws AppError database_locked, database_too_new
   */
  async start(): Promise<void> {
    const { path, clock } = this.#options;
    const content = await this.#read();
    if (content) fill(this.database, content, this.#account);
    else migrate(this.database, this.#account);
    this.#observe();
    this.#writer = new DatabaseWriter(path, this.#account, content !== null && !this.#mustRewrite);
    this.#watcher = this.#watchFile();
    this.#cancelBackup = clock.after(FIRST_BACKUP, () => void this.#backUpEveryHour());
    this.#save();
  }

  /** Writes the remaining changes, within a few seconds at most. May be called twice. */
  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#cancelRetry();
    this.#cancelLook();
    this.#cancelBackup();
    this.#watcher?.close();
    await this.#withinLimit(this.#saving ?? Promise.resolve());
    await this.#withinLimit(this.#saveForTheLastTime());
    await this.#withinLimit(this.#writer?.do({ kind: 'close' }));
    await this.#writer?.stop();
    this.#session?.close();
    this.database.close();
  }

  /** Makes a new backup if anything has changed since the last one. Never rejects; waits for two seconds at most. */
  backUp(): Promise<void> {
    return this.#withinLimit(this.#backUp());
  }

  async #read(): Promise<Uint8Array | null> {
    const { path, clock, logger } = this.#options;
    const isThere = existsSync(path);
    if (!isThere && !existsSync(this.backupPath)) return null;
    for (let waited = 0; ; waited += FIRST_RETRY) {
      try {
        if (isThere) return readDatabase(path);
        break;
      } catch (error) {
        if (error instanceof LaterVersionError) throw new AppError('database_too_new', {}, { cause: error });
        const trouble = troubleOf(error);
        if (trouble === 'damaged') {
          logger.error({ err: error }, 'zapette.db is damaged');
          break;
        }
        if (trouble !== 'locked') return readCopy(path);
        if (waited >= LOCK_PATIENCE) throw new AppError('database_locked', { path }, { cause: error });
        await sleep(clock, FIRST_RETRY);
      }
    }
    this.#mustRewrite = true;
    return this.#restore();
  }

  /** The content of the backup; null if there is no usable one. */
  #restore(): Uint8Array | null {
    const { logger } = this.#options;
    try {
      const content = readDatabase(this.backupPath);
      const from = statSync(this.backupPath).mtimeMs;
      this.#health = { trouble: null, restored: { from } };
      logger.error(
        { from: new Date(from) },
        'The database was restored from its backup: what changed after that is lost. Check who may do what.',
      );
      return content;
    } catch (error) {
      this.#health = { trouble: null, restored: { from: null } };
      logger.error(
        { err: error },
        'The database has no good backup: Zapette starts with an empty one. Everybody is logged out, and only the settings give rights.',
      );
      return null;
    }
  }

  /** Begins to record every change and to save it soon. */
  #observe(): void {
    const { database } = this;
    database.exec('PRAGMA foreign_keys = ON');
    database.function('zapette_changed', () => {
      this.#isBackedUp = false;
      this.#saveSoon();
      return null;
    });
    for (const name of tablesOf(database))
      for (const event of ['INSERT', 'UPDATE', 'DELETE'])
        database.exec(
          `CREATE TEMP TRIGGER IF NOT EXISTS changed_${name}_${event} AFTER ${event} ON main.${name}
           BEGIN SELECT zapette_changed(); END`,
        );
    this.#session = database.createSession();
  }

  /** The changes since the last call; null if there are none. */
  #takeChanges(): Uint8Array | null {
    const changes = this.#session?.changeset();
    this.#session?.close();
    this.#session = this.database.createSession();
    return changes && changes.length > 0 ? changes : null;
  }

  /** Saves after the current turn of the event loop, with all changes of that turn. */
  #saveSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      this.#save();
    });
  }

  #save(): void {
    this.#isStale = true;
    if (this.#saving || this.#isStopped) return;
    this.#cancelRetry();
    this.#saving = this.#saveAll().finally(() => {
      this.#saving = null;
    });
  }

  /** Never rejects. */
  async #saveAll(): Promise<void> {
    const { clock } = this.#options;
    while (this.#isStale && !this.#isStopped) {
      this.#isStale = false;
      if (await this.#saveOnce(false)) continue;
      this.#cancelRetry = clock.after(this.#pause, () => this.#save());
      this.#pause = Math.min(this.#pause * 2, LONGEST_RETRY);
      return;
    }
  }

  /** @param isThorough also checks the file. @returns whether every change is in the file. */
  async #saveOnce(isThorough: boolean): Promise<boolean> {
    if (!this.#writer) return true;
    if (!this.#mustRewrite) {
      const answer = await this.#saveChanges(this.#writer, isThorough);
      if (answer.trouble !== 'damaged') return this.#note(answer);
      this.#options.logger.error({ reason: answer.reason }, 'zapette.db is damaged: rewriting it');
      this.#mustRewrite = true;
    }
    return this.#note(await this.#rewrite(this.#writer));
  }

  /** Saves the changes that failed last time first. It checks the file even if there is nothing to save. */
  async #saveChanges(writer: DatabaseWriter, isThorough: boolean): Promise<DatabaseAnswer> {
    this.#unsaved ??= this.#takeChanges();
    for (;;) {
      const answer = await writer.do({ kind: 'save', changes: this.#unsaved, isThorough });
      if (answer.trouble !== null) return answer;
      this.#unsaved = null;
      if (answer.content) this.#adopt(answer.content);
      this.#unsaved = this.#takeChanges();
      if (!this.#unsaved) return answer;
    }
  }

  /** Saves for the last time. It retries only while another program locks the file. */
  async #saveForTheLastTime(): Promise<void> {
    const { clock, logger } = this.#options;
    while (!(await this.#saveOnce(true))) {
      logger.error({ trouble: this.#health.trouble }, 'The last changes are not in zapette.db.');
      if (this.#health.trouble !== 'locked') return;
      await sleep(clock, FIRST_RETRY);
    }
  }

  /** Takes over a file that another program changed, such as the owner's sqlite3, and reapplies the changes made here since. */
  #adopt(content: Uint8Array): void {
    const since = this.#takeChanges();
    this.#session?.close();
    this.#session = null;
    fill(this.database, content, this.#account);
    this.#observe();
    if (since) applyChanges(this.database, since);
    this.#options.logger.info('Another program changed zapette.db: the changes were taken over');
  }

  /** Writes the whole database to a new file that replaces the old one. The old file is renamed. */
  async #rewrite(writer: DatabaseWriter): Promise<DatabaseAnswer> {
    const { path, clock } = this.#options;
    const from = `${path}.new`;
    const at = new Date(clock.now()).toISOString().replaceAll(/[-:]|\.\d+/g, '');
    try {
      // The copy contains everything so far; changes made during the copy are in the new session and saved afterwards.
      this.#unsaved = null;
      this.#takeChanges();
      await rm(from, { force: true });
      await backup(this.database, from);
    } catch (error) {
      return { trouble: troubleOf(error), reason: String(error), content: null };
    }
    const answer = await writer.do({ kind: 'replace', from, asideTo: `${path}.damaged-${at}` });
    this.#mustRewrite = answer.trouble !== null;
    return answer;
  }

  /** Updates the health, and logs each trouble once. */
  #note({ trouble, reason }: DatabaseAnswer): boolean {
    const { logger } = this.#options;
    const before = this.#health.trouble;
    this.#health = { ...this.#health, trouble };
    if (trouble === null) {
      this.#pause = FIRST_RETRY;
      if (before) logger.info('the database is written to disk again');
    } else if (trouble !== before) {
      logger.warn(
        { trouble, reason },
        'The database cannot be written to disk: it is kept in memory until it can.',
      );
    }
    return trouble === null;
  }

  async #backUp(): Promise<void> {
    if (this.#isBackedUp || !this.#writer) return;
    const unchecked = `${this.backupPath}.new`;
    this.#isBackedUp = true;
    try {
      await rm(unchecked, { force: true });
      await backup(this.database, unchecked);
      const { trouble, reason } = await this.#writer.do({
        kind: 'keep',
        from: unchecked,
        to: this.backupPath,
      });
      if (trouble) throw new Error(reason);
    } catch (error) {
      this.#isBackedUp = false;
      this.#options.logger.warn({ err: error }, 'the database could not be backed up');
      await rm(unchecked, { force: true }).catch(() => {});
    }
  }

  async #backUpEveryHour(): Promise<void> {
    await this.backUp();
    if (this.#isStopped) return;
    this.#save();
    this.#cancelBackup = this.#options.clock.after(BACKUP_EVERY, () => void this.#backUpEveryHour());
  }

  /** Watches the file; null if the system cannot. Then changes by other programs are found at the next save. */
  #watchFile(): FSWatcher | null {
    const { path, clock } = this.#options;
    const names = new Set([basename(path), `${basename(path)}-wal`]);
    try {
      const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
        if (name === null || !names.has(name)) return;
        this.#cancelLook();
        this.#cancelLook = clock.after(LOOK_AFTER, () => this.#save());
      });
      return watcher.on('error', () => watcher.close());
    } catch {
      return null;
    }
  }

  async #withinLimit(job: Promise<unknown> | undefined): Promise<void> {
    const done = new AbortController();
    await Promise.race([job, sleep(this.#options.clock, LAST_PATIENCE, done.signal).catch(() => {})]);
    done.abort();
  }
}

function tablesOf(database: DatabaseSync): string[] {
  return database
    .prepare("SELECT name FROM main.sqlite_master WHERE type = 'table'")
    .all()
    .map(({ name }) => String(name));
}
