import { startProgram } from '../../lib/start-program.ts';

/** Codecs in a container, by FFmpeg's names. */
export interface MediaCodecs {
  /** Null if the container has no video; cover art does not count. */
  readonly video: string | null;
  readonly audio: readonly string[];
}

const PATIENCE = 10_000;
const STREAM = /^\s*Stream #0:.*?: (Video|Audio): (\w+)(.*)$/gm;

/**
 * Returns FFmpeg's arguments to read one of our local addresses by HTTP and in these formats alone, so that its content
 * cannot lead FFmpeg anywhere else.
 */
export function inputAt(address: string): string[] {
  const formats = ['hls', 'mpegts', 'mov', 'aac', 'mp3', 'ac3', 'eac3', 'webvtt'];
  return ['-protocol_whitelist', 'http,tcp,crypto', '-format_whitelist', formats.join(','), '-i', address];
}

/**
 * Asks FFmpeg for the codecs in a container, by the container's first bytes or its address.
 * @returns null if FFmpeg finds no stream.
 */
export async function probeMedia(ffmpegPath: string, source: Buffer | string): Promise<MediaCodecs | null> {
  const isAddress = typeof source === 'string';
  const input = isAddress ? inputAt(source) : ['-i', 'pipe:0'];
  const args = ['-hide_banner', '-nostats', '-analyzeduration', '500000', ...input];
  const { stderr } = await startProgram(ffmpegPath, args, {
    ...(isAddress ? { stdin: 'ignore' } : { input: source }),
    stdout: 'ignore',
    timeout: PATIENCE,
    // FFmpeg exits with an error because it has no output.
    reject: false,
  });
  const streams = [...String(stderr).matchAll(STREAM)].filter(
    ([, , , rest]) => !rest?.includes('(attached pic)'),
  );
  if (streams.length === 0) return null;
  const codecs = (wanted: string) =>
    streams.flatMap(([, kind, codec = '']) => (kind === wanted ? [codec] : []));
  return { video: codecs('Video')[0] ?? null, audio: codecs('Audio') };
}
