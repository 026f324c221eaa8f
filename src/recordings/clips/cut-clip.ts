import { argumentList } from '../../lib/argument-list.ts';
import { atLowPriority, startProgram } from '../../lib/start-program.ts';
import type { ClipSource } from './clip-source.ts';

export interface CutOptions {
  readonly ffmpegPath: string;
  /** The MP4 file to write. */
  readonly path: string;
  readonly signal: AbortSignal;
}

/** Milliseconds for a clip of the longest kind on a slow machine. */
const TIMEOUT = 5 * 60_000;
const SOUND_BITS = 128_000;
/** Seconds by which a moment of the picture may exceed its bits. */
const BUFFER_SECONDS = 0.5;
/** Bits per second below which a picture is not worth sending. */
const LEAST_BITS = 300_000;
/** What a file of that many bits per second shows well, in lines. */
const heights = [
  { bits: 2_000_000, height: 720 },
  { bits: 900_000, height: 480 },
  { bits: 0, height: 360 },
] as const;

/** Cuts a clip up to a moment: by copy where one source has made all of it. @param to epoch milliseconds. @throws what execa throws */
export async function cutClip(source: ClipSource, span: { from: number; to: number }, options: CutOptions) {
  const begin = source.isWhole ? source.begin : Math.max(source.begin, span.from);
  const seconds = (span.to - begin) / 1000;
  const skipped = (begin - source.begin) / 1000;
  await run(
    [
      ...argumentList('-fflags +genpts -f mpegts -i pipe:0 -map 0:v:0 -map 0:a:0?'),
      ...(skipped > 0 ? ['-ss', skipped.toFixed(3)] : []),
      ...['-t', seconds.toFixed(3)],
      ...(source.isWhole ? argumentList('-c copy -bsf:a aac_adtstoasc') : encoding(720, null)),
    ],
    source.bytes(),
    options,
  );
  return { from: begin, to: span.to };
}

/** Makes a smaller file of a clip. @param size bytes that it may have. @returns false where it would not be worth watching */
export async function shrinkClip(
  clip: { readonly path: string; readonly seconds: number },
  size: number,
  options: CutOptions,
): Promise<boolean> {
  // A part is for the container, and the encoder may be ahead of its aim by its buffer.
  const bits = (size * 8 * 0.95) / (clip.seconds + BUFFER_SECONDS) - SOUND_BITS;
  if (bits < LEAST_BITS) return false;
  const { height } = heights.find((each) => bits >= each.bits) ?? heights[2];
  await run(['-i', clip.path, ...encoding(height, Math.floor(bits))], null, options);
  return true;
}

/** @param bits per second of the picture; null for whatever looks good. */
function encoding(height: number, bits: number | null): string[] {
  const width = Math.round((height * 16) / 9 / 2) * 2;
  const fitted = `scale=${width}:${height}:force_original_aspect_ratio=decrease:force_divisible_by=2`;
  return [
    // Sources on both sides of a switch may differ in size.
    ...['-vf', `${fitted},pad=${width}:${height}:-1:-1,setsar=1,format=yuv420p`],
    ...argumentList('-c:v libx264 -preset veryfast'),
    ...(bits === null
      ? argumentList('-crf 23')
      : argumentList(`-b:v ${bits} -maxrate ${bits} -bufsize ${Math.floor(bits * BUFFER_SECONDS)}`)),
    ...argumentList(`-c:a aac -b:a ${SOUND_BITS} -ac 2`),
  ];
}

async function run(
  args: readonly string[],
  input: AsyncGenerator<Buffer, void, undefined> | null,
  { ffmpegPath, path, signal }: CutOptions,
): Promise<void> {
  const running = atLowPriority(
    startProgram(
      ffmpegPath,
      [
        ...argumentList('-hide_banner -nostats -loglevel error'),
        ...args,
        ...argumentList('-movflags +faststart -f mp4 -y'),
        path,
      ],
      { ...(input ? { stdin: input } : { stdin: 'ignore' }), timeout: TIMEOUT, cancelSignal: signal },
    ),
  );
  await running;
}
