import { execa } from 'execa';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';

export interface RealTsOptions {
  readonly seconds: number;
  readonly rate?: number;
  /** Frames between keyframes. */
  readonly gop?: number;
  readonly bFrames?: number;
  /** The first timestamp, in seconds. */
  readonly start?: number;
  /** FFmpeg's filters for the picture and the sound. */
  readonly filter?: string;
  readonly soundFilter?: string;
  /** The audio tracks; by default one of 440 Hz. */
  readonly tracks?: readonly RealTrack[];
}

export interface RealTrack {
  /** Hertz. */
  readonly tone: number;
  /** The language code of three letters. */
  readonly language: string;
  /** Seconds after which the track begins. */
  readonly from?: number;
}

/** A transport stream like our FFmpeg runs deliver: H.264 on PID 0x100, AAC on 0x101 and above. */
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
      '-hide_banner',
      '-loglevel',
      'error',
      '-f',
      'lavfi',
      '-i',
      `testsrc=s=64x48:r=${rate}`,
      ...tracks.flatMap(({ tone, from = 0 }) => [
        '-itsoffset',
        String(from),
        '-f',
        'lavfi',
        '-i',
        `sine=r=48000:f=${tone}:d=${seconds - from}`,
      ]),
      '-map',
      '0',
      ...tracks.flatMap((_, at) => ['-map', String(at + 1)]),
      '-t',
      String(seconds),
      ...tracks.flatMap(({ language }, at) => [`-metadata:s:a:${at}`, `language=${language}`]),
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
      '-sc_threshold',
      '0',
      '-bf',
      String(bFrames),
      '-pix_fmt',
      'yuv420p',
      '-c:a',
      'aac',
      '-ac',
      '2',
      // The quick coder: encoding the sound takes most of the time otherwise.
      '-b:a',
      '64k',
      '-aac_coder',
      'fast',
      '-output_ts_offset',
      String(start),
      '-pes_payload_size',
      '0',
      '-f',
      'mpegts',
      'pipe:1',
    ],
    { encoding: 'buffer', timeout: 20_000 },
  );
  return Buffer.from(stdout);
}

/** The tone of a transport stream's first audio track towards its end, in hertz. */
export async function toneOf(ts: Uint8Array): Promise<number> {
  const rate = 48_000;
  const { path } = await findFfmpeg(null);
  const { stdout } = await execa(
    path,
    [
      '-hide_banner',
      '-loglevel',
      'error',
      '-f',
      'mpegts',
      '-i',
      'pipe:0',
      '-map',
      '0:a:0',
      '-ac',
      '1',
      '-ar',
      String(rate),
      '-f',
      's16le',
      'pipe:1',
    ],
    { input: ts, encoding: 'buffer', timeout: 20_000 },
  );
  // Leaves out the padding that the encoder adds at the end.
  const last = new Int16Array(new Uint8Array(stdout).buffer).slice(-rate, -rate / 2);
  const rises = [...last.keys()].filter((at) => (last[at] ?? 0) >= 0 && (last[at - 1] ?? 0) < 0);
  const periods = rises.slice(1).map((at, index) => at - (rises[index] ?? 0));
  // Takes the median rather than the mean, since the demo's tones contain a beep.
  return rate / (periods.sort((one, other) => one - other)[periods.length >> 1] ?? 0);
}
