import { mkdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { AppError } from '../domain/errors.ts';
import { systemClock } from '../lib/clock.ts';
import { slateArguments } from './ffmpeg-args.ts';
import { type CutSegment, type Cutter, Segmenter } from './segmenter.ts';

/** Part of the file's name, so that another picture is rendered anew. */
const VERSION = 2;
/** A whole number of AAC frames (375 of 1024 samples at 48 kHz), so that the sound joins up where the loop closes. */
const SECONDS = 8;
const RENDER_TIMEOUT = 60_000;
const atKeyframes: Cutter = { shouldCut: ({ keyframe }) => keyframe };

/**
 * The "nothing on air" programme: rendered once to a file, held in memory, and looped without any process. Its
 * segments are ordinary ones, so that no player can tell it from a channel.
 */
export class Slate {
  readonly #segments: readonly CutSegment[];
  #next = 0;

  constructor(segments: readonly CutSegment[]) {
    this.#segments = segments;
  }

  /** The next segment, the receiver's own copy. `joins` is false where a round begins: its clock starts again. */
  next(): { segment: CutSegment; joins: boolean } {
    const segment = this.#segments[this.#next];
    if (!segment) throw new Error('a slate has at least one segment');
    const joins = this.#next > 0;
    this.#next = (this.#next + 1) % this.#segments.length;
    return { segment: { ...segment, bytes: Buffer.from(segment.bytes) }, joins };
  }

  /** Begins again from the first segment. */
  rewind(): void {
    this.#next = 0;
  }
}

/**
 * The slate from `dataDir`, rendered there first if need be.
 * @throws AppError ffmpeg_missing or ffmpeg_failed.
 */
export async function loadSlate(options: {
  ffmpegPath: string;
  dataDir: string;
  picture: string;
}): Promise<Slate> {
  const file = join(options.dataDir, 'cache', `slate-${VERSION}.ts`);
  const exists = await stat(file).then(
    () => true,
    () => false,
  );
  if (!exists) await render(options, file);
  const segments: CutSegment[] = [];
  const segmenter = new Segmenter(atKeyframes, systemClock, (segment) => segments.push(segment));
  segmenter.write(await readFile(file));
  segmenter.end();
  return new Slate(segments);
}

async function render(
  options: { ffmpegPath: string; dataDir: string; picture: string },
  file: string,
): Promise<void> {
  await mkdir(join(options.dataDir, 'cache'), { recursive: true });
  const unfinished = `${file}.part`;
  try {
    await execa(options.ffmpegPath, slateArguments(options.picture, SECONDS, unfinished), {
      timeout: RENDER_TIMEOUT,
      windowsHide: true,
    });
  } catch (error) {
    const missing = (error as { code?: unknown }).code === 'ENOENT';
    throw new AppError(missing ? 'ffmpeg_missing' : 'ffmpeg_failed', {}, { cause: error });
  }
  await rename(unfinished, file);
}
