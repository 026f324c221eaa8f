import { constants, setPriority } from 'node:os';
import { startProgram } from '../../lib/start-program.ts';

/** What a look at a stretch of the channel has shown. */
export interface ProbeResult {
  /** Each keyframe, oldest first: small and grey, one byte a pixel. */
  readonly pictures: readonly Uint8Array[];
  /** Decibels below full scale, on average; null where there was no sound to decode. */
  readonly loudness: number | null;
  /** Complaints of the decoder. */
  readonly errors: number;
}

/** Of a small grey picture. */
export const PROBE_WIDTH = 64;
export const PROBE_HEIGHT = 36;
const PICTURE_SIZE = PROBE_WIDTH * PROBE_HEIGHT;
const TIMEOUT = 15_000;

/**
 * Decodes the keyframes and the sound of segments that follow one another, at the lowest priority.
 * @throws what execa throws where FFmpeg does not do it.
 */
export async function probeKeyframes(
  segments: readonly Uint8Array[],
  { ffmpegPath, signal }: { readonly ffmpegPath: string; readonly signal: AbortSignal },
): Promise<ProbeResult> {
  const run = startProgram(ffmpegPath, probeArguments, {
    stdin: segments.values(),
    encoding: 'buffer',
    timeout: TIMEOUT,
    cancelSignal: signal,
  });
  try {
    if (run.pid !== undefined) setPriority(run.pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It is gone already, or the system does not let us.
  }
  const { stdout, stderr } = await run;
  return parseProbe(stdout, Buffer.from(stderr).toString());
}

/** Each keyframe becomes one picture, however far apart they are: the timestamps are made up for that. */
const probeArguments: readonly string[] = [
  ...['-hide_banner', '-nostats', '-loglevel', 'level+info', '-threads', '1', '-skip_frame:v', 'nokey'],
  ...['-f', 'mpegts', '-i', 'pipe:0', '-map', '0:v:0', '-an'],
  ...['-vf', `scale=${PROBE_WIDTH}:${PROBE_HEIGHT}:flags=area,format=gray,setpts=N/25/TB`, '-r', '25'],
  ...['-f', 'rawvideo', 'pipe:1', '-map', '0:a:0', '-vn', '-af', 'volumedetect', '-f', 'null', '-'],
];

/** @param words what FFmpeg said, each line with its level. */
export function parseProbe(pictures: Uint8Array, words: string): ProbeResult {
  const count = Math.floor(pictures.length / PICTURE_SIZE);
  const loudness = /mean_volume: (-?[\d.]+) dB/.exec(words)?.[1];
  return {
    pictures: Array.from({ length: count }, (_, at) =>
      pictures.subarray(at * PICTURE_SIZE, (at + 1) * PICTURE_SIZE),
    ),
    loudness: loudness === undefined ? null : Number(loudness),
    errors: words.split('\n').filter((line) => line.includes('[error]')).length,
  };
}
