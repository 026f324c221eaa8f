import bundled from '@ffmpeg-installer/ffmpeg';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import type { AudioTrack } from '../../src/domain/audio-track.ts';
import { CutPolicy, TARGET_DURATION } from '../../src/stream/cut-policy.ts';
import { remuxArguments, type VideoEncoder } from '../../src/stream/ffmpeg-args.ts';
import { findFfmpeg } from '../../src/stream/ffmpeg-binary.ts';
import { TICKS_PER_SECOND } from '../../src/stream/mpeg-ts.ts';
import { type ProgramMap, readProgramMap } from '../../src/stream/program-map.ts';
import { Segmenter } from '../../src/stream/segmenter.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { makeTs, toneOf } from '../fakes/real-ts.ts';

const usual = { audio: 'aac', videoEncoder: 'libx264' } as const;

describe('remuxArguments', () => {
  it.each<
    [string, ProgramMap, typeof usual | { audio: 'copy'; videoEncoder: VideoEncoder }, Record<string, string>]
  >([
    [
      'copies H.264',
      { video: 'h264', audio: null },
      usual,
      { '-c:v': 'copy', '-c:a': 'aac', '-ac': '2', '-ar': '48000' },
    ],
    [
      'transcodes HEVC',
      { video: 'hevc', audio: null },
      usual,
      { '-c:v': 'libx264', '-pix_fmt': 'yuv420p', '-bf': '0' },
    ],
    [
      'uses the encoder of the machine',
      { video: 'mpeg2', audio: null },
      { audio: 'copy', videoEncoder: 'h264_qsv' },
      { '-c:v': 'h264_qsv', '-b:v': '5M', '-c:a': 'aac' },
    ],
    [
      'makes silence, never a copy of it',
      { video: 'h264', audio: [] },
      { audio: 'copy', videoEncoder: 'libx264' },
      { '-c:v': 'copy', '-c:a': 'aac' },
    ],
    ['makes a picture', { video: null, audio: null }, usual, { '-c:v': 'libx264', '-c:a': 'aac' }],
  ])('%s', (_, map, options, expected) => {
    const args = remuxArguments(map, null, options);
    for (const [option, value] of Object.entries(expected)) expect(behind(args, option)).toBe(value);
  });

  it.each<[string, ProgramMap, string[]]>([
    ['both', { video: 'h264', audio: null }, ['0:v:0', '0:a:0']],
    ['no audio', { video: 'h264', audio: [] }, ['0:v:0', '1:a:0']],
    ['no video', { video: null, audio: null }, ['1:v:0', '0:a:0']],
  ])('video comes first, then audio: %s', (_, map, expected) => {
    const args = remuxArguments(map, null, usual);
    expect(args.filter((_, index) => args[index - 1] === '-map')).toEqual(expected);
  });

  it('reads standard input and writes standard output, and knows no address', () => {
    const args = remuxArguments({ video: 'hevc', audio: null }, null, usual);
    expect(args).toContain('pipe:0');
    expect(args.at(-1)).toBe('pipe:1');
    expect(args.join(' ')).not.toMatch(/https?:|\/\//);
  });

  it('maps the picture and not the silence where a channel has neither', () => {
    const args = remuxArguments({ video: null, audio: [] }, null, usual);
    const inputs = args.filter((_, index) => args[index - 1] === '-i');
    const video = Number(args[args.indexOf('-map') + 1]?.split(':')[0]);
    expect(inputs[video]).toMatch(/^color=/);
  });

  it.each([
    ['encodes what is no AAC', { isAac: false }, 'aac'],
    ['copies what is', { isAac: true }, 'copy'],
  ])('AUDIO=copy %s', (_, differences, expected) => {
    const track = trackOf(0x102, differences);
    const args = remuxArguments({ video: 'h264', audio: [track] }, track, { ...usual, audio: 'copy' });
    expect(behind(args, '-c:a')).toBe(expected);
  });
});

describe.each(['the best FFmpeg of this machine', 'the bundled one'])('%s', (which) => {
  const path = async () => (which === 'the bundled one' ? bundled.path : (await findFfmpeg(null)).path);

  async function remux(map: ProgramMap, track: AudioTrack | null, input: Buffer): Promise<Buffer> {
    const { stdout } = await execa(await path(), remuxArguments(map, track, usual), {
      input,
      encoding: 'buffer',
      timeout: 20_000,
    });
    return Buffer.from(stdout);
  }

  it.each<ProgramMap>([
    { video: 'h264', audio: [trackOf(0x101)] },
    { video: 'h264', audio: null },
    { video: 'h264', audio: [] },
    { video: null, audio: null },
    { video: 'other', audio: null },
  ])('makes H.264 and AAC of %o', async (map) => {
    const bytes = await remux(map, map.audio?.[0] ?? null, await makeTs({ seconds: 1 }));
    const aac = trackOf(0x101, { isAac: true });
    expect(readProgramMap(bytes)).toEqual({ video: 'h264', audio: [aac] });
  });

  it.each([0, 2])('gives the track that is asked for, also where it begins after %i s', async (from) => {
    const tracks = [
      { tone: 440, language: 'fra' },
      { tone: 1_000, language: 'qaa', from },
    ];
    const input = await makeTs({ seconds: 4, tracks });
    const map = { video: 'h264', audio: [trackOf(0x101), trackOf(0x102)] } as const;
    expect(await toneOf(await remux(map, map.audio[0], input))).toBeCloseTo(440, -1);
    expect(await toneOf(await remux(map, map.audio[1], input))).toBeCloseTo(1_000, -1);
  });
});

describe('a hole in the source', () => {
  it.each([5, 9, 15])('of %i s gives no segment beyond the target duration', async (hole) => {
    const { path } = await findFfmpeg(null);
    const parts = await Promise.all([makeTs({ seconds: 3 }), makeTs({ seconds: 3, start: 3 + hole })]);
    const { stdout } = await execa(path, remuxArguments({ video: 'h264', audio: null }, null, usual), {
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

function trackOf(id: number, differences: Partial<AudioTrack> = {}): AudioTrack {
  return { id, language: null, isDescription: false, isAac: false, ...differences };
}

function behind(args: readonly string[], option: string): string | undefined {
  return args[args.indexOf(option) + 1];
}
