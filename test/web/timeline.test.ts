import { describe, expect, it } from 'vitest';
import { evenings, halfHours, placeOf, spanFrom } from '../../src/web/console/timeline.ts';

const at = (hour: number, minutes = 0) => Date.UTC(2026, 10, 24, hour, minutes);
const programme = (title: string, from: number, to: number) => ({
  ...{ title, description: '' },
  start: new Date(from).toISOString(),
  stop: new Date(to).toISOString(),
});

describe('the guide’s grid', () => {
  const span = spanFrom(at(20, 42), 4);

  it('begins with the half-hour before now', () => {
    expect(span).toEqual({ from: at(20, 30), to: at(24, 30) });
    expect(halfHours(span).map((time) => new Date(time).toISOString().slice(11, 16))).toEqual([
      '20:30',
      '21:00',
      '21:30',
      '22:00',
      '22:30',
      '23:00',
      '23:30',
      '00:00',
    ]);
  });

  it.each([
    ['inside', at(21, 30), at(22, 30), { left: 0.25, width: 0.25 }],
    ['from before', at(18), at(21, 30), { left: 0, width: 0.25 }],
    ['to after', at(23, 30), at(26), { left: 0.75, width: 0.25 }],
    ['over', at(18), at(20, 30), null],
    ['later', at(25), at(26), null],
    ['without a length', at(21), at(21), null],
  ])('has a place for a programme %s', (_where, from, to, expected) => {
    expect(placeOf(programme('x', from, to), span)).toEqual(expected);
  });

  it('has none for times that are none', () => {
    expect(placeOf({ start: 'soon', stop: 'later' }, span)).toBeNull();
  });
});

describe('evenings to jump to', () => {
  const local = (day: number, hour: number, minutes = 0) => new Date(2026, 10, day, hour, minutes).getTime();

  it.each([
    ['today’s, while it is ahead', local(24, 15), local(24, 20, 30)],
    ['also after midnight', local(24, 0, 10), local(24, 20, 30)],
    ['else tomorrow’s', local(24, 20, 30), local(25, 20, 30)],
    ['over the end of a month', local(30, 22), local(31, 20, 30)],
  ])('begin with %s', (_, now, first) => {
    expect(evenings(now, 7)[0]).toBe(first);
  });

  it('are those of a week, each at half past eight, also where a clock is changed', () => {
    for (const now of [
      local(24, 15),
      new Date(2026, 9, 22, 15).getTime(),
      new Date(2026, 2, 26, 15).getTime(),
    ]) {
      const times = evenings(now, 7).map((time) => new Date(time));
      expect(times).toHaveLength(7);
      expect(new Set(times.map((time) => time.getDate())).size).toBe(7);
      for (const time of times) expect([time.getHours(), time.getMinutes()]).toEqual([20, 30]);
    }
  });
});
