import { describe, expect, it } from 'vitest';
import type { Recording, RecordingRules } from '../../src/domain/recording.ts';
import { notKept } from '../../src/recordings/retention.ts';
import { mainId } from '../fakes/main-id.ts';

const DAY = 24 * 3_600_000;
const now = 100 * DAY;
const everything: RecordingRules = { keepDays: null, keepPerTitle: null, mostBytes: null, leastFree: 5 };

/** @param age days. */
const made = (id: number, age: number, changes: Partial<Recording> = {}): Recording => ({
  ...{ id, channelId: mainId(1), channelName: 'TF1', title: 'Journal', start: now - age * DAY - 1_000 },
  ...{
    stop: now - age * DAY,
    programme: null,
    isFollowing: false,
    isFromArchive: false,
    state: 'done',
    reason: null,
    holes: [],
  },
  ...{ isProtected: false, file: `${id}.mkv`, bytes: 10, by: { id: 'a:1', name: 'Ada' }, createdAt: 0 },
  ...changes,
});
const dropped = (all: Recording[], rules: Partial<RecordingRules>, free = 1_000) =>
  notKept(all, { ...everything, ...rules }, { now, free }).map(({ id }) => id);

describe('what is not kept', () => {
  const all = [made(1, 1), made(2, 9), made(3, 5, { state: 'incomplete' }), made(4, 30, { title: 'Film' })];

  it('is nothing without rules, however full the disk is', () => {
    expect(dropped(all, {}, 0)).toEqual([]);
  });

  it('is what is too old, oldest first', () => {
    expect(dropped(all, { keepDays: 5 })).toEqual([4, 2]);
  });

  it('is what is too many of a title, however it is written', () => {
    expect(dropped([...all, made(5, 2, { title: 'JOURNAL' })], { keepPerTitle: 2 })).toEqual([2, 3]);
  });

  it('is the oldest of what takes too much room, and no more than needed', () => {
    expect(dropped(all, { mostBytes: 40 })).toEqual([]);
    expect(dropped(all, { mostBytes: 25 })).toEqual([4, 2]);
    expect(dropped(all, { mostBytes: 25, keepDays: 6 })).toEqual([4, 2]);
  });

  it('is the oldest where too little is free, if old ones may give way at all', () => {
    expect(dropped(all, { mostBytes: 1_000, leastFree: 15 }, 2)).toEqual([4, 2]);
    expect(dropped(all, { leastFree: 15 }, 2)).toEqual([]);
  });

  it('is never protected, running, planned or without a file', () => {
    const kept = [
      made(1, 50, { isProtected: true }),
      made(2, 50, { state: 'recording', file: null }),
      made(3, 50, { state: 'finishing' }),
      made(4, 50, { state: 'failed', file: null }),
    ];
    expect(dropped(kept, { keepDays: 1, keepPerTitle: 1, mostBytes: 1 }, 0)).toEqual([]);
  });
});
