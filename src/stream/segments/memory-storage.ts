import type { StoredSegment } from './segment.ts';
import type { KeptRange, SegmentStorage } from './segment-storage.ts';

/** Keeps segments in memory for as long as the live playlist needs them. */
export class MemoryStorage implements SegmentStorage {
  /** Oldest first. */
  readonly #bytes = new Map<number, Buffer>();
  #last = 0;

  append({ sequence, bytes }: StoredSegment): void {
    this.#bytes.set(sequence, bytes);
    this.#last = sequence;
  }

  read(sequence: number): Buffer | undefined {
    return this.#bytes.get(sequence);
  }

  get kept(): KeptRange | null {
    const first = this.#bytes.keys().next();
    return first.done ? null : { first: first.value, last: this.#last };
  }

  dropBefore(sequence: number): void {
    for (const kept of this.#bytes.keys()) {
      if (kept >= sequence) return;
      this.#bytes.delete(kept);
    }
  }
}
