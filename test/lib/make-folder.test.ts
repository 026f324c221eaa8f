import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../../src/lib/make-folder.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';

let dirs: TempDirs;
beforeAll(async () => {
  dirs = await TempDirs.create();
});
afterAll(() => dirs.remove());

describe('makeFolder', () => {
  it('creates a folder with its parents, and accepts an existing one', async () => {
    const path = join(await dirs.next(), 'one', 'two', 'three');
    await makeFolder(path);
    await makeFolder(path);
    expect((await stat(path)).isDirectory()).toBe(true);
  });

  it('rejects a path that is a file or below one', async () => {
    const path = join(await dirs.next(), 'file');
    await writeFile(path, '');
    await expect(makeFolder(path)).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(makeFolder(join(path, 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it.runIf(process.platform === 'linux')('rejects where the system refuses to create folders', async () => {
    await expect(makeFolder('/proc/zapette/data')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
