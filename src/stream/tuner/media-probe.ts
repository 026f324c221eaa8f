import { startProgram } from '../../lib/start-program.ts';

/** The codecs of what is in a container, by FFmpeg's names. */
export interface MediaCodecs {
  /** Null: no picture, the cover of a record aside. */
  readonly video: string | null;
  readonly audio: readonly string[];
}

const PATIENCE = 10_000;
const STREAM = /^\s*Stream #0:.*?: (Video|Audio): (\w+)(.*)$/gm;

/**
 * FFmpeg's arguments to read what is at an address of ours: by HTTP and in these formats alone, lest what comes from there
 * leads it anywhere else.
 */
export function inputAt(address: string): string[] {
  const formats = ['hls', 'mpegts', 'mov', 'aac', 'mp3', 'ac3', 'eac3', 'webvtt'];
  return ['-protocol_whitelist', 'http,tcp,crypto', '-format_whitelist', formats.join(','), '-i', address];
}

/**
 * Asks FFmpeg what it makes of a container, by its beginning or its address.
 * @returns null where it makes nothing of it.
 */
export async function probeMedia(ffmpegPath: string, source: Buffer | string): Promise<MediaCodecs | null> {
  const isAddress = typeof source === 'string';
  const input = isAddress ? inputAt(source) : ['-i', 'pipe:0'];
  const args = ['-hide_banner', '-nostats', '-analyzeduration', '500000', ...input];
  const { stderr } = await startProgram(ffmpegPath, args, {
    ...(isAddress ? { stdin: 'ignore' } : { input: source }),
    stdout: 'ignore',
    timeout: PATIENCE,
    // It has nothing to write to, which it calls an error.
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
