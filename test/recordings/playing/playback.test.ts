import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { argumentList } from '../../../src/lib/argument-list.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { readIndex } from '../../../src/recordings/container/read-index.ts';
import { finishedPlaylist, segmentsOf } from '../../../src/recordings/playing/finished-playlist.ts';
import { segmentOfFile } from '../../../src/recordings/playing/segment-of-file.ts';
import { streamOfFile } from '../../../src/recordings/playing/stream-of-file.ts';
import { placesOf, streamOfParts } from '../../../src/recordings/playing/stream-of-parts.ts';
import { UnfinishedFolder } from '../../../src/recordings/unfinished-folder.ts';
import { findFfmpeg } from '../../../src/stream/ffmpeg/binary.ts';
import { DataDirs } from '../../fakes/data-dir.ts';
import { framesOf } from '../frames-of.ts';

const signal = AbortSignal.timeout(120_000);
let dataDirs: DataDirs;
let ffmpegPath: string;
let folder: string;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  folder = await dataDirs.next();
  await mkdir(folder, { recursive: true });
  ffmpegPath = (await findFfmpeg(null)).path;
  // Ten seconds with B-frames, and a keyframe every four.
  const made = argumentList(
    '-f lavfi -i testsrc=s=64x48:r=25:d=10 -f lavfi -i sine=d=10 -c:v libx264 -preset ultrafast -bf 3 -g 100 -keyint_min 100 -sc_threshold 0 -c:a aac',
  );
  for (const name of ['film.mkv', 'film.mp4', 'film.ts'])
    await execa(ffmpegPath, [...made, name], { cwd: folder });
});
afterAll(() => dataDirs.remove());

