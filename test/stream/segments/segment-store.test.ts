import { describe, expect, it } from 'vitest';
import { SegmentStore, type StoredSegment } from '../../../src/stream/segments/segment-store.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

const WINDOW = 18;
const now = Date.UTC(2026, 0, 1);

describe('SegmentStore', () => {
  it('numbers from where it was told to, without holes', () => {
    const store = makeStore();
    expect(store.nextSequence).toBe(1000);
    expect([1, 2, 3].map(() => add(store).sequence)).toEqual([1000, 1001, 1002]);
    expect(store.nextSequence).toBe(1003);
  });

  it('lists at least the window as soon as it can, and not a segment more', () => {
    const store = makeStore();
    for (let index = 0; index < 100; index++) {
      add(store, { duration: 0.5 + (index % 6) });
      const durations = store.listed().map(({ duration }) => duration);
      const total = durations.reduce((sum, duration) => sum + duration, 0);
      if (index > 20) expect(total).toBeGreaterThanOrEqual(WINDOW);
      expect(total - (durations[0] ?? 0)).toBeLessThan(WINDOW);
    }
  });

  it('keeps a segment for two windows after it has left the playlist', () => {
    const store = makeStore();
    const { sequence } = add(store);
    let sinceLeft = 0;
    while (store.get(sequence)) {
      add(store);
      if (!store.listed().some((segment) => segment.sequence === sequence)) sinceLeft += 2;
    }
    expect(sinceLeft).toBeGreaterThanOrEqual(2 * WINDOW);
    expect(sinceLeft).toBeLessThanOrEqual(2 * WINDOW + 4);
  });

  it('forgets a segment in the end', () => {
    const store = makeStore();
    for (let index = 0; index < 1000; index++) add(store);
    const held = Array.from({ length: 1000 }, (_, index) => store.get(1000 + index)).filter(Boolean);
    expect(held.length).toBeLessThanOrEqual((3 * WINDOW) / 2 + 2);
  });

  it('counts a discontinuity when its segment has left, and foresees the next number', () => {
    const store = makeStore();
    add(store, { discontinuity: true });
    expect(store.playlist.discontinuitySequence).toBe(50);
    expect(store.nextDiscontinuitySequence).toBe(51);
    for (let index = 0; index < 8; index++) add(store);
    expect(store.playlist.discontinuitySequence).toBe(50);
    add(store);
    expect(store.playlist.discontinuitySequence).toBe(51);
    expect(store.nextDiscontinuitySequence).toBe(51);
  });

  it('never changes what a playlist that was handed out says', () => {
    const store = makeStore();
    add(store);
    const before = store.listed();
    for (let index = 0; index < 30; index++) add(store);
    expect(before).toHaveLength(1);
  });

  it('lets the programme clock run on, and jump only over a pause', () => {
    const store = makeStore();
    const first = add(store, {}, now + 2000);
    const late = add(store, {}, now + 5000);
    const early = add(store, {}, now + 5010);
    const afterPause = add(store, {}, now + 60_000);
    expect(first.programDateTime).toBe(now);
    expect(late.programDateTime).toBe(now + 2000);
    expect(early.programDateTime).toBe(now + 4000);
    expect(afterPause.programDateTime).toBe(now + 58_000);
  });

  it('tells subscribers until they leave', () => {
    const store = makeStore();
    const seen: number[] = [];
    const leave = store.subscribe(({ sequence }) => seen.push(sequence));
    add(store);
    leave();
    add(store);
    expect(seen).toEqual([1000]);
  });
});

function makeStore(): SegmentStore {
  return new SegmentStore({
    targetDuration: 6,
    window: WINDOW,
    first: { sequence: 1000, discontinuitySequence: 50 },
    logger: silentLogger,
  });
}

function add(
  store: SegmentStore,
  change: { duration?: number; discontinuity?: boolean } = {},
  at = now,
): StoredSegment {
  const content = {
    bytes: Buffer.alloc(188),
    duration: 2,
    independent: true,
    discontinuity: false,
    ...change,
  };
  return store.append(content, at);
}
