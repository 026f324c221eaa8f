import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFfmpeg } from '../../src/stream/ffmpeg-binary.ts';
import { loadSlate } from '../../src/stream/slate.ts';

const picture = fileURLToPath(new URL('../../src/stream/slate.png', import.meta.url));

/** Folders for servers, with the slate in them: to render it takes longer than all the rest of a start. */
export class DataDirs {
  readonly #root: string;
  #count = 0;

  private constructor(root: string) {
    this.#root = root;
  }

  static async create(): Promise<DataDirs> {
    const root = await mkdtemp(join(tmpdir(), 'zapette-test-'));
    const { path } = await findFfmpeg(null);
    await loadSlate({ ffmpegPath: path, dataDir: join(root, 'first'), picture });
    return new DataDirs(root);
  }

  /** A new one. */
  async next(): Promise<string> {
    const directory = join(this.#root, String(++this.#count));
    await cp(join(this.#root, 'first'), directory, { recursive: true });
    return directory;
  }

  async remove(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
