import { describe, expect, it } from 'vitest';
import { groupsOf, recordingOf } from '../../src/web/console/recording-groups.ts';
import { fromField, fullMinute, toField, toServer } from '../../src/web/console/recording-times.ts';
import type { Recording } from '../../src/web/console/recordings-api.ts';

const MINUTE = 60_000;
const eight = Date.UTC(2026, 10, 29, 20);
const iso = (minutes: number) => new Date(eight + minutes * MINUTE).toISOString();

let lastId = 0;
function recording(from: number, to: number, more: Partial<Recording> = {}): Recording {
  lastId += 1;
  return {
    ...{ id: lastId, channel_id: 1, channel_label: 'TF1', title: `Nº ${lastId}` },
    ...{ start: iso(from), stop: iso(to), programme: null, follows_guide: false, from_archive: false },
    ...{ state: 'planned', reason: null, holes: [], protected: false, bytes: 0 },
    ...{ url: null, page: null, playlist: null, asked_by: null, may_change: true },
    ...more,
  };
}

describe('the groups of the tab', () => {
  it('hold each recording once, in the order in which it matters', () => {
    const all = [
      recording(-600, -540, { state: 'done' }),
      recording(-300, -240, { state: 'failed' }),
      recording(-200, -100, { state: 'incomplete' }),
      recording(-60, 60, { state: 'recording' }),
      recording(-30, 30, { state: 'waiting' }),
      recording(-90, 0, { state: 'finishing' }),
      recording(200, 260),
      recording(100, 160),
    ];
    const { now, planned, done, failed } = groupsOf(all);
    expect(now.map(({ stop }) => stop)).toEqual([iso(0), iso(30), iso(60)]);
    expect(planned.map(({ start }) => start)).toEqual([iso(100), iso(200)]);
    expect(done.map(({ state }) => state)).toEqual(['incomplete', 'done']);
    expect(failed).toHaveLength(1);
    expect([now, planned, done, failed].flat()).toHaveLength(all.length);
  });
});

describe('the mark of a programme in the guide', () => {
  const tf1 = {
    variants: [1, 2].map((id) => ({ id, name: 'TF1', quality: null, codec: null, kind: 'main' })),
  };
  const journal = { start: iso(0), stop: iso(30) };
  const marks = (each: Recording) => recordingOf([each], tf1, journal) !== null;

  it('is there for what has most of it, on any variant of the channel', () => {
    expect(marks(recording(0, 30))).toBe(true);
    expect(marks(recording(-60, 90, { channel_id: 2, state: 'waiting' }))).toBe(true);
    expect(marks(recording(10, 30, { state: 'recording' }))).toBe(true);
    expect(marks(recording(20, 90))).toBe(false);
    expect(marks(recording(0, 30, { channel_id: 3 }))).toBe(false);
    expect(marks(recording(0, 30, { state: 'done' }))).toBe(false);
  });

  it('does not count the margins of a neighbour', () => {
    const weather = { start: iso(30), stop: iso(36) };
    const followed = recording(-2, 35, {
      follows_guide: true,
      programme: { from: iso(0), to: iso(30) },
    });
    expect(recordingOf([followed], tf1, weather)).toBeNull();
    expect(recordingOf([followed], tf1, journal)).toBe(followed);
    expect(recordingOf([{ ...followed, follows_guide: false }], tf1, weather)).not.toBeNull();
  });
});

describe('the fields of times', () => {
  it('have the reader’s zone, and go back to the same time', () => {
    const time = new Date(2026, 0, 5, 7, 4).getTime();
    expect(toField(time)).toBe('2026-01-05T07:04');
    expect(fromField(toField(time))).toBe(time);
    expect(fromField('')).toBeNull();
    expect(fullMinute(eight + 59_999)).toBe(eight);
  });

  it('keep the seconds of a time that nobody has changed', () => {
    const known = new Date(eight + 12_345).toISOString();
    const field = toField(Date.parse(known));
    expect(toServer(field, known)).toBe(known);
    expect(toServer(field)).toBe(new Date(eight).toISOString());
    expect(toServer(toField(eight + MINUTE), known)).toBe(iso(1));
    expect(toServer('', known)).toBeUndefined();
  });
});
