import { readdir, stat } from 'node:fs/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Clips } from '../../../src/recordings/clips/clips.ts';
import { folderSize } from '../../../src/recordings/disk-use.ts';
import { findFfmpeg } from '../../../src/stream/ffmpeg/binary.ts';
import type { SegmentRing } from '../../../src/stream/segments/ring/segment-ring.ts';
import { clipSources, makeClipWorld, SOURCE_LENGTH } from '../../fakes/clip-world.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';
import { TempDirs } from '../../fakes/temp-dirs.ts';

const DAY = 86_400_000;

let dirs: TempDirs;
let ffmpegPath: string;

beforeAll(async () => {
  dirs = await TempDirs.create();
  ffmpegPath = (await findFfmpeg(null)).path;
  // They take a while on a busy machine.
  await clipSources();
});

afterAll(() => dirs.remove());

// FFmpeg runs at low priority, which a busy machine makes wait.
describe('Clips', { timeout: 60_000 }, () => {
  it('copies from the last keyframe before the wish to the frame of its end', async () => {
    const { clips, past, begin } = await worldOf();
    // Between the keyframes at 4 s and 6 s.
    const clip = await clips.make({ ...wish(past), from: begin + 5_300, to: begin + 8_000 });
    expect(clip.from).toBe(begin + 4_000);
    const shown = await framesOf(clip.path);
    expect(shown[0]).toBe(100);
    expect(Math.abs((shown.at(-1) ?? 0) - 199)).toBeLessThanOrEqual(1);
    expect(shown).toEqual(shown.map((_, index) => 100 + index));
    expect(await codecsOf(clip.path)).toEqual(['h264', 'aac']);
  });

  it('finds a keyframe in the middle of a segment', async () => {
    const { clips, past, begin } = await worldOf({ cutEvery: 4 });
    const clip = await clips.make({ ...wish(past), from: begin + 2_500, to: begin + 4_500 });
    expect((await framesOf(clip.path))[0]).toBe(50);
    expect(clip.from).toBe(begin + 2_000);
  });

  it('is exact across a switch, where it is encoded', async () => {
    const { clips, past, begin } = await worldOf();
    const end = SOURCE_LENGTH * 1000;
    const clip = await clips.make({ ...wish(past), from: begin + end - 1_000, to: begin + end + 1_000 });
    expect(clip.from).toBe(begin + end - 1_000);
    const shown = await framesOf(clip.path);
    expect(shown).toHaveLength(50);
    const wished = [...Array(25).keys()].map((at) => 200 + at);
    wished.push(...[...Array(25).keys()].map((at) => 5 + at));
    for (const [index, frame] of shown.entries()) {
      const off = Math.abs(frame - ((wished[index] ?? 0) % 220));
      expect(Math.min(off, 220 - off)).toBeLessThanOrEqual(1);
    }
  });

  it('has what is kept where the wish begins before it, and says so where nothing is', async () => {
    const { clips, past, begin } = await worldOf();
    const clip = await clips.make({ ...wish(past), from: begin - 60_000, to: begin + 3_000 });
    expect((await framesOf(clip.path))[0]).toBe(0);
    const before = { ...wish(past), from: begin - 60_000, to: begin - 30_000 };
    await expect(clips.make(before)).rejects.toMatchObject({ code: 'past_missing' });
  });

  it.each([
    [0, 0],
    [0, 999],
    [0, 301_000],
    [5_000, 3_000],
    [Number.NaN, 3_000],
  ])('refuses a span from %d to %d', async (from, to) => {
    const { clips, past, begin } = await worldOf();
    await expect(clips.make({ ...wish(past), from: begin + from, to: begin + to })).rejects.toMatchObject({
      code: 'clip_length',
    });
  });

  it('makes a smaller file where one is wished, if it is worth watching', async () => {
    const { clips, past, begin } = await worldOf();
    const clip = await clips.make({ ...wish(past), from: begin, to: begin + 8_000 });
    expect(await clips.fit(clip, clip.size)).toBe(clip.path);
    const limit = 480_000;
    const padded = { ...clip, size: limit + 1 };
    const smaller = await clips.fit(padded, limit);
    expect(smaller).not.toBeNull();
    expect((await stat(smaller ?? '')).size).toBeLessThanOrEqual(limit);
    expect(await codecsOf(smaller ?? '')).toEqual(['h264', 'aac']);
    expect(await clips.fit(padded, 50_000)).toBeNull();
  });

  it('is found by its token for a week, by another process too, and then removed', async () => {
    const { clips, past, begin, clock, folder } = await worldOf();
    const clip = await clips.make({ ...wish(past), from: begin, to: begin + 3_000 });
    const again = new Clips({ folder, ffmpegPath, clock, logger: silentLogger });
    expect(await again.find(clip.token)).toEqual(clip);
    for (const token of ['', 'x', '../../etc/passwd', `${clip.token}x`, `.${clip.token}`])
      expect(await again.find(token)).toBeNull();
    clock.skip(8 * DAY);
    expect(await again.find(clip.token)).toBeNull();
    await again.tidy();
    expect(await readdir(folder)).toEqual([]);
  });

  it('has nothing of what is to come, and ends where the past does', async () => {
    const { clips, past } = await worldOf();
    const edge = past.edge ?? 0;
    await expect(clips.make({ ...wish(past), from: edge + 1, to: edge + 5_000 })).rejects.toMatchObject({
      code: 'past_missing',
    });
    const clip = await clips.make({ ...wish(past), from: edge - 3_000, to: edge + 60_000 });
    expect(clip.to).toBe(edge);
  });

  it('is the older one that goes where clips have more than their share of the disk', async () => {
    let share = 1e9;
    const { clips, past, begin, folder } = await worldOf({ share: async () => share });
    const first = await clips.make({ ...wish(past), from: begin, to: begin + 3_000 });
    const second = await clips.make({ ...wish(past), from: begin + 1_000, to: begin + 4_000 });
    expect(await folderSize(folder)).toBeGreaterThanOrEqual(first.size + second.size);
    share = Math.max(first.size, second.size);
    await clips.tidy();
    const kept = await Promise.all([first, second].map(({ token }) => clips.find(token)));
    expect(kept.filter((clip) => clip !== null)).toHaveLength(1);
    share = 0;
    await clips.tidy();
    expect(await folderSize(folder)).toBe(0);
  });

  it('says that it failed where the folder cannot be written, and cuts the next one', async () => {
    const { clips, past, begin } = await worldOf({ folder: '/dev/null/clips' });
    const failing = { ...wish(past), from: begin, to: begin + 3_000 };
    await expect(clips.make(failing)).rejects.toMatchObject({ code: 'clip_failed' });
    await expect(clips.make(failing)).rejects.toMatchObject({ code: 'clip_failed' });
  });
});

