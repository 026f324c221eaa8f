import { describe, expect, it } from 'vitest';
import { MemoryStorage } from '../../../src/stream/segments/memory-storage.ts';
import type { StoredSegment } from '../../../src/stream/segments/segment.ts';

describe('MemoryStorage', () => {
  it('keeps nothing at first', () => {
    const storage = new MemoryStorage();
    expect(storage.kept).toBeNull();
    expect(storage.read(0)).toBeUndefined();
  });

  it('gives the very bytes that were appended, without a copy', () => {
    const storage = new MemoryStorage();
    const segment = segmentOf(7);
    storage.append(segment);
    expect(storage.read(7)).toBe(segment.bytes);
    expect(storage.read(8)).toBeUndefined();
  });

  it('forgets the segments before a number, and only those', () => {
    const storage = new MemoryStorage();
    for (const sequence of [7, 8, 9, 10]) storage.append(segmentOf(sequence));
    storage.dropBefore(9);
    expect(storage.kept).toEqual({ first: 9, last: 10 });
    expect([8, 9].map((sequence) => storage.read(sequence) !== undefined)).toEqual([false, true]);
    storage.dropBefore(9);
    expect(storage.kept).toEqual({ first: 9, last: 10 });
    storage.dropBefore(11);
    expect(storage.kept).toBeNull();
  });
});

function segmentOf(sequence: number): StoredSegment {
  return {
    sequence,
    duration: 2,
    discontinuity: false,
    independent: true,
    programDateTime: 0,
    bytes: Buffer.alloc(188, sequence),
  };
}
