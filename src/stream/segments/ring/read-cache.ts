import { LRUCache } from 'lru-cache';
import type { RingChunk } from './ring-chunk.ts';

/** Segments of the past that were read lately. Those who ask for the same one at once share one reading. */
export class ReadCache {
  readonly #segments: LRUCache<string, Buffer, { chunk: RingChunk; sequence: number }>;

  /** @param size bytes */
  constructor(size: number) {
    this.#segments = new LRUCache({
      maxSize: size,
      sizeCalculation: ({ length }) => length,
      // Whoever waits gets a segment that there is no room for any more.
      ignoreFetchAbort: true,
      fetchMethod: (_key, _stale, { context: { chunk, sequence } }) => chunk.read(sequence),
    });
  }

  /** Reads a segment of a chunk; undefined if it is not there, damaged, or the disk fails. */
  async read(chunk: RingChunk, sequence: number): Promise<Buffer | undefined> {
    try {
      return await this.#segments.fetch(`${chunk.path}/${sequence}`, { context: { chunk, sequence } });
    } catch {
      return undefined;
    }
  }
}
