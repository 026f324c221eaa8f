import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { type Keys, keysSchema, loadKeys } from '../access/keys.ts';
import { AppError } from '../domain/errors.ts';
import type { AccountId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import { freeSpace } from '../lib/free-space.ts';
import type { Logger } from '../lib/logger.ts';
import { makeFolder } from '../lib/make-folder.ts';
import { JsonFile } from '../store/json-file.ts';
import { KeptDatabase } from '../store/kept-database.ts';
import { ProcessLock } from '../store/process-lock.ts';
import { sentence } from '../words/sentence.ts';
import type { Part } from './lifecycle.ts';

export interface DataDir {
  readonly keys: Keys;
  readonly keysFile: JsonFile<Keys>;
  readonly database: KeptDatabase;
}

export interface DataDirOptions {
  /** Absolute. */
  readonly path: string;
  /** The account that rows of versions without accounts belong to. */
  readonly account: AccountId;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Makes DATA_DIR this process's own and reads what must be known before anything else. A disk that takes no more is no
 * reason not to start, as long as it holds what a former start has written. Its start throws AppError data_dir,
 * data_dir_in_use, disk_full, disk_read_only, keys_damaged, database_locked or database_too_new.
 */
export function createDataDir({ path, account, clock, logger }: DataDirOptions): Part<DataDir> {
  const lock = new ProcessLock({ path: join(path, 'zapette.lock'), clock, logger });
  const keysFile = new JsonFile(join(path, 'keys.json'), keysSchema);
  const database = new KeptDatabase({ path: join(path, 'zapette.db'), account, clock, logger });
  let keys: Keys | null = null;
  let isDatabaseBegun = false;
  return {
    api: {
      keysFile,
      database,
      get keys() {
        if (!keys) throw new Error('DATA_DIR is not open yet');
        return keys;
      },
    },
    start: async () => {
      try {
        await makeFolder(path);
        if (!(await lock.take())) throw new AppError('data_dir_in_use', { path });
        await checkDisk(path, logger);
        keys = await loadKeys(keysFile, logger);
        isDatabaseBegun = true;
        await database.start();
      } catch (error) {
        throw whatIsWrong(error, path);
      }
    },
    stop: async () => {
      if (isDatabaseBegun) await database.stop();
      lock.release();
    },
  };
}

/** @throws the system's error where this user may not write */
async function checkDisk(path: string, logger: Logger): Promise<void> {
  const tell = (known: AppError) => logger.error(sentence('en', known.code, known.params));
  await access(path, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EROFS') throw error;
    tell(new AppError('disk_read_only', { path }));
  });
  const free = await freeSpace(path).catch(() => null);
  if (free === 0) tell(new AppError('disk_full', { path }));
}

function whatIsWrong(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const { code } = error as NodeJS.ErrnoException;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  const known = isFull ? 'disk_full' : code === 'EROFS' ? 'disk_read_only' : 'data_dir';
  return new AppError(known, { path }, { cause: error });
}
