import type { PastTrouble } from '../../../domain/past-trouble.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Logger } from '../../../lib/logger.ts';
import { makeFolder } from '../../../lib/make-folder.ts';
import type { ListedSegment, StoredSegment } from '../segment.ts';
import type { KeptRange, NeededSegments, SegmentStorage, TakePiece } from '../segment-storage.ts';
import { RingChunk } from './ring-chunk.ts';
import type { RingEntry } from './ring-entry.ts';

/** What the rings of all screens share. */
export interface SharedDisk {
  /** Keeps all rings within their share of the disk. @throws the system's error */
  makeRoom(): Promise<void>;
}

export interface SegmentRingOptions {
  /** Where its chunks are. */
  readonly folder: string;
  /** Milliseconds of the past to keep at the moment; 0 for none. */
  readonly length: () => number;
  readonly disk: SharedDisk;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly logger: Pick<Logger, 'warn' | 'info'>;
}

/** Milliseconds for which a playlist of the past grows at most. */
export const LONGEST_PLAYLIST = 6 * 60 * 60_000;
/** A chunk ends after so many milliseconds or bytes. */
const CHUNK_TIME = 60_000;
const CHUNK_SIZE = 32 * 1024 * 1024;
/** Bytes that may wait for the disk. */
const LONGEST_QUEUE = 48 * 1024 * 1024;
/** Milliseconds without another try after a failure of the disk. */
const PAUSE = 10_000;
/** Milliseconds for which somebody who has asked for the past counts as watching it. */
const WATCHING = 60_000;

/**
 * The segments of a screen: the live window in memory, and its past on disk. Nothing waits for the disk, and its failures
 * shorten the past alone.
 */
export class SegmentRing implements SegmentStorage {
  readonly #options: SegmentRingOptions;
  /** Oldest first: what the playlist needs, and what the disk does not have yet. */
  readonly #memory = new Map<number, StoredSegment>();
  /** Oldest first; those that playlists of the past may still list, though their bytes are gone. */
  #entries: RingEntry[] = [];
  #chunks: RingChunk[] = [];
  #current: RingChunk | null = null;
  /** What waits for the disk; the first one is being written. */
  #queue: RingEntry[] = [];
  #queued = 0;
  #writing: Promise<void> | null = null;
  #clearing: Promise<void> | null = null;
  #nextIndex = 0;
  #needed: NeededSegments = { listed: 0, available: 0 };
  #watchedAt = Number.NEGATIVE_INFINITY;
  #failedAt = Number.NEGATIVE_INFINITY;
  #trouble: PastTrouble | null = null;
  /** Whether it has given way to the others' pasts since it had its full length. */
  #hasGivenWay = false;

  constructor(options: SegmentRingOptions) {
    this.#options = options;
  }

