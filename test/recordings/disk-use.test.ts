import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diskFacts, diskUse } from '../../src/recordings/disk-use.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';

let dirs: TempDirs;
beforeAll(async () => {
  dirs = await TempDirs.create();
});
afterAll(() => dirs.remove());

describe('the disk of recordings', () => {
  it('counts files and the parts of what is not one file yet', async () => {
    const root = await dirs.next();
    await mkdir(join(root, '.unfinished', '7'), { recursive: true });
    await writeFile(join(root, '.unfinished', '7', 'part-1.ts'), '01234');
    const use = await diskUse([{ bytes: 10 }, { bytes: 0 }], diskFacts(root), new FakeClock());
    expect(use).toEqual({ used: 15, free: expect.any(Number) });
  });

  it('tells what is free before the folder is there', async () => {
    const root = join(await dirs.next(), 'not', 'yet');
    expect(await diskFacts(root)).toEqual({ unfinished: 0, free: expect.any(Number) });
  });

  it('does not wait for a disk that never answers', async () => {
    const clock = new FakeClock();
    const use = diskUse([{ bytes: 10 }], new Promise(() => {}), clock);
    await clock.advance(2_000);
    expect(await use).toEqual({ used: 10, free: null });
  });
});
