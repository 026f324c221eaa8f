import { z } from 'zod';
import type { ListedSegment } from '../segment.ts';

/** Where a segment is in its chunk. */
export interface Place {
  /** Bytes from the start of the chunk. */
  readonly offset: number;
  readonly length: number;
  /** CRC-32. */
  readonly checksum: number;
}

/** A segment of a screen's past. */
export interface RingEntry extends ListedSegment {
  /** Its number among all segments of the past: without holes, where those of the channel may have some. */
  readonly index: number;
  /** The discontinuities before it. */
  readonly breaks: number;
}

/** A line of a chunk's list. */
export type RingLine = RingEntry & Place;

const schema = z.object({
  index: z.int().nonnegative(),
  breaks: z.int().nonnegative(),
  sequence: z.int().nonnegative(),
  duration: z.number().positive(),
  discontinuity: z.boolean(),
  independent: z.boolean(),
  programDateTime: z.number().min(0).max(8.64e15),
  offset: z.int().nonnegative(),
  length: z.int().positive(),
  checksum: z.int().nonnegative(),
});

export function lineOf(entry: RingEntry, place: Place): string {
  return `${JSON.stringify({ ...entry, ...place })}\n`;
}

/** The lines of a chunk's list up to the first that is damaged or not finished. @param size bytes of the chunk */
export function readLines(text: string, size: number): RingLine[] {
  const lines: RingLine[] = [];
  for (const line of text.split('\n').slice(0, -1)) {
    const read = schema.safeParse(parsed(line)).data;
    const last = lines.at(-1);
    if (!read || read.offset + read.length > size || (last && read.sequence <= last.sequence)) break;
    lines.push(read);
  }
  return lines;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
