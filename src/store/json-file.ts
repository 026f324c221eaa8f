import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { makeFolder } from '../lib/make-folder.ts';
import { writeWhole } from '../lib/write-whole.ts';

/** A small file that is replaced as a whole, so that a crash leaves the old one or the new one, never half of one. */
export class JsonFile<T> {
  readonly path: string;
  readonly #schema: z.ZodType<T>;
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string, schema: z.ZodType<T>) {
    this.path = path;
    this.#schema = schema;
  }

  /** What was last written; null if there is nothing, or nothing that can be read. */
  async read(): Promise<T | null> {
    try {
      const result = this.#schema.safeParse(JSON.parse(await readFile(this.path, 'utf8')));
      return result.success ? result.data : null;
    } catch {
      return null;
    }
  }

  /** Whether there is such a file, readable or not. */
  exists(): Promise<boolean> {
    return stat(this.path).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
    );
  }

  /** Writes happen one after another. Readable by the owner alone. @throws the system's error */
  write(value: T): Promise<void> {
    const next = this.#writing.then(async () => {
      await makeFolder(dirname(this.path));
      await writeWhole(this.path, JSON.stringify(value));
    });
    this.#writing = next.catch(() => {});
    return next;
  }
}
