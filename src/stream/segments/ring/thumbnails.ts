import { LRUCache } from 'lru-cache';
import PQueue from 'p-queue';
import { argumentList } from '../../../lib/argument-list.ts';
import { SharedWork } from '../../../lib/shared-work.ts';
import { atLowPriority, startProgram } from '../../../lib/start-program.ts';
import type { RingEntry } from './ring-entry.ts';
import type { SegmentRing } from './segment-ring.ts';

/** A screen's past, and the id by which its pictures are kept apart from those of others. */
export interface ShownPast {
  readonly id: string;
  readonly past: Pick<SegmentRing, 'entries' | 'entryAt' | 'read'>;
}

/** Pixels. */
const WIDTH = 240;
const CACHE_SIZE = 8 * 1024 * 1024;
const TIMEOUT = 10_000;
/** Pictures that may wait; whoever asks then is told that there is none. */
const MOST_WAITING = 16;
/** Segments back to the keyframe that a moment is decoded from. */
const FARTHEST_KEYFRAME = 12;

/**
 * Small pictures of the past, made when they are asked for: one FFmpeg at a time at low priority, the latest wish
 * first. What nobody waits for any more is not made.
 */
export class Thumbnails {
  readonly #ffmpegPath: string;
  readonly #queue = new PQueue({ concurrency: 1 });
  readonly #made = new LRUCache<string, Buffer>({
    maxSize: CACHE_SIZE,
    sizeCalculation: ({ length }) => length,
  });
  readonly #underWay = new Map<string, SharedWork<Buffer | null>>();
  #wishes = 0;

  constructor(ffmpegPath: string) {
    this.#ffmpegPath = ffmpegPath;
  }

  /**
   * A JPEG of the last keyframe at a moment or before it; null where there is no past, no picture, or too much to do.
   * @param time epoch milliseconds. @throws the signal's reason
   */
  async at({ id, past }: ShownPast, time: number, signal: AbortSignal): Promise<Buffer | null> {
    const entry = keyframeAt(past, time);
    if (!entry) return null;
    const key = `${id} ${entry.sequence}`;
    const made = this.#made.get(key);
    if (made) return made;
    let work = this.#underWay.get(key);
    if (!work) {
      if (this.#queue.size >= MOST_WAITING) return null;
      work = new SharedWork((abandoned) => this.#make(key, () => past.read(entry.sequence), abandoned));
      this.#underWay.set(key, work);
    }
    return work.join(signal);
  }

  /** Never rejects, unless it is abandoned. */
  async #make(
    key: string,
    read: () => Buffer | undefined | Promise<Buffer | undefined>,
    signal: AbortSignal,
  ): Promise<Buffer | null> {
    const priority = this.#wishes++;
    try {
      return await this.#queue.add(
        async () => {
          const bytes = await read();
          const picture = bytes ? await firstKeyframe(bytes, this.#ffmpegPath, signal) : null;
          if (picture) this.#made.set(key, picture);
          return picture;
        },
        { priority, signal },
      );
    } finally {
      this.#underWay.delete(key);
    }
  }
}

/** The last segment at a moment, or some before it, that begins with a keyframe; else the one of the moment. */
function keyframeAt(past: ShownPast['past'], time: number): RingEntry | null {
  const entry = past.entryAt(time);
  const [first] = past.entries;
  if (!entry || !first) return null;
  const at = entry.index - first.index;
  const near = past.entries.slice(Math.max(0, at - FARTHEST_KEYFRAME), at + 1);
  return near.findLast(({ independent }) => independent) ?? entry;
}

/** Null if there is none that can be decoded. */
async function firstKeyframe(
  segment: Buffer,
  ffmpegPath: string,
  cancelSignal: AbortSignal,
): Promise<Buffer | null> {
  const run = atLowPriority(
    startProgram(ffmpegPath, thumbnailArguments, {
      input: segment,
      encoding: 'buffer',
      timeout: TIMEOUT,
      reject: false,
      cancelSignal,
    }),
  );
  const { stdout, exitCode } = await run;
  return exitCode === 0 && stdout.length > 0 ? Buffer.from(stdout) : null;
}

const thumbnailArguments: readonly string[] = [
  ...argumentList('-hide_banner -nostats -loglevel error -threads 1 -skip_frame:v nokey'),
  ...argumentList('-f mpegts -i pipe:0 -map 0:v:0 -an -frames:v 1'),
  ...argumentList(`-vf scale=${WIDTH}:trunc(${WIDTH / 2}/dar)*2:flags=area,setsar=1`),
  ...argumentList('-c:v mjpeg -pix_fmt yuvj420p -q:v 5 -f image2pipe pipe:1'),
];
