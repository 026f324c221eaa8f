import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordingFacts } from '../../src/app/recording-facts.ts';
import type { Recording } from '../../src/domain/recording.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';

let dirs: TempDirs;
beforeAll(async () => {
  dirs = await TempDirs.create();
});
afterAll(() => dirs.remove());

it('looks at the folder of recordings, or at the one in which it would be made', async () => {
  const clock = new FakeClock();
  const folder = await dirs.next();
  const all = [{ state: 'done', stop: clock.now() - 1, reason: null } as Recording];
  const facts = (root: string, list = all) =>
    recordingFacts({ recordings: { all: () => list }, root, leastFree: 5, clock });
  const root = join(folder, 'a', 'recordings');
  expect(await facts(root)).toMatchObject({
    disk: { path: folder, isWritable: true },
    leastFree: 5,
    complete: 1,
  });
  await mkdir(root, { recursive: true });
  expect((await facts(root))?.disk).toEqual({ path: root, free: expect.any(Number), isWritable: true });
  expect(await facts(root, [])).toBeNull();
});
