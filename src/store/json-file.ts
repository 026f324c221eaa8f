import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { makeFolder } from '../lib/make-folder.ts';
import { replaceFile } from '../lib/replace-file.ts';

/** A small JSON file that is replaced atomically, so that a crash leaves the old file or the new one, never a partial one. */
export class JsonFile<T> {
  readonly path: string;
  readonly #schema: z.ZodType<T>;
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string, schema: z.ZodType<T>) {
    this.path = path;
    this.#schema = schema;
  }

  /** The value that was written last; null if the file is missing or not readable. */
  async read(): Promise<T | null> {
    try {
      const result = this.#schema.safeParse(JSON.parse(await readFile(this.path, 'utf8')));
      return result.success ? result.data : null;
    } catch {
      return null;
    }
  }

  /** Whether the file exists, readable or not. */
  exists(): Promise<boolean> {
    return stat(this.path).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
    );
  }

  /** Writes the value after all earlier writes; only the owner can read the file. @throws the system's error */
  write(value: T): Promise<void> {
    const next = this.#writing.then(async () => {
      await makeFolder(dirname(this.path));
      await replaceFile(this.path, JSON.stringify(value));
    });
    this.#writing = next.catch(() => {});
    return next;
  }
}
