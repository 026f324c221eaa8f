import { open } from 'node:fs/promises';
import { type Clock, sleep } from '../../lib/clock.ts';
import type { ListedPart, PartEntry } from '../recording-playlist.ts';
import type { UnfinishedFolder } from '../unfinished-folder.ts';
import type { Stretch } from './stream-of-file.ts';

export interface PartsOptions {
  readonly folder: Pick<UnfinishedFolder, 'listedParts' | 'pathOf'>;
  /** Whether nothing more is recorded. */
  readonly isOver: () => boolean;
  /** Called again and again while the parts are needed. */
  readonly onRead: () => void;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A place in the parts at which a player may begin. */
interface Place {
  readonly part: number;
  readonly offset: number;
  /** Seconds from the recording's beginning. */
  readonly seconds: number;
}

const CHUNK = 188 * 1024;
/** Milliseconds between two looks for more. */
const LOOK_EVERY = 500;

/** Reads a recording that runs, from the last keyframe before a moment on, and waits at its end for more. */
export async function streamOfParts(seconds: number, options: PartsOptions): Promise<Stretch> {
  const places = placesOf(await options.folder.listedParts());
  const place = places.findLast((each) => each.seconds <= seconds) ?? places[0];
  return {
    from: place?.seconds ?? 0,
    bytes: follow(place ?? { part: 1, offset: 0, seconds: 0 }, options),
  };
}

/** Keyframes of all parts; what is missing between two parts takes no time. */
export function placesOf(parts: readonly Pick<ListedPart, 'number' | 'entries'>[]): Place[] {
  let before = 0;
  return parts.flatMap(({ number, entries }) => {
    const begin = entries[0]?.seconds ?? 0;
    const at = ({ seconds }: PartEntry) => before + seconds - begin;
    const places = entries
      .filter(({ isEnd }) => !isEnd)
      .map((entry) => ({ part: number, offset: entry.offset, seconds: at(entry) }));
    const last = entries.at(-1);
    if (last) before = at(last);
    return places;
  });
}

async function* follow(place: Place, options: PartsOptions): AsyncGenerator<Buffer> {
  const { folder, isOver, onRead, clock, signal } = options;
  let { part, offset } = place;
  for (;;) {
    // Asked before the look, so that what was written last is read.
    const wasOver = isOver();
    const read = yield* readPart(folder.pathOf(part), offset, options);
    offset += read;
    const next = (await folder.listedParts()).find(({ number }) => number > part);
    if (next && read === 0) {
      part = next.number;
      offset = 0;
    } else if (read === 0) {
      if (wasOver) return;
      onRead();
      await sleep(clock, LOOK_EVERY, signal);
    }
  }
}

/** Gives what a part has from an offset on. @returns the bytes that were read; 0 where there is nothing, or no such part */
async function* readPart(
  path: string,
  offset: number,
  { onRead, signal }: PartsOptions,
): AsyncGenerator<Buffer, number> {
  const file = await open(path).catch(() => null);
  if (!file) return 0;
  let read = 0;
  try {
    for (;;) {
      signal.throwIfAborted();
      onRead();
      const buffer = Buffer.allocUnsafe(CHUNK);
      const { bytesRead } = await file.read(buffer, 0, CHUNK, offset + read);
      if (bytesRead === 0) return read;
      read += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
