import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/domain/errors.ts';
import { findFfmpeg } from '../../../src/stream/ffmpeg/binary.ts';
import { TICKS_PER_SECOND } from '../../../src/stream/mpeg-ts/packets.ts';
import { loadSlate, type Slate } from '../../../src/stream/screen/slate.ts';
import { unseal } from '../../../src/stream/segments/sealed-file.ts';
import { Timeline } from '../../../src/stream/segments/timeline.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

const picture = fileURLToPath(new URL('../../../src/stream/screen/slate.png', import.meta.url));
const ROUND = 4;
const missing = { ffmpegPath: 'no-such-program-here', picture, logger: silentLogger };

let dataDir: string;
let ffmpegPath: string;
let slate: Slate;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'slate-'));
  ffmpegPath = (await findFfmpeg(null)).path;
  slate = await loadSlate({ ffmpegPath, dataDir, picture, logger: silentLogger });
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

describe('Slate', () => {
  it('gives four segments of two seconds, again and again', () => {
    slate.rewind();
    const rounds = Array.from({ length: 2 * ROUND }, () => slate.next());
    for (const { segment } of rounds) {
      expect(segment.ticks / TICKS_PER_SECOND).toBe(2);
      expect(segment.independent).toBe(true);
    }
    expect(rounds.flatMap(({ joins }, index) => (joins ? [] : [index]))).toEqual([0, ROUND]);
  });

  it('gives copies of its segments', () => {
    slate.rewind();
    const { segment } = slate.next();
    const before = Buffer.from(segment.bytes);
    segment.bytes.fill(0);
    slate.rewind();
    expect(slate.next().segment.bytes).toEqual(before);
  });

  it('loops so that FFmpeg takes it for one stream', async () => {
    slate.rewind();
    const timeline = new Timeline(10);
    const chunks: Buffer[] = [];
    for (let count = 0; count < 2 * ROUND + 2; count++) {
      const { segment, joins } = slate.next();
      timeline.append(segment, joins);
      chunks.push(segment.bytes);
    }
    const { stderr } = await execa(
      ffmpegPath,
      [
        '-hide_banner',
        '-loglevel',
        'warning',
        '-f',
        'mpegts',
        '-i',
        'pipe:0',
        '-c',
        'copy',
        '-f',
        'null',
        '-',
      ],
      { input: Buffer.concat(chunks), timeout: 20_000 },
    );
    expect(stderr).toBe('');
  });

  it('is rendered once', async () => {
    expect(await readdir(join(dataDir, 'cache'))).toEqual([expect.stringMatching(/^slate-\d+\.ts$/)]);
    const again = await loadSlate({ ...missing, dataDir });
    slate.rewind();
    expect(again.next()).toEqual(slate.next());
  });

  it('throws ffmpeg_missing or ffmpeg_failed if it cannot be rendered', async () => {
    const elsewhere = join(dataDir, 'elsewhere');
    const load = (path: string, from: string) =>
      loadSlate({ ffmpegPath: path, dataDir: elsewhere, picture: from, logger: silentLogger });
    await expect(load('no-such-program-here', picture)).rejects.toMatchObject({ code: 'ffmpeg_missing' });
    await expect(load(ffmpegPath, join(dataDir, 'no-such.png'))).rejects.toMatchObject({
      code: 'ffmpeg_failed',
    });
    expect(await readdir(join(elsewhere, 'cache'))).toEqual([]);
  });

  // A stand-in for FFmpeg, which would take seconds.
  describe.skipIf(process.platform === 'win32')('whose file', () => {
    async function standIn(): Promise<string> {
      const [name = ''] = await readdir(join(dataDir, 'cache'));
      const rendered = join(dataDir, 'rendered.ts');
      await writeFile(rendered, unseal(await readFile(join(dataDir, 'cache', name))) ?? '');
      const program = join(dataDir, 'stand-in');
      await writeFile(program, `#!/bin/sh\ncat '${rendered}'\n`, { mode: 0o755 });
      return program;
    }

    it.each([
      ['is empty', ''],
      ['is noise', 'not television '.repeat(100)],
    ])('%s is rendered anew, once', async (_what, content) => {
      const elsewhere = await mkdtemp(join(tmpdir(), 'slate-'));
      await mkdir(join(elsewhere, 'cache'));
      const [name = ''] = await readdir(join(dataDir, 'cache'));
      await writeFile(join(elsewhere, 'cache', name), content);
      await expect(loadSlate({ ...missing, dataDir: elsewhere })).rejects.toMatchObject({
        code: 'ffmpeg_missing',
      });
      await loadSlate({ ...missing, ffmpegPath: await standIn(), dataDir: elsewhere });
      const again = await loadSlate({ ...missing, dataDir: elsewhere });
      slate.rewind();
      expect(again.next()).toEqual(slate.next());
      await rm(elsewhere, { recursive: true });
    });

    it('is used even if it cannot be written', async () => {
      const elsewhere = join(dataDir, 'a-file');
      await writeFile(elsewhere, '');
      const unkept = await loadSlate({ ...missing, ffmpegPath: await standIn(), dataDir: elsewhere });
      slate.rewind();
      expect(unkept.next()).toEqual(slate.next());
    });
  });

  it('throws an AppError if the program makes nothing', async () => {
    const nothing = { ...missing, ffmpegPath: 'true', dataDir: join(dataDir, 'nothing') };
    await expect(loadSlate(nothing)).rejects.toBeInstanceOf(AppError);
  });
});
