import { describe, expect, it } from 'vitest';
import { type AuditLog, PAGE, withLatest, withOlder } from '../../src/web/console/audit-log.ts';

/** Entries with descending ids. */
const entries = (first: number, last: number) =>
  Array.from({ length: first - last + 1 }, (_, index) => ({
    id: first - index,
    at: '2025-12-24T10:00:00.000Z',
    by: { id: 'console', name: 'console' },
    action: 'stop',
    detail: '',
  }));
const ids = ({ entries: shown }: AuditLog) => shown.map(({ id }) => id);
const none: AuditLog = { entries: [], hasMore: false };

describe('the page’s audit log', () => {
  it('expects more entries after a full page', () => {
    expect(withLatest(none, entries(200, 201 - PAGE)).hasMore).toBe(true);
    expect(withLatest(none, entries(7, 1))).toEqual({ entries: entries(7, 1), hasMore: false });
    expect(withLatest(none, [])).toEqual(none);
  });

  it('adds new entries and keeps the older pages', () => {
    const first = withLatest(none, entries(100, 51));
    const both = withOlder(first, 51, entries(50, 1));
    expect(withLatest(both, entries(102, 53))).toEqual({ entries: entries(102, 1), hasMore: true });
    expect(withLatest(both, entries(100, 51))).toEqual(both);
  });

  it('starts again with the newest page where there would be a gap', () => {
    const known = withLatest(none, entries(100, 51));
    expect(ids(withLatest(known, entries(160, 111))).at(-1)).toBe(111);
    expect(withLatest(known, entries(150, 101)).hasMore).toBe(true);
  });

  it('is complete after a page that is not full', () => {
    expect(withOlder(withLatest(none, entries(53, 4)), 4, entries(3, 1)).hasMore).toBe(false);
  });

  it('ignores a page that was requested before it started again', () => {
    const anew = withLatest(none, entries(160, 111));
    expect(withOlder(anew, 51, entries(50, 1))).toBe(anew);
  });
});