async function allOf(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('streamOfFile', () => {
  it.each(['film.mkv', 'film.mp4'])('reads %s from the keyframe before a moment', async (name) => {
    const { from, bytes } = await streamOfFile(join(folder, name), 6.5, { ffmpegPath, signal });
    expect(from).toBeGreaterThan(3.8);
    expect(from).toBeLessThan(4.1);
    // From the fourth second to the tenth.
    expect(await framesOf(await allOf(bytes))).toHaveLength(150);
  });

  it('reads a transport stream from its beginning', async () => {
    const { from, bytes } = await streamOfFile(join(folder, 'film.ts'), 0, { ffmpegPath, signal });
    expect(from).toBeLessThan(0.2);
    expect(await framesOf(await allOf(bytes))).toHaveLength(250);
  });

  it('gives the last keyframe beyond the end', async () => {
    const { from } = await streamOfFile(join(folder, 'film.mkv'), 60, { ffmpegPath, signal });
    expect(from).toBeCloseTo(8, 0);
  });

  it('is gone without a file', async () => {
    await expect(streamOfFile(join(folder, 'none.mkv'), 0, { ffmpegPath, signal })).rejects.toMatchObject({
      code: 'recording_file_gone',
    });
  });

  it('ends its FFmpeg with its reader', async () => {
    const { bytes } = await streamOfFile(join(folder, 'film.mkv'), 0, { ffmpegPath, signal });
    for await (const chunk of bytes) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
  });
});

describe('readIndex', () => {
  it.each(['film.mkv', 'film.mp4'])('knows the keyframes, the length and the sound of %s', async (name) => {
    const index = await readIndex(join(folder, name));
    expect(index?.keyframes.map((each) => Math.round(each))).toEqual([0, 4, 8]);
    expect(index?.duration).toBeCloseTo(10, 0);
    expect(index?.tracks).toEqual([{ id: 1, language: null, isDescription: false, codec: 'aac' }]);
  });

  it('knows when the keyframes of either file are shown', async () => {
    for (const name of ['film.mkv', 'film.mp4']) {
      const probed = ['-hide_banner', '-loglevel', 'error', '-skip_frame', 'nokey', '-copyts', '-i', name];
      const shown = [
        '-map',
        '0:v',
        '-vsync',
        'passthrough',
        '-enc_time_base',
        '1:1000',
        '-f',
        'framecrc',
        '-',
      ];
      const { stdout } = await execa(ffmpegPath, [...probed, ...shown], { cwd: folder });
      const times = stdout
        .split('\n')
        .flatMap((line) => (line.startsWith('#') ? [] : [Number(line.split(',')[2])]));
      const { keyframes = [] } = (await readIndex(join(folder, name))) ?? {};
      expect(keyframes.map((each) => Math.round(each * 1000))).toEqual(times);
    }
  });

  it('knows nothing of a transport stream', async () => {
    expect(await readIndex(join(folder, 'film.ts'))).toBeNull();
  });

  it.each(['film.mkv', 'film.mp4'])('is null for %s when that is cut off, or damaged', async (name) => {
    const whole = await readFile(join(folder, name));
    const path = join(folder, `cut-${name}`);
    for (const length of [0, 3, 40, 5_000, whole.length - 200]) {
      await writeFile(path, whole.subarray(0, length));
      expect([length, (await readIndex(path))?.keyframes ?? []]).toEqual([length, []]);
    }
  });
});

describe('segmentsOf', () => {
  it('goes from keyframe to keyframe, six seconds at least', () => {
    const keyframes = [0.02, 2, 4, 7, 8, 14, 15];
    expect(segmentsOf({ keyframes, duration: 20 })).toEqual([
      { from: 0.02, to: 7 },
      { from: 7, to: 14 },
      { from: 14, to: 20 },
    ]);
  });

  it('lists every segment and the end', () => {
    const text = finishedPlaylist(
      [
        { from: 0, to: 6.5 },
        { from: 6.5, to: 8 },
      ],
      '?key=k',
    );
    expect(text).toContain('#EXT-X-TARGETDURATION:7\n');
    expect(text).toContain(
      '#EXTINF:6.500,\nsegment-0.ts?key=k\n#EXTINF:1.500,\nsegment-1.ts?key=k\n#EXT-X-ENDLIST',
    );
  });
});

describe('segmentOfFile', () => {
  it.each(['film.mkv', 'film.mp4'])('gives each frame of %s once, and the times go on', async (name) => {
    const path = join(folder, name);
    const index = await readIndex(path);
    const segments = index ? segmentsOf(index) : [];
    expect(segments).toHaveLength(2);
    const files = await Promise.all(
      segments.map(async (span) => allOf(await segmentOfFile(path, span, null, { ffmpegPath, signal }))),
    );
    const frames = await Promise.all(files.map(framesOf));
    expect(frames.map(({ length }) => length)).toEqual([200, 50]);
    expect(await framesOf(Buffer.concat(files))).toHaveLength(250);
  });
});

describe('streamOfParts', () => {
  const entries = (...seconds: number[]) => [
    ...seconds.map((each, at) => ({ offset: at * 188, seconds: each, isEnd: false })),
    { offset: seconds.length * 188, seconds: (seconds.at(-1) ?? 0) + 4, isEnd: true },
  ];

  it('counts the seconds of all parts, whatever their clocks', () => {
    const places = placesOf([
      { number: 1, entries: entries(0, 4) },
      { number: 3, entries: entries(100, 104) },
    ]);
    expect(places).toEqual([
      { part: 1, offset: 0, seconds: 0 },
      { part: 1, offset: 188, seconds: 4 },
      { part: 3, offset: 0, seconds: 8 },
      { part: 3, offset: 188, seconds: 12 },
    ]);
  });

  it('follows what is written, goes on with the next part, and ends with the recording', async () => {
    const root = await dataDirs.next();
    const unfinished = new UnfinishedFolder(root, 1, systemClock);
    await unfinished.prepare(0);
    const piece = (letter: string, isStart: boolean, seconds: number) => ({
      bytes: Buffer.alloc(188, letter),
      isStart,
      seconds,
    });
    const first = unfinished.openPart(1, null);
    first.write(piece('a', true, 0));
    first.write(piece('b', true, 4));
    await expect.poll(async () => (await unfinished.listedParts())[0]?.bytes).toBe(376);
    let isOver = false;
    let reads = 0;
    const options = {
      folder: unfinished,
      isOver: () => isOver,
      onRead: () => void reads++,
      clock: systemClock,
      signal,
    };
    const { from, bytes } = await streamOfParts(5, options);
    expect(from).toBe(4);
    let read = '';
    const reading = (async () => {
      for await (const chunk of bytes) read += String.fromCharCode(...new Set(chunk));
    })();
    await expect.poll(() => read).toBe('b');
    first.write(piece('c', false, 5));
    await expect.poll(() => read).toBe('bc');
    await first.close();
    const second = unfinished.openPart(2, null);
    second.write(piece('d', true, 0));
    await expect.poll(() => read).toBe('bcd');
    await second.close();
    isOver = true;
    await reading;
    expect(read).toBe('bcd');
    expect(reads).toBeGreaterThan(3);
  });

  it('stops with its signal while it waits', async () => {
    const root = await dataDirs.next();
    const unfinished = new UnfinishedFolder(root, 1, systemClock);
    await unfinished.prepare(0);
    await copyFile(join(folder, 'film.ts'), unfinished.pathOf(1));
    const abort = new AbortController();
    const { bytes } = await streamOfParts(0, {
      folder: unfinished,
      isOver: () => false,
      onRead: () => {},
      clock: systemClock,
      signal: abort.signal,
    });
    setTimeout(() => abort.abort(new Error('enough')), 200);
    await expect(allOf(bytes)).rejects.toThrow('enough');
  });
});
