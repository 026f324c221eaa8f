import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes empty folders, for tests that need no server files. */
export class TempDirs {
  readonly #root: string;
  #count = 0;

  private constructor(root: string) {
    this.#root = root;
  }

  static async create(): Promise<TempDirs> {
    return new TempDirs(await mkdtemp(join(tmpdir(), 'zapette-test-')));
  }

  async next(): Promise<string> {
    const directory = join(this.#root, String(++this.#count));
    await mkdir(directory);
    return directory;
  }

  async remove(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
