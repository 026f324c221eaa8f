import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readIndex } from '../../src/recordings/container/read-index.ts';
import { joinParts } from '../../src/recordings/join-parts.ts';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';
import { silentLogger } from '../fakes/silent-logger.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';
import { streamsOfFile } from './frames-of.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let dirs: TempDirs;
beforeAll(async () => {
  dirs = await TempDirs.create();
});
afterAll(() => dirs.remove());

it('makes Matroska of what does not fit into MP4, and says why', async () => {
  const [folder, { path: ffmpegPath }] = [await dirs.next(), await findFfmpeg(null)];
  const path = join(folder, 'part-1.ts');
  // TrueHD has no place in MP4 that is more than an experiment.
  const input = ['-f', 'lavfi', '-i', 'testsrc=d=2:s=320x180:r=10', '-f', 'lavfi', '-i', 'sine=d=2'];
  const coded = ['-c:v', 'libx264', '-ar', '48000', '-c:a', 'truehd', '-strict', '-2', '-f', 'mpegts', path];
  await execa(ffmpegPath, ['-hide_banner', '-loglevel', 'error', ...input, ...coded]);
  await writeFile(join(folder, 'part-1.list'), '');
  const said: unknown[] = [];
  const logger = {
    ...silentLogger,
    info: (...what: unknown[]) => void said.push(what),
  } as typeof silentLogger;
  const signal = new AbortController().signal;
  const parts = [{ number: 1, path, bytes: 1, writtenAt: 0 }];
  const joined = await joinParts(parts, { folder, ffmpegPath, format: 'mp4', logger, signal });
  expect(joined).toEqual({ path: join(folder, 'joined.mkv'), ending: 'mkv' });
  expect(await streamsOfFile(joined.path)).toEqual(['Video: h264', 'Audio: truehd']);
  expect(JSON.stringify(said)).toMatch(/truehd.*a recording did not fit into mp4/);
});

it.each(['mkv', 'mp4'] as const)('keeps languages, and what is audio description, in %s', async (format) => {
  const [folder, { path: ffmpegPath }] = [await dirs.next(), await findFfmpeg(null)];
  const path = join(folder, 'part-1.ts');
  const input = ['-f', 'lavfi', '-i', 'testsrc=d=2:s=320x180:r=10', '-f', 'lavfi', '-i', 'sine=d=2:r=48000'];
  const sound = ['-map', '0', '-map', '1', '-map', '1', '-c:a:0', 'ac3', '-c:a:1', 'mp2', '-ac:a:1', '2'];
  const said = ['-metadata:s:a:0', 'language=fra', '-metadata:s:a:1', 'language=fra'];
  const described = ['-disposition:a:1', 'visual_impaired', '-c:v', 'libx264', '-f', 'mpegts', path];
  await execa(ffmpegPath, ['-hide_banner', '-loglevel', 'error', ...input, ...sound, ...said, ...described]);
  const signal = new AbortController().signal;
  const parts = [{ number: 1, path, bytes: 1, writtenAt: 0 }];
  const joined = await joinParts(parts, { folder, ffmpegPath, format, logger: silentLogger, signal });
  expect((await readIndex(joined.path))?.tracks).toEqual([
    { id: 1, language: 'fr', isDescription: false, codec: 'ac3' },
    { id: 2, language: 'fr', isDescription: true, codec: 'mpeg' },
  ]);
});
