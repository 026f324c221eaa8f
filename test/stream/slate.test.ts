import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFfmpeg } from '../../src/stream/ffmpeg-binary.ts';
import { TICKS_PER_SECOND } from '../../src/stream/mpeg-ts.ts';
import { loadSlate, type Slate } from '../../src/stream/slate.ts';
import { Timeline } from '../../src/stream/timeline.ts';

const picture = fileURLToPath(new URL('../../src/stream/slate.png', import.meta.url));
const ROUND = 4;

let dataDir: string;
let ffmpegPath: string;
let slate: Slate;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'slate-'));
  ffmpegPath = (await findFfmpeg(null)).path;
  slate = await loadSlate({ ffmpegPath, dataDir, picture });
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

describe('Slate', () => {
  it('is four segments of two seconds, again and again', () => {
    slate.rewind();
    const rounds = Array.from({ length: 2 * ROUND }, () => slate.next());
    for (const { segment } of rounds) {
      expect(segment.ticks / TICKS_PER_SECOND).toBe(2);
      expect(segment.independent).toBe(true);
    }
    expect(rounds.flatMap(({ joins }, index) => (joins ? [] : [index]))).toEqual([0, ROUND]);
  });

  it('gives copies', () => {
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
    const again = await loadSlate({ ffmpegPath: 'no-such-program-here', dataDir, picture });
    slate.rewind();
    expect(again.next()).toEqual(slate.next());
  });

  it('says what is missing where it cannot be rendered', async () => {
    const elsewhere = join(dataDir, 'elsewhere');
    const load = (path: string, from: string) =>
      loadSlate({ ffmpegPath: path, dataDir: elsewhere, picture: from });
    await expect(load('no-such-program-here', picture)).rejects.toMatchObject({ code: 'ffmpeg_missing' });
    await expect(load(ffmpegPath, join(dataDir, 'no-such.png'))).rejects.toMatchObject({
      code: 'ffmpeg_failed',
    });
    expect(await readdir(join(elsewhere, 'cache'))).not.toContainEqual(
      expect.stringMatching(/^slate-\d+\.ts$/),
    );
  });
});
