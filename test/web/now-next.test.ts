import { describe, expect, it } from 'vitest';
import { nowNext } from '../../src/web/common/now-next.ts';

const programme = (title: string, from: number, to: number) => ({
  title,
  description: '',
  start: new Date(Date.UTC(2026, 10, 24, from)).toISOString(),
  stop: new Date(Date.UTC(2026, 10, 24, to)).toISOString(),
});
const evening = [programme('News', 20, 21), programme('Film', 21, 23), programme('Night', 24, 25)];

describe('nowNext', () => {
  it.each([
    [20, 'News', 'Film'],
    [21, 'Film', 'Night'],
    [23, null, 'Night'],
    [19, null, 'News'],
    [24, 'Night', null],
  ])('at %s h returns %s now and %s next', (hour, now, next) => {
    const found = nowNext(evening, Date.UTC(2026, 10, 24, hour));
    expect([found.now?.title ?? null, found.next?.title ?? null]).toEqual([now, next]);
  });
});
