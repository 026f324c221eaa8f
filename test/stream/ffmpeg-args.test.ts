import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { CutPolicy, TARGET_DURATION } from '../../src/stream/cut-policy.ts';
import { remuxArguments, type VideoEncoder } from '../../src/stream/ffmpeg-args.ts';
import { findFfmpeg } from '../../src/stream/ffmpeg-binary.ts';
import { TICKS_PER_SECOND } from '../../src/stream/mpeg-ts.ts';
import { type ProgramMap, readProgramMap } from '../../src/stream/program-map.ts';
import { Segmenter } from '../../src/stream/segmenter.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { makeTs } from '../fakes/real-ts.ts';

const usual = { audio: 'aac', videoEncoder: 'libx264' } as const;

describe('remuxArguments', () => {
  it.each<
    [string, ProgramMap, typeof usual | { audio: 'copy'; videoEncoder: VideoEncoder }, Record<string, string>]
  >([
    [
      'copies H.264',
      { video: 'h264', audio: true },
      usual,
      { '-c:v': 'copy', '-c:a': 'aac', '-ac': '2', '-ar': '48000' },
    ],
    [
      'transcodes HEVC',
      { video: 'hevc', audio: true },
      usual,
      { '-c:v': 'libx264', '-pix_fmt': 'yuv420p', '-bf': '0' },
    ],
    [
      'uses the encoder of the machine',
      { video: 'mpeg2', audio: true },
      { audio: 'copy', videoEncoder: 'h264_qsv' },
      { '-c:v': 'h264_qsv', '-b:v': '5M', '-c:a': 'copy' },
    ],
    [
      'makes silence, never a copy of it',
      { video: 'h264', audio: false },
      { audio: 'copy', videoEncoder: 'libx264' },
      { '-c:v': 'copy', '-c:a': 'aac' },
    ],
    ['makes a picture', { video: null, audio: true }, usual, { '-c:v': 'libx264', '-c:a': 'aac' }],
  ])('%s', (_, map, options, expected) => {
    const args = remuxArguments(map, options);
    for (const [option, value] of Object.entries(expected)) expect(after(args, option)).toBe(value);
  });

  it.each<[string, ProgramMap, string[]]>([
    ['both', { video: 'h264', audio: true }, ['0:v:0', '0:a:0']],
    ['no audio', { video: 'h264', audio: false }, ['0:v:0', '1:a:0']],
    ['no video', { video: null, audio: true }, ['1:v:0', '0:a:0']],
  ])('video comes first, then audio: %s', (_, map, expected) => {
    const args = remuxArguments(map, usual);
    expect(args.filter((_, index) => args[index - 1] === '-map')).toEqual(expected);
  });

  it('reads standard input and writes standard output, and knows no address', () => {
    const args = remuxArguments({ video: 'hevc', audio: true }, usual);
    expect(args).toContain('pipe:0');
    expect(args.at(-1)).toBe('pipe:1');
    expect(args.join(' ')).not.toMatch(/https?:|\/\//);
  });

  it('maps the picture and not the silence where a channel has neither', () => {
    const args = remuxArguments({ video: null, audio: false }, usual);
    const inputs = args.filter((_, index) => args[index - 1] === '-i');
    const video = Number(args[args.indexOf('-map') + 1]?.split(':')[0]);
    expect(inputs[video]).toMatch(/^color=/);
  });

  it.each<ProgramMap>([
    { video: 'h264', audio: true },
    { video: 'h264', audio: false },
    { video: null, audio: true },
    { video: 'other', audio: true },
  ])('FFmpeg makes H.264 and AAC of it: %o', async (map) => {
    const { path } = await findFfmpeg(null);
    const { stdout } = await execa(path, remuxArguments(map, usual), {
      input: await makeTs({ seconds: 1 }),
      encoding: 'buffer',
      timeout: 20_000,
    });
    expect(readProgramMap(stdout)).toEqual({ video: 'h264', audio: true });
  });
});

describe('a hole in the source', () => {
  it.each([5, 9, 15])('of %i s gives no segment beyond the target duration', async (hole) => {
    const { path } = await findFfmpeg(null);
    const parts = await Promise.all([makeTs({ seconds: 3 }), makeTs({ seconds: 3, start: 3 + hole })]);
    const { stdout } = await execa(path, remuxArguments({ video: 'h264', audio: true }, usual), {
      input: Buffer.concat(parts),
      encoding: 'buffer',
      timeout: 20_000,
    });
    const lengths: number[] = [];
    const segmenter = new Segmenter(new CutPolicy(), new FakeClock(), ({ ticks }) =>
      lengths.push(ticks / TICKS_PER_SECOND),
    );
    segmenter.write(Buffer.from(stdout));
    segmenter.end();
    expect(lengths.length).toBeGreaterThan(2);
    expect(Math.round(Math.max(...lengths))).toBeLessThanOrEqual(TARGET_DURATION);
  });
});

function after(args: readonly string[], option: string): string | undefined {
  return args[args.indexOf(option) + 1];
}
