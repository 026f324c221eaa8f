import HLS, { type types } from 'hls-parser';
import { describe, expect, it } from 'vitest';
import { RewindPlaylist } from '../../../../src/stream/segments/ring/rewind-playlist.ts';
import type { RingEntry } from '../../../../src/stream/segments/ring/ring-entry.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 0, 1);

describe('RewindPlaylist', () => {
  it('begins with the segment that is asked for, as an EVENT playlist', () => {
    const past = somePast(10);
    const playlist = read(past.playlist.text(104));
    expect(playlist.playlistType).toBe('EVENT');
    expect(playlist.endlist).toBe(false);
    expect(playlist.mediaSequenceBase).toBe(4);
    expect(playlist.segments.map(({ uri }) => uri)).toEqual(
      [104, 105, 106, 107, 108, 109].map((sequence) => `../seg/${sequence}.ts`),
    );
    expect(playlist.segments[0]?.programDateTime?.getTime()).toBe(NOW + 8_000);
  });

  it('only ever grows', () => {
    const past = somePast(5);
    let before = past.playlist.text(102)?.toString() ?? '';
    for (let count = 0; count < 3000; count++) {
      past.add(count % 7 === 0);
      const now = past.playlist.text(102)?.toString() ?? '';
      expect(now.startsWith(before)).toBe(true);
      before = now;
    }
    expect(read(Buffer.from(before)).segments).toHaveLength(3003);
  });

  it('stays as it is while the segments before it are forgotten', () => {
    const past = somePast(5000);
    const before = past.playlist.text(104_900 - 100_000 + 100)?.toString() ?? '';
    past.forget(4000);
    past.add();
    expect(past.playlist.text(5000)?.toString().startsWith(before)).toBe(true);
    past.forget(900);
    for (let count = 0; count < 2000; count++) past.add();
    const { segments, mediaSequenceBase } = read(past.playlist.text(5000));
    expect(mediaSequenceBase).toBe(4900);
    expect(segments[0]?.uri).toBe('../seg/5000.ts');
    expect(segments).toHaveLength(2101);
    expect(past.playlist.text(4999)).toBeNull();
  });

  it('marks each change of the source with its time, and counts those before it', () => {
    const past = somePast(3);
    past.add(true);
    past.add();
    past.add(true);
    past.add();
    const all = read(past.playlist.text(100));
    expect(all.segments.map(({ discontinuity }) => discontinuity === true)).toEqual([
      false,
      false,
      false,
      true,
      false,
      true,
      false,
    ]);
    expect(all.segments[5]?.programDateTime?.getTime()).toBe(NOW + 10_000);
    expect(all.discontinuitySequenceBase ?? 0).toBe(0);
    // The first segment of a playlist has no mark, so it counts as before it.
    const later = read(past.playlist.text(106));
    expect(later.discontinuitySequenceBase ?? 0).toBe(2);
  });

  it('says in a comment which segments begin between keyframes', () => {
    const past = somePast(2);
    past.add(false, false);
    past.add();
    const text = String(past.playlist.text(101));
    expect(text.match(/^#within-pictures$/gm)).toHaveLength(1);
    expect(text).toMatch(/#within-pictures\n#EXTINF:2\.000,\n\.\.\/seg\/102\.ts/);
    expect(String(past.playlist.text(103))).not.toContain('within');
    expect(read(past.playlist.text(101)).segments).toHaveLength(3);
  });

  it('ends after six hours', () => {
    const past = somePast(1);
    for (let time = 0; time < 6 * HOUR - 2_000; time += 2_000) past.add();
    expect(read(past.playlist.text(100)).endlist).toBe(false);
    past.add();
    const { endlist, segments } = read(past.playlist.text(100));
    expect(endlist).toBe(true);
    expect(segments).toHaveLength((6 * HOUR) / 2_000);
    expect(read(past.playlist.text(101)).endlist).toBe(false);
  });

  it('knows nothing of a segment that is not there', () => {
    const past = somePast(3);
    expect(past.playlist.text(99)).toBeNull();
    expect(past.playlist.text(103)).toBeNull();
  });
});

function somePast(count: number) {
  const entries: RingEntry[] = [];
  let next = 0;
  const add = (discontinuity = false, independent = true) => {
    const last = entries.at(-1);
    entries.push({
      index: next,
      sequence: 100 + next,
      duration: 2,
      discontinuity,
      independent,
      programDateTime: NOW + next * 2_000,
      breaks: (last?.breaks ?? 0) + (last?.discontinuity ? 1 : 0),
    });
    next++;
  };
  for (let index = 0; index < count; index++) add();
  const playlist = new RewindPlaylist({
    ring: { entries, entryOf: (sequence) => entries.find((entry) => entry.sequence === sequence) },
    targetDuration: 6,
    uri: (sequence) => `../seg/${sequence}.ts`,
    discontinuities: true,
  });
  return { playlist, add, forget: (count: number) => entries.splice(0, count) };
}

function read(text: Buffer | null): types.MediaPlaylist {
  const playlist = HLS.parse(text?.toString() ?? '');
  if (playlist.isMasterPlaylist) throw new Error('not a media playlist');
  return playlist as types.MediaPlaylist;
}
