import { describe, expect, it } from 'vitest';
import { LivePlaylist } from '../../../src/stream/segments/live-playlist.ts';
import type { StoredSegment } from '../../../src/stream/segments/segment.ts';
import { noPast } from '../../fakes/no-past.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

const WINDOW = 18;
const now = Date.UTC(2026, 0, 1);

describe('LivePlaylist', () => {
  it('numbers segments from the given number on, without holes', () => {
    const live = makePlaylist();
    expect(live.nextSequence).toBe(1000);
    expect([1, 2, 3].map(() => add(live).sequence)).toEqual([1000, 1001, 1002]);
    expect(live.nextSequence).toBe(1003);
  });

  it('lists the segments that fill the window, and not one more', () => {
    const live = makePlaylist();
    for (let index = 0; index < 100; index++) {
      add(live, { duration: 0.5 + (index % 6) });
      const durations = live.listed().map(({ duration }) => duration);
      const total = durations.reduce((sum, duration) => sum + duration, 0);
      if (index > 20) expect(total).toBeGreaterThanOrEqual(WINDOW);
      expect(total - (durations[0] ?? 0)).toBeLessThan(WINDOW);
    }
  });

  it('keeps a segment for two windows after it has left the playlist', () => {
    const live = makePlaylist();
    const { sequence } = add(live);
    let sinceLeft = 0;
    while ((live.storage.kept?.first ?? 0) <= sequence) {
      add(live);
      if (!live.listed().some((segment) => segment.sequence === sequence)) sinceLeft += 2;
    }
    expect(sinceLeft).toBeGreaterThanOrEqual(2 * WINDOW);
    expect(sinceLeft).toBeLessThanOrEqual(2 * WINDOW + 4);
  });

  it('drops a segment from the storage in the end', () => {
    const live = makePlaylist();
    for (let index = 0; index < 1000; index++) add(live);
    const { first, last } = live.storage.kept ?? { first: 0, last: 0 };
    expect(last).toBe(1999);
    expect(last - first + 1).toBeLessThanOrEqual((3 * WINDOW) / 2 + 2);
  });

  it('begins with the segments of the process before and keeps them available', () => {
    const before = [7, 8].map((sequence) => ({ ...add(makePlaylist()), sequence }));
    const live = makePlaylist(before);
    expect(live.listed()).toEqual(before);
    expect(live.nextSequence).toBe(9);
    expect(live.storage.kept).toEqual({ first: 7, last: 8 });
  });

  it('counts a discontinuity when its segment leaves, and knows the next discontinuity sequence', () => {
    const live = makePlaylist();
    add(live, { discontinuity: true });
    expect(live.content.discontinuitySequence).toBe(50);
    expect(live.nextDiscontinuitySequence).toBe(51);
    for (let index = 0; index < 8; index++) add(live);
    expect(live.content.discontinuitySequence).toBe(50);
    add(live);
    expect(live.content.discontinuitySequence).toBe(51);
    expect(live.nextDiscontinuitySequence).toBe(51);
  });

  it('does not change a list that was handed out', () => {
    const live = makePlaylist();
    add(live);
    const before = live.listed();
    for (let index = 0; index < 30; index++) add(live);
    expect(before).toHaveLength(1);
  });

  it('lets PROGRAM-DATE-TIME run on, and jump only over a pause', () => {
    const live = makePlaylist();
    const first = add(live, {}, now + 2000);
    const late = add(live, {}, now + 5000);
    const early = add(live, {}, now + 5010);
    const afterPause = add(live, {}, now + 60_000);
    expect(first.programDateTime).toBe(now);
    expect(late.programDateTime).toBe(now + 2000);
    expect(early.programDateTime).toBe(now + 4000);
    expect(afterPause.programDateTime).toBe(now + 58_000);
  });

  it('tells subscribers of new segments until they leave', () => {
    const live = makePlaylist();
    const seen: number[] = [];
    const leave = live.subscribe(({ sequence }) => seen.push(sequence));
    add(live);
    leave();
    add(live);
    expect(seen).toEqual([1000]);
  });
});

function makePlaylist(before: readonly StoredSegment[] = []): LivePlaylist {
  return new LivePlaylist({
    targetDuration: 6,
    window: WINDOW,
    first: { sequence: 1000, discontinuitySequence: 50 },
    before,
    storage: noPast(),
    logger: silentLogger,
  });
}

function add(
  live: LivePlaylist,
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
  return live.append(content, at);
}
