import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** A small file that is replaced as a whole, so that a crash leaves the old one or the new one, never half of one. */
export class JsonFile<T> {
  readonly #path: string;
  readonly #schema: z.ZodType<T>;
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string, schema: z.ZodType<T>) {
    this.#path = path;
    this.#schema = schema;
  }

  /** What was last written; null if there is nothing, or nothing that can be used. @throws where it cannot be read. */
  async read(): Promise<T | null> {
    try {
      const result = this.#schema.safeParse(JSON.parse(await readFile(this.#path, 'utf8')));
      return result.success ? result.data : null;
    } catch (error) {
      if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  /** Writes happen one after another. Readable by the owner alone. */
  write(value: T): Promise<void> {
    const next = this.#writing.then(async () => {
      await mkdir(dirname(this.#path), { recursive: true });
      const unfinished = `${this.#path}.part`;
      await writeFile(unfinished, JSON.stringify(value), { mode: 0o600 });
      await rename(unfinished, this.#path);
    });
    this.#writing = next.catch(() => {});
    return next;
  }
}
