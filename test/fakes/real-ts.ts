import { execa } from 'execa';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';

export interface RealTsOptions {
  readonly seconds: number;
  readonly rate?: number;
  /** Frames between keyframes. */
  readonly gop?: number;
  readonly bFrames?: number;
  /** Where its timestamps begin, in seconds. */
  readonly start?: number;
  /** What FFmpeg does to the picture, and to the sound. */
  readonly filter?: string;
  readonly soundFilter?: string;
  /** One for each of its sounds; one of 440 Hz unless told. */
  readonly tracks?: readonly RealTrack[];
}

export interface RealTrack {
  /** Hertz. */
  readonly tone: number;
  /** Of three letters. */
  readonly language: string;
  /** Seconds after which it begins. */
  readonly from?: number;
}

/** A transport stream as an FFmpeg run of ours delivers it: H.264 on PID 0x100, AAC on 0x101 and above. */
export async function makeTs(options: RealTsOptions): Promise<Buffer> {
  const {
    seconds,
    rate = 25,
    gop = 25,
    bFrames = 0,
    start = 0,
    filter = 'null',
    soundFilter = 'anull',
    tracks = [{ tone: 440, language: 'und' }],
  } = options;
  const { path } = await findFfmpeg(null);
  const { stdout } = await execa(
    path,
    [
      ...['-hide_banner', '-loglevel', 'error', '-f', 'lavfi', '-i', `testsrc=s=64x48:r=${rate}`],
      ...tracks.flatMap(({ tone, from = 0 }) => [
        ...['-itsoffset', String(from), '-f', 'lavfi', '-i', `sine=r=48000:f=${tone}:d=${seconds - from}`],
      ]),
      ...['-map', '0', ...tracks.flatMap((_, at) => ['-map', String(at + 1)]), '-t', String(seconds)],
      ...tracks.flatMap(({ language }, at) => [`-metadata:s:a:${at}`, `language=${language}`]),
      ...[
        '-vf',
        filter,
        '-af',
        soundFilter,
        '-c:v',
        'libx264',
        '-preset',
        'ultrafast',
        '-g',
        String(gop),
        '-keyint_min',
        String(gop),
      ],
      ...['-sc_threshold', '0', '-bf', String(bFrames), '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-ac', '2'],
      ...['-output_ts_offset', String(start), '-pes_payload_size', '0', '-f', 'mpegts', 'pipe:1'],
    ],
    { encoding: 'buffer', timeout: 20_000 },
  );
  return Buffer.from(stdout);
}

/** The tone that a transport stream's first track has towards its end, in hertz. */
export async function toneOf(ts: Uint8Array): Promise<number> {
  const rate = 48_000;
  const { path } = await findFfmpeg(null);
  const { stdout } = await execa(
    path,
    [
      ...['-hide_banner', '-loglevel', 'error', '-f', 'mpegts', '-i', 'pipe:0', '-map', '0:a:0'],
      ...['-ac', '1', '-ar', String(rate), '-f', 's16le', 'pipe:1'],
    ],
    { input: ts, encoding: 'buffer', timeout: 20_000 },
  );
  // Without what the encoder adds at the end.
  const last = new Int16Array(new Uint8Array(stdout).buffer).slice(-rate, -rate / 2);
  const rises = [...last.keys()].filter((at) => (last[at] ?? 0) >= 0 && (last[at - 1] ?? 0) < 0);
  const periods = rises.slice(1).map((at, index) => at - (rises[index] ?? 0));
  // Not the mean: the demo's tones have a beep in them.
  return rate / (periods.sort((one, other) => one - other)[periods.length >> 1] ?? 0);
}
