import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { slateArguments } from '../../src/stream/ffmpeg/args.ts';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';
import { loadSlate } from '../../src/stream/screen/slate.ts';
import { silentLogger } from './silent-logger.ts';

const picture = fileURLToPath(new URL('../../src/stream/screen/slate.png', import.meta.url));
const source = fileURLToPath(new URL('../../src/stream/screen/slate.ts', import.meta.url));
const cache = fileURLToPath(new URL('../../node_modules/.cache/zapette', import.meta.url));

/** Makes data folders with the rendered slate, which takes longer than the rest of a start. */
export class DataDirs {
  readonly #root: string;
  #count = 0;

  private constructor(root: string) {
    this.#root = root;
  }

  static async create(): Promise<DataDirs> {
    const root = await mkdtemp(join(tmpdir(), 'zapette-test-'));
    await cp(await slateFolder(), join(root, 'first'), { recursive: true });
    return new DataDirs(root);
  }

  /** Makes a new folder. */
  async next(): Promise<string> {
    const directory = join(this.#root, String(++this.#count));
    await cp(join(this.#root, 'first'), directory, { recursive: true });
    return directory;
  }

  async remove(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** A data folder with the slate, rendered once for all test runs until its ingredients change. */
async function slateFolder(): Promise<string> {
  const { path, version } = await findFfmpeg(null);
  const hash = createHash('sha256').update(version);
  hash.update(slateArguments('', 0, '').join(' '));
  for (const file of [picture, source]) hash.update(await readFile(file));
  const folder = join(cache, `slate-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const rendered = await mkdtemp(`${folder}-`);
  await loadSlate({ ffmpegPath: path, dataDir: rendered, picture, logger: silentLogger });
  try {
    await rename(rendered, folder);
  } catch (error) {
    // Another process was first.
    if (!existsSync(folder)) throw error;
    await rm(rendered, { recursive: true });
  }
  return folder;
}