async function worldOf(options?: Parameters<typeof makeClipWorld>[1]) {
  const world = await makeClipWorld(dirs, options);
  onTestFinished(world.stop);
  return world;
}

function wish(past: SegmentRing) {
  return { past, title: 'TF1', madeBy: 'Ada' };
}

/** The number that each frame shows. */
async function framesOf(path: string): Promise<number[]> {
  const { stdout } = await execa(
    ffmpegPath,
    ['-v', 'error', '-i', path, '-map', '0:v', '-vf', 'crop=8:8,format=yuv420p', '-f', 'rawvideo', '-'],
    { encoding: 'buffer' },
  );
  // The brightness of 8 by 8 pixels, and their colours.
  const [size, bright] = [96, 64];
  return Array.from({ length: stdout.length / size }, (_, at) => {
    const mean = stdout.subarray(at * size, at * size + bright).reduce((sum, grey) => sum + grey, 0) / bright;
    return Math.round(mean) - 16;
  });
}

async function codecsOf(path: string): Promise<string[]> {
  const { stderr } = await execa(ffmpegPath, ['-hide_banner', '-i', path], { reject: false });
  return [...stderr.matchAll(/Stream .*?: (?:Video|Audio): (\w+)/g)].map(([, codec]) => codec ?? '');
}
