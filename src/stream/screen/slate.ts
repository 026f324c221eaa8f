import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { systemClock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { makeFolder } from '../../lib/make-folder.ts';
import { ownedCopy } from '../../lib/owned-bytes.ts';
import { replaceFile } from '../../lib/replace-file.ts';
import { startProgram } from '../../lib/start-program.ts';
import { slateArguments } from '../ffmpeg/args.ts';
import { seal, unseal } from '../segments/sealed-file.ts';
import { type CutSegment, type Cutter, Segmenter } from '../segments/segmenter.ts';

/** Part of the file's name: a new number has the slate rendered again. */
const VERSION = 2;
/** A whole number of AAC frames (375 of 1024 samples at 48 kHz), so that the sound joins up where the loop closes. */
export const SLATE_SECONDS = 8;
const RENDER_TIMEOUT = 60_000;
const atKeyframes: Cutter = { shouldCut: ({ keyframe }) => keyframe };

/**
 * The picture for when nothing is on air: rendered once to a file, held in memory, and looped without any process. Its
 * segments are ordinary ones, so no player can tell it from a channel.
 */
export class Slate {
  readonly #segments: readonly CutSegment[];
  #next = 0;

  constructor(segments: readonly CutSegment[]) {
    this.#segments = segments;
  }

  /** A copy of the next segment. `joins` is false at the start of a round, where the slate's clock starts again. */
  next(): { segment: CutSegment; joins: boolean } {
    const segment = this.#segments[this.#next];
    if (!segment) throw new Error('a slate has at least one segment');
    const joins = this.#next > 0;
    this.#next = (this.#next + 1) % this.#segments.length;
    return { segment: { ...segment, bytes: ownedCopy(segment.bytes) }, joins };
  }

  /** Begins again from the first segment. */
  rewind(): void {
    this.#next = 0;
  }
}

export interface SlateOptions {
  readonly ffmpegPath: string;
  readonly dataDir: string;
  readonly picture: string;
  readonly logger: Pick<Logger, 'warn'>;
}

/**
 * Loads the slate from `dataDir`. Where it is missing or damaged, renders it and keeps it there for the next time.
 * @throws AppError ffmpeg_missing or ffmpeg_failed.
 */
export async function loadSlate(options: SlateOptions): Promise<Slate> {
  const folder = join(options.dataDir, 'cache');
  const file = join(folder, `slate-${VERSION}.ts`);
  const kept = await readFile(file).then(unseal, () => null);
  if (kept) return new Slate(cut(kept));
  // If this fails, so does the write below, which is logged.
  await makeFolder(folder).catch(() => {});
  const stream = await render(options);
  const slate = slateOf(stream);
  try {
    await replaceFile(file, seal(stream));
  } catch (error) {
    options.logger.warn({ err: error }, 'the picture for when nothing is on could not be kept');
  }
  return slate;
}

/** A slate of a transport stream that loops. @throws AppError ffmpeg_failed where there is no segment in it */
export function slateOf(stream: Buffer): Slate {
  const segments = cut(stream);
  if (segments.length === 0) throw new AppError('ffmpeg_failed', {}, { cause: new Error('an empty slate') });
  return new Slate(segments);
}

function cut(stream: Buffer): CutSegment[] {
  const segments: CutSegment[] = [];
  const segmenter = new Segmenter(atKeyframes, systemClock, (segment) => segments.push(segment));
  segmenter.write(stream);
  segmenter.end();
  return segments;
}

/** Renders the slate without the disk, which may be full. */
async function render({ ffmpegPath, picture }: SlateOptions): Promise<Buffer> {
  try {
    const { stdout } = await startProgram(ffmpegPath, slateArguments(picture, SLATE_SECONDS, 'pipe:1'), {
      encoding: 'buffer',
      timeout: RENDER_TIMEOUT,
    });
    return Buffer.from(stdout);
  } catch (error) {
    const missing = (error as { code?: unknown }).code === 'ENOENT';
    throw new AppError(missing ? 'ffmpeg_missing' : 'ffmpeg_failed', {}, { cause: error });
  }
}
