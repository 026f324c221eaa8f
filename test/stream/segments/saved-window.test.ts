import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SavedWindow } from '../../../src/stream/segments/saved-window.ts';
import { DataDirs } from '../../fakes/data-dir.ts';

const now = Date.UTC(2026, 0, 1);
const segments = [1, 2, 3].map((number) => ({
  sequence: 1_000 + number,
  duration: number,
  discontinuity: number === 2,
  independent: number !== 3,
  programDateTime: now + number,
  bytes: Buffer.alloc(188 * number, number),
}));

let dataDirs: DataDirs;
let folder: string;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
});
beforeEach(async () => {
  folder = await dataDirs.next();
});
afterAll(() => dataDirs.remove());

describe('SavedWindow', () => {
  it('gives the segments back as they were, once', async () => {
    const file = new SavedWindow(folder);
    await file.save(segments, now);
    expect(await file.take(now + 3_000)).toEqual(segments);
    expect(await file.take(now + 3_000)).toEqual([]);
    expect(await readdir(join(folder, 'cache'))).not.toContain('window');
  });

  it.each([
    ['too old', now + 61_000],
    ['from the future', now - 1],
  ])('gives nothing if the window is %s', async (_, time) => {
    const file = new SavedWindow(folder);
    await file.save(segments, now);
    expect(await file.take(time)).toEqual([]);
  });

  it.each<[what: string, hurt: (bytes: Buffer) => Buffer]>([
    ['cut off', (bytes) => bytes.subarray(188)],
    ['empty', () => Buffer.alloc(0)],
    ['changed in one place', (bytes) => Buffer.from(bytes).fill(0xaa, 300, 301)],
  ])('gives nothing if the bytes are %s', async (_what, hurt) => {
    const file = new SavedWindow(folder);
    await file.save(segments, now);
    const path = join(folder, 'cache', 'window', 'window.ts');
    await writeFile(path, hurt(await readFile(path)));
    expect(await file.take(now)).toEqual([]);
  });

  it('gives nothing if the files are broken or missing', async () => {
    const file = new SavedWindow(folder);
    expect(await file.take(now)).toEqual([]);
    await file.save(segments, now);
    await writeFile(join(folder, 'cache', 'window', 'window.json'), '{"savedAt":');
    expect(await file.take(now)).toEqual([]);
  });
});
