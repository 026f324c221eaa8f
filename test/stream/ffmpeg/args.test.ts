import bundled from '@ffmpeg-installer/ffmpeg';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import type { AudioTrack } from '../../../src/domain/audio-track.ts';
import type { OutputOptions } from '../../../src/domain/encoding.ts';
import { ownedCopy } from '../../../src/lib/owned-bytes.ts';
import { type RunPlan, remuxArguments } from '../../../src/stream/ffmpeg/args.ts';
import { findFfmpeg } from '../../../src/stream/ffmpeg/binary.ts';
import { TICKS_PER_SECOND } from '../../../src/stream/mpeg-ts/packets.ts';
import { Normaliser } from '../../../src/stream/normaliser/normaliser.ts';
import type { Layout } from '../../../src/stream/normaliser/stream-layout.ts';
import { CutPolicy, TARGET_DURATION } from '../../../src/stream/segments/cut-policy.ts';
import { Segmenter } from '../../../src/stream/segments/segmenter.ts';
import { SoundFiller } from '../../../src/stream/segments/sound-filler.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { makeTs, toneOf } from '../../fakes/real-ts.ts';

const usual = { audio: 'aac', videoEncoder: 'libx264' } as const;

describe('remuxArguments', () => {
  const track = trackOf(0x101);
  it.each<[string, RunPlan, OutputOptions, Record<string, string>]>([
    [
      'copies H.264',
      { video: 'h264', track },
      usual,
      { '-c:v': 'copy', '-c:a': 'aac', '-ac': '2', '-ar': '48000' },
    ],
    [
      'transcodes HEVC',
      { video: 'hevc', track },
      usual,
      { '-c:v': 'libx264', '-pix_fmt': 'yuv420p', '-bf': '0' },
    ],
    [
      'uses the encoder of the machine',
      { video: 'mpeg2', track: trackOf(0x101, 'mpeg') },
      { audio: 'copy', videoEncoder: 'h264_qsv' },
      { '-c:v': 'h264_qsv', '-b:v': '5M', '-c:a': 'aac' },
    ],
    ['makes a still for radio', { video: null, track }, usual, { '-c:v': 'libx264', '-c:a': 'aac' }],
  ])('%s', (_, plan, options, expected) => {
    const args = remuxArguments(plan, options);
    for (const [option, value] of Object.entries(expected)) expect(behind(args, option)).toBe(value);
  });

  it.each<[string, RunPlan, string[]]>([
    ['both', { video: 'h264', track }, ['0:i:256', '0:i:257']],
    ['no audio', { video: 'h264', track: null }, ['0:i:256']],
    ['no video', { video: null, track }, ['[still]', '0:i:257']],
  ])('maps video first, then audio: %s', (_, plan, expected) => {
    const args = remuxArguments(plan, usual);
    expect(args.filter((_, index) => args[index - 1] === '-map')).toEqual(expected);
  });

  it('reads only standard input, writes only standard output, and contains no address', () => {
    for (const plan of [
      { video: 'hevc', track },
      { video: null, track },
    ] as const) {
      const args = remuxArguments(plan, usual);
      expect(args.filter((_, index) => args[index - 1] === '-i')).toEqual(['pipe:0']);
      expect(args.at(-1)).toBe('pipe:1');
      expect(args.join(' ')).not.toMatch(/https?:|\/\//);
    }
  });

  it.each([
    ['auto', 'aac lc 48000 stereo', 'copy'],
    ['auto', 'aac', 'aac'],
    ['auto', 'mpeg', 'aac'],
    ['aac', 'aac lc 48000 stereo', 'aac'],
    ['copy', 'aac', 'copy'],
    ['copy', 'aac lc 48000 stereo', 'copy'],
    ['copy', 'mpeg', 'aac'],
  ] as const)('by AUDIO=%s turns %s into %s', (audio, codec, expected) => {
    const args = remuxArguments({ video: 'h264', track: trackOf(0x102, codec) }, { ...usual, audio });
    expect(behind(args, '-c:a')).toBe(expected);
  });
});

describe.each(['the best FFmpeg of this machine', 'the bundled one'])('%s with remuxArguments', (which) => {
  const path = async () => (which === 'the bundled one' ? bundled.path : (await findFfmpeg(null)).path);

  async function remux(plan: RunPlan, input: Buffer): Promise<Buffer> {
    const { stdout } = await execa(await path(), remuxArguments(plan, usual), {
      input,
      encoding: 'buffer',
      timeout: 20_000,
    });
    const keeper = new SoundFiller();
    return Buffer.concat([...keeper.take(ownedCopy(Buffer.from(stdout))), ...keeper.end()]);
  }

  it.each<RunPlan>([
    { video: 'h264', track: trackOf(0x101) },
    { video: 'h264', track: null },
    { video: null, track: trackOf(0x101) },
    { video: 'other', track: null },
  ])('makes H.264 and AAC of %o', async (plan) => {
    const bytes = await remux(plan, await makeTs({ seconds: 1 }));
    const { layout, seen } = await look(bytes);
    expect(layout).toMatchObject({ video: 'h264', audio: [{ id: 0x101, codec: 'aac lc 48000 stereo' }] });
    expect(seen).toEqual(['h264', 'aac 48000 stereo']);
  });

  it.each([0, 2])('delivers the chosen track, even if it begins after %i s', async (from) => {
    const tracks = [
      { tone: 440, language: 'fra' },
      { tone: 1_000, language: 'qaa', from },
    ];
    const input = await makeTs({ seconds: 4, tracks });
    expect(await toneOf(await remux({ video: 'h264', track: trackOf(0x101) }, input))).toBeCloseTo(440, -1);
    expect(await toneOf(await remux({ video: 'h264', track: trackOf(0x102) }, input))).toBeCloseTo(1_000, -1);
  });
});

describe('a gap in the source', () => {
  it.each([5, 9, 15])('of %i s makes no segment longer than the target duration', async (gap) => {
    const { path } = await findFfmpeg(null);
    const parts = await Promise.all([makeTs({ seconds: 3 }), makeTs({ seconds: 3, start: 3 + gap })]);
    const { stdout } = await execa(path, remuxArguments({ video: 'h264', track: trackOf(0x101) }, usual), {
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

function trackOf(id: number, codec: AudioTrack['codec'] = 'aac'): AudioTrack {
  return { id, language: null, isDescription: false, codec };
}

/** What our own reader, and FFmpeg's, make of a transport stream. */
async function look(bytes: Buffer): Promise<{ layout: Layout; seen: string[] }> {
  const normaliser = new Normaliser(() => {});
  normaliser.take(Buffer.from(bytes));
  normaliser.open(2_000);
  const { path } = await findFfmpeg(null);
  const { stderr } = await execa(path, ['-hide_banner', '-f', 'mpegts', '-i', 'pipe:0', '-f', 'null', '-'], {
    input: bytes,
    timeout: 20_000,
  });
  const input = stderr.slice(0, stderr.indexOf('Output #0'));
  const seen = [...input.matchAll(/(?:Video: (\w+)|Audio: (\w+) .*?(\d+) Hz, (\w+))/g)];
  return {
    layout: normaliser.layout,
    seen: seen.map(([, video, audio, rate, channels]) => video ?? `${audio} ${rate} ${channels}`),
  };
}

function behind(args: readonly string[], option: string): string | undefined {
  return args[args.indexOf(option) + 1];
}
