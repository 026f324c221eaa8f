import { execa } from 'execa';
import { findFfmpeg } from '../../src/stream/ffmpeg-binary.ts';

export interface RealTsOptions {
  readonly seconds: number;
  readonly rate?: number;
  /** Frames between keyframes. */
  readonly gop?: number;
  readonly bFrames?: number;
  /** Where its timestamps begin, in seconds. */
  readonly start?: number;
}

/** A transport stream as an FFmpeg run of ours delivers it: H.264 on PID 0x100, AAC on 0x101. */
export async function makeTs(options: RealTsOptions): Promise<Buffer> {
  const { seconds, rate = 25, gop = 25, bFrames = 0, start = 0 } = options;
  const { path } = await findFfmpeg(null);
  const { stdout } = await execa(
    path,
    [
      ...['-hide_banner', '-loglevel', 'error', '-f', 'lavfi', '-i', `testsrc=s=64x48:r=${rate}`],
      ...['-f', 'lavfi', '-i', 'sine=r=48000', '-t', String(seconds)],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', String(gop), '-keyint_min', String(gop)],
      ...['-sc_threshold', '0', '-bf', String(bFrames), '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-ac', '2'],
      ...['-output_ts_offset', String(start), '-pes_payload_size', '0', '-f', 'mpegts', 'pipe:1'],
    ],
    { encoding: 'buffer', timeout: 20_000 },
  );
  return Buffer.from(stdout);
}