  /** Takes over what the process before this one has left. Never rejects. @param firsts the names of its chunks */
  async takeOver(firsts: readonly number[]): Promise<void> {
    for (const first of firsts.toSorted((one, other) => one - other)) {
      const found = await RingChunk.find(this.#options.folder, first);
      const begin = found?.lines[0];
      if (!found || !begin) continue;
      const last = this.#entries.at(-1);
      if (last && begin.sequence <= last.sequence) {
        await found.chunk.remove();
        continue;
      }
      this.#chunks.push(found.chunk);
      // Where chunks are missing or damaged, the numbers close up.
      if (!last) this.#nextIndex = begin.index;
      for (const line of found.lines) this.#addEntry(line);
    }
    await this.#dropOld();
  }

  /** Null if the past is as long as it should be. */
  get trouble(): PastTrouble | null {
    return this.#trouble ?? (this.#hasGivenWay ? 'disk_share' : null);
  }

  /** The media sequence number after the last one of the past; 0 if there is none. */
  get nextSequence(): number {
    return (this.#entries.at(-1)?.sequence ?? -1) + 1;
  }

  /** When the last segment ends, in epoch milliseconds; null without a past. */
  get edge(): number | null {
    const last = this.#entries.at(-1);
    return last ? last.programDateTime + last.duration * 1000 : null;
  }

  /** The segments of the past, oldest first; the bytes of those before `first` are gone. */
  get entries(): readonly RingEntry[] {
    return this.#entries;
  }

  /** The first segment of the past that can be read; null if there is none. */
  get first(): RingEntry | null {
    const oldest = this.#chunks[0]?.first ?? this.#queue[0]?.sequence;
    return oldest === undefined ? null : (this.entryOf(oldest) ?? null);
  }

  /** The entry with a media sequence number. */
  entryOf(sequence: number): RingEntry | undefined {
    const at = lowest(this.#entries, (entry) => entry.sequence >= sequence);
    const entry = this.#entries[at];
    return entry?.sequence === sequence ? entry : undefined;
  }

  /** The segment that was shown at a moment, else the nearest that can be read; null without a past. @param time epoch milliseconds */
  entryAt(time: number): RingEntry | null {
    const { first } = this;
    if (!first) return null;
    const after = lowest(this.#entries, ({ programDateTime }) => programDateTime > time);
    const found = this.#entries[Math.max(0, after - 1)];
    return found && found.index > first.index ? found : first;
  }

  /** Somebody watches the past: it goes on to the live edge, even while nothing is on air. */
  watch(): void {
    this.#watchedAt = this.#options.clock.monotonic();
    if (this.#options.length() === 0) return;
    for (const segment of this.#memory.values()) this.#list(segment);
  }

  append(segment: StoredSegment): void {
    this.#memory.set(segment.sequence, segment);
    if (this.#options.length() === 0) {
      if (this.#chunks.length > 0) this.#clearing = this.clear();
    } else if (this.#isWatched || !(segment.isIdle || this.#isPaused)) this.#list(segment);
  }

  inMemory(sequence: number): Buffer | undefined {
    return this.#memory.get(sequence)?.bytes;
  }

  async fromDisk(sequence: number, take: TakePiece): Promise<boolean> {
    return (await this.#chunkOf(sequence)?.read(sequence, take)) ?? false;
  }

  /** The bytes of a segment; undefined if it is not kept, damaged, or the disk fails. */
  async read(sequence: number): Promise<Buffer | undefined> {
    const held = this.inMemory(sequence);
    if (held) return held;
    let bytes: Buffer | undefined;
    let at = 0;
    try {
      await this.fromDisk(sequence, async (piece, length) => {
        bytes ??= Buffer.allocUnsafeSlow(length);
        at += piece.copy(bytes, at);
      });
      return bytes;
    } catch {
      return undefined;
    }
  }

  get kept(): KeptRange | null {
    const inMemory = [...this.#memory.keys()];
    const first = this.#chunks[0]?.first ?? inMemory[0];
    return first === undefined ? null : { first, last: inMemory.at(-1) ?? this.nextSequence - 1 };
  }

  advance(needed: NeededSegments): void {
    this.#needed = needed;
    this.#freeMemory();
  }

  /** Bytes on disk. */
  get size(): number {
    return this.#chunks.reduce((sum, { size }) => sum + size, 0);
  }

  /** When its oldest chunk that could be dropped ends, in epoch milliseconds; null if there is none. */
  get oldestEnd(): number | null {
    const [oldest] = this.#chunks;
    return oldest && oldest !== this.#current ? (oldest.end?.programDateTime ?? 0) : null;
  }

  /** Drops the oldest chunk, as all pasts together have too much. */
  async giveWay(): Promise<void> {
    this.#hasGivenWay = true;
    await this.#dropOldest();
  }

  async #dropOldest(): Promise<void> {
    if (this.oldestEnd !== null) await this.#chunks.shift()?.remove();
  }

  /** Drops all of the past. Never rejects. */
  async clear(): Promise<void> {
    const chunks = this.#chunks;
    [this.#chunks, this.#entries, this.#current] = [[], [], null];
    this.#hasGivenWay = false;
    this.#emptyQueue();
    await Promise.all(chunks.map((chunk) => chunk.remove()));
  }

  /** Resolves once all that was published is on disk. Never rejects. */
  async flush(): Promise<void> {
    await Promise.all([this.#writing, this.#clearing]);
  }

  /** As `flush`, at the end of the process. */
  async close(): Promise<void> {
    await this.flush();
    await this.#current?.close();
    this.#current = null;
  }

  get #isWatched(): boolean {
    return this.#options.clock.monotonic() - this.#watchedAt < WATCHING;
  }

  get #isPaused(): boolean {
    return this.#options.clock.monotonic() - this.#failedAt < PAUSE;
  }

  #list(segment: StoredSegment): void {
    const last = this.#entries.at(-1);
    // The first segments of a process are the last ones of the process before it.
    if (last && segment.sequence <= last.sequence) return;
    if (this.#queued > LONGEST_QUEUE) {
      this.#emptyQueue();
      this.#note('disk_slow', null);
    }
    this.#queue.push(this.#addEntry(segment));
    this.#queued += segment.bytes.length;
    this.#writing ??= this.#writeQueue();
  }

  #addEntry(segment: ListedSegment): RingEntry {
    const { sequence, duration, discontinuity, independent, programDateTime } = segment;
    const last = this.#entries.at(-1);
    const entry = {
      index: this.#nextIndex++,
      breaks: (last?.breaks ?? 0) + (last?.discontinuity ? 1 : 0),
      discontinuity: discontinuity || (last !== undefined && sequence !== last.sequence + 1),
      ...{ sequence, duration, independent, programDateTime },
    };
    this.#entries.push(entry);
    return entry;
  }

  /** Never rejects. */
  async #writeQueue(): Promise<void> {
    for (let [entry] = this.#queue; entry; [entry] = this.#queue) {
      const bytes = this.#memory.get(entry.sequence)?.bytes;
      try {
        if (bytes) await this.#write(entry, bytes);
      } catch (error) {
        await this.#fail(error as NodeJS.ErrnoException);
      }
      if (this.#queue[0] === entry) this.#queue.shift();
      this.#queued -= bytes?.length ?? 0;
      this.#freeMemory();
    }
    this.#queued = 0;
    this.#writing = null;
  }

  async #write(entry: RingEntry, bytes: Buffer): Promise<void> {
    const begun = this.#current && this.entryOf(this.#current.first);
    const isFull =
      this.#current !== null &&
      (this.#current.size >= CHUNK_SIZE ||
        !begun ||
        entry.programDateTime - begun.programDateTime >= CHUNK_TIME);
    if (isFull || this.#current === null) {
      await this.#current?.close();
      this.#current = null;
      await makeFolder(this.#options.folder);
      await this.#dropOld();
      await this.#options.disk.makeRoom();
      this.#current = new RingChunk(this.#options.folder, entry.sequence);
      this.#chunks.push(this.#current);
    }
    const chunk = this.#current;
    await chunk.append(entry, bytes);
    // It was dropped meanwhile.
    if (!this.#chunks.includes(chunk)) await chunk.remove();
    this.#note(null, null);
  }

  async #fail(error: NodeJS.ErrnoException): Promise<void> {
    // It was dropped meanwhile.
    if (this.#current && !this.#chunks.includes(this.#current)) {
      this.#current = null;
      return;
    }
    const isFull = error.code === 'ENOSPC' || error.code === 'EDQUOT';
    this.#failedAt = this.#options.clock.monotonic();
    this.#note(isFull ? 'disk_full' : 'disk_unwritable', error);
    await this.#current?.close();
    if (this.#current?.end === null) {
      await this.#current.remove();
      this.#chunks = this.#chunks.filter((chunk) => chunk !== this.#current);
    }
    this.#current = null;
    if (isFull) await this.#dropOldest();
    this.#emptyQueue();
  }

  #note(trouble: PastTrouble | null, err: Error | null): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    const { logger } = this.#options;
    if (trouble) logger.warn({ trouble, err }, 'the past of the screen cannot be kept for now');
    else logger.info('the past of the screen is kept again');
  }

  async #dropOld(): Promise<void> {
    const now = this.#entries.at(-1)?.programDateTime ?? 0;
    const since = now - this.#options.length();
    while (this.oldestEnd !== null && this.oldestEnd < since) {
      this.#hasGivenWay = false;
      await this.#dropOldest();
    }
    const listed = lowest(
      this.#entries,
      ({ programDateTime }) => programDateTime >= since - LONGEST_PLAYLIST,
    );
    if (listed > 0) this.#entries = this.#entries.slice(listed);
  }

  #emptyQueue(): void {
    this.#queue = [];
    this.#queued = 0;
    this.#freeMemory();
  }

  #freeMemory(): void {
    const { listed, available } = this.#needed;
    const [waiting] = this.#queue;
    for (const sequence of this.#memory.keys()) {
      if (sequence >= listed) return;
      const isWaiting = waiting !== undefined && sequence >= waiting.sequence;
      const isOnDisk = this.#chunkOf(sequence)?.has(sequence) === true;
      if (isOnDisk || (sequence < available && !isWaiting)) this.#memory.delete(sequence);
    }
  }

  #chunkOf(sequence: number): RingChunk | undefined {
    return this.#chunks.findLast(({ first }) => first <= sequence);
  }
}

/** The index of the first item from which on `holds` is true for all; the length if it is for none. */
function lowest<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let [from, to] = [0, items.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(items[middle] as T)) to = middle;
    else from = middle + 1;
  }
  return from;
}
