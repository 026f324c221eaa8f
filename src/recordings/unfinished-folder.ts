import { createWriteStream } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../domain/errors.ts';
import type { Clock } from '../lib/clock.ts';
import { freeSpace } from '../lib/free-space.ts';
import { makeFolder } from '../lib/make-folder.ts';
import { PartFile } from './part-file.ts';
import { type ListedPart, readEntries, shownUntil } from './recording-playlist.ts';

/** A part that is on the disk. */
export interface StoredPart {
  /** From 1. */
  readonly number: number;
  readonly path: string;
  readonly bytes: number;
  /** When its last bytes were written, in epoch milliseconds. */
  readonly writtenAt: number;
}

/** What a folder has of a recording that is taken from the archive. */
export interface ArchivedParts {
  /** When the last picture from the archive was shown, in epoch milliseconds; null before the first. */
  readonly until: number | null;
  /** The numbers of parts that were recorded as they came. */
  readonly live: readonly number[];
}

/** The folder of a recording that is not one file yet. It is the truth about what has been recorded. */
export class UnfinishedFolder {
  readonly path: string;
  readonly #clock: Clock;

  /** @param root the folder of all recordings. */
  constructor(root: string, id: number, clock: Clock) {
    this.path = join(root, '.unfinished', String(id));
    this.#clock = clock;
  }

  /** The parts that have any bytes, in order; none where there is no folder. */
  async parts(): Promise<StoredPart[]> {
    const names = await readdir(this.path).catch(() => []);
    const parts = await Promise.all(
      names.map(async (name): Promise<StoredPart[]> => {
        const number = Number(/^part-(\d+)\.ts$/.exec(name)?.[1] ?? 0);
        const path = join(this.path, name);
        const found = number > 0 ? await stat(path).catch(() => null) : null;
        return found && found.size > 0
          ? [{ number, path, bytes: found.size, writtenAt: Math.round(found.mtimeMs) }]
          : [];
      }),
    );
    return parts.flat().toSorted((one, other) => one.number - other.number);
  }

  /**
   * Makes sure that a part can be written.
   * @param leastFree bytes that must be free. @throws AppError recordings_disk_full, recordings_folder
   */
  async prepare(leastFree: number): Promise<void> {
    try {
      await makeFolder(this.path);
      if ((await freeSpace(this.path)) < leastFree) throw new AppError('recordings_disk_full');
    } catch (error) {
      throw toDiskError(error);
    }
  }

  /** Whether a part that is being written is still there; somebody may have deleted it, or the folder. Never rejects. */
  hasPart(number: number): Promise<boolean> {
    return stat(this.pathOf(number)).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
    );
  }

  /** Where a part is, or would be. */
  pathOf(number: number): string {
    return join(this.path, `part-${number}.ts`);
  }

  /**
   * Begins a part. What is wrong with the disk is told by the part itself.
   * @param shown tells when a piece from the archive was shown; null for what comes now.
   */
  openPart(number: number, shown: Pick<Clock, 'now'> | null): PartFile {
    const file = createWriteStream(this.pathOf(number), { flags: 'wx' });
    const list = createWriteStream(join(this.path, `part-${number}.list`));
    return new PartFile(file, list, shown ?? this.#clock, shown !== null);
  }

  /** How far the archive has been read. */
  async archived(): Promise<ArchivedParts> {
    const parts = await Promise.all(
      (await this.parts()).map(async ({ number }) => ({
        number,
        until: shownUntil(await this.#list(number)),
      })),
    );
    return {
      until: parts.findLast((part) => part.until !== null)?.until ?? null,
      live: parts.filter((part) => part.until === null).map(({ number }) => number),
    };
  }

  /** @throws the system's error */
  async removeParts(numbers: readonly number[]): Promise<void> {
    for (const number of numbers) {
      await rm(this.pathOf(number), { force: true });
      await rm(join(this.path, `part-${number}.list`), { force: true });
    }
  }

  /** The parts with the places where a player may enter them. */
  async listedParts(): Promise<ListedPart[]> {
    const parts = await this.parts();
    return Promise.all(
      parts.map(async ({ number, bytes }) => ({
        ...{ number, bytes },
        entries: readEntries(await this.#list(number)),
      })),
    );
  }

  /** @throws the system's error */
  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  #list(number: number): Promise<string> {
    return readFile(join(this.path, `part-${number}.list`), 'utf8').catch(() => '');
  }
}

/** What is wrong with the disk for recordings, for people. */
export function toDiskError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return new AppError(isFull ? 'recordings_disk_full' : 'recordings_folder', {}, { cause: error });
}
