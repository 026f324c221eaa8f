import type { StoredSegment } from '../segments/segment.ts';
import type { KeptRange, NeededSegments, SegmentStorage } from '../segments/segment-storage.ts';

/** Keeps the segments that a playlist needs, and nothing on the disk. */
export class MemoryStorage implements SegmentStorage {
  readonly #bytes = new Map<number, Buffer>();

  append({ sequence, bytes }: StoredSegment): void {
    this.#bytes.set(sequence, bytes);
  }

  inMemory(sequence: number): Buffer | undefined {
    return this.#bytes.get(sequence);
  }

  fromDisk(): Promise<boolean> {
    return Promise.resolve(false);
  }

  get kept(): KeptRange | null {
    const [first] = this.#bytes.keys();
    return first === undefined ? null : { first, last: Math.max(...this.#bytes.keys()) };
  }

  advance({ available }: NeededSegments): void {
    for (const sequence of this.#bytes.keys()) if (sequence < available) this.#bytes.delete(sequence);
  }

  clear(): void {
    this.#bytes.clear();
  }
}
