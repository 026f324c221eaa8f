import type { StoredSegment } from './segment.ts';

/** The media sequence numbers of the segments that a storage keeps, both included. */
export interface KeptRange {
  readonly first: number;
  readonly last: number;
}

/** Where the content of segments is kept under their media sequence numbers, which the live playlist allots. */
export interface SegmentStorage {
  /**
   * Keeps a segment whose number follows the last one's. Never throws: a storage that fails says so by itself, and the
   * channel goes on.
   */
  append(segment: StoredSegment): void;

  /** The bytes of a segment; undefined if they are not in memory. */
  inMemory(sequence: number): Buffer | undefined;

  /**
   * Gives the pieces of a segment that is not in memory, one after the other.
   * @returns false, and gives nothing, if it is not kept or damaged. @throws the system's error, and what `take` throws
   */
  fromDisk(sequence: number, take: TakePiece): Promise<boolean>;

  /** Null while nothing is kept. */
  readonly kept: KeptRange | null;

  /** Says what the playlist lists from now on; a storage may keep more. */
  advance(needed: NeededSegments): void;
}

/** What a live playlist needs, as media sequence numbers. */
export interface NeededSegments {
  /** The first that it lists. */
  readonly listed: number;
  /** The first that a player may still ask for. */
  readonly available: number;
}

/** Takes a piece of a segment of `length` bytes. The piece is valid until the promise resolves. */
export type TakePiece = (piece: Buffer, length: number) => Promise<void>;
