import { argumentList } from '../../lib/argument-list.ts';
import { atLowPriority, startProgram } from '../../lib/start-program.ts';

/** Result of decoding a few seconds of the channel. */
export interface ProbeResult {
  /** Every keyframe as a small grey picture, oldest first, one byte a pixel. */
  readonly pictures: readonly Uint8Array[];
  /** Mean loudness in decibels below full scale; null if there was no sound to decode. */
  readonly loudness: number | null;
  /** Number of errors that the decoder reported. */
  readonly errors: number;
}

/** Pixels of a small grey picture. */
export const PROBE_WIDTH = 64;
export const PROBE_HEIGHT = 36;
const PICTURE_SIZE = PROBE_WIDTH * PROBE_HEIGHT;
const TIMEOUT = 15_000;

/**
 * Decodes the keyframes and the sound of consecutive segments at low priority.
 * @throws what execa throws if FFmpeg fails.
 */
export async function probeKeyframes(
  segments: readonly Uint8Array[],
  { ffmpegPath, signal }: { readonly ffmpegPath: string; readonly signal: AbortSignal },
): Promise<ProbeResult> {
  const run = atLowPriority(
    startProgram(ffmpegPath, probeArguments, {
      stdin: segments.values(),
      encoding: 'buffer',
      timeout: TIMEOUT,
      cancelSignal: signal,
    }),
  );
  const { stdout, stderr } = await run;
  return parseProbe(stdout, Buffer.from(stderr).toString());
}

/** Each keyframe becomes one picture, however far apart they are, since `setpts` replaces the timestamps. */
const probeArguments: readonly string[] = [
  ...argumentList('-hide_banner -nostats -loglevel level+info -threads 1 -skip_frame:v nokey'),
  ...argumentList('-f mpegts -i pipe:0 -map 0:v:0 -an'),
  ...argumentList(`-vf scale=${PROBE_WIDTH}:${PROBE_HEIGHT}:flags=area,format=gray,setpts=N/25/TB -r 25`),
  ...argumentList('-f rawvideo pipe:1 -map 0:a:0 -vn -af volumedetect -f null -'),
];

/** Parses FFmpeg's output. @param log its standard error, each line with its level. */
export function parseProbe(pictures: Uint8Array, log: string): ProbeResult {
  const count = Math.floor(pictures.length / PICTURE_SIZE);
  const loudness = /mean_volume: (-?[\d.]+) dB/.exec(log)?.[1];
  return {
    pictures: Array.from({ length: count }, (_, at) =>
      pictures.subarray(at * PICTURE_SIZE, (at + 1) * PICTURE_SIZE),
    ),
    loudness: loudness === undefined ? null : Number(loudness),
    errors: log.split('\n').filter((line) => line.includes('[error]')).length,
  };
}
