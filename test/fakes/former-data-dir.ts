import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));

/** Puts what a former version left in its DATA_DIR, as `test/fixtures/make-data-dir.ts` made it, into a folder. */
export async function copyFormerDataDir(version: '0.2', to: string): Promise<void> {
  const from = join(fixtures, `data-dir-${version}`);
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const target = join(to, relative(from, path));
    await mkdir(dirname(target), { recursive: true });
    const bytes = await readFile(path);
    if (target.endsWith('.gz')) await writeFile(target.slice(0, -'.gz'.length), gunzipSync(bytes));
    else await writeFile(target, bytes);
  }
}
