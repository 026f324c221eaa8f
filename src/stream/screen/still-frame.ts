import { argumentList } from '../../lib/argument-list.ts';
import { startProgram } from '../../lib/start-program.ts';
import { slateArguments } from '../ffmpeg/args.ts';
import type { StoredSegment } from '../segments/segment.ts';
import { SLATE_SECONDS, type Slate, slateOf } from './slate.ts';

/** Milliseconds for each of two runs of FFmpeg. */
const TIMEOUT = 10_000;

/** Makes a slate of the first picture of segments, with the sign of a pause. Rejects where FFmpeg finds no picture. */
export async function stillFrame(
  ffmpegPath: string,
  segments: readonly Pick<StoredSegment, 'bytes'>[],
): Promise<Slate> {
  const run = async (args: readonly string[], input: Buffer): Promise<Buffer> => {
    const options = { input, encoding: 'buffer', timeout: TIMEOUT } as const;
    return Buffer.from((await startProgram(ffmpegPath, args, options)).stdout);
  };
  const firstPicture = argumentList(
    '-hide_banner -nostats -loglevel error -skip_frame nokey -i pipe:0 -frames:v 1 -an -f image2 -c:v png pipe:1',
  );
  const picture = await run(firstPicture, Buffer.concat(segments.map(({ bytes }) => bytes)));
  return slateOf(await run(slateArguments('pipe:0', SLATE_SECONDS, 'pipe:1', 'pause'), picture));
}
