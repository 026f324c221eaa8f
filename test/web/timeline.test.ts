import { describe, expect, it } from 'vitest';
import {
  evenings,
  halfHours,
  pastEvenings,
  placeOf,
  spanFrom,
  stepFrom,
} from '../../src/web/console/timeline.ts';

const at = (hour: number, minutes = 0) => Date.UTC(2026, 10, 24, hour, minutes);
const programme = (title: string, from: number, to: number) => ({
  title,
  description: '',
  start: new Date(from).toISOString(),
  stop: new Date(to).toISOString(),
});

describe('the guide’s grid', () => {
  const span = spanFrom(at(20, 42), 4);

  it('begins at the last full half-hour', () => {
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
    ['within the grid', at(21, 30), at(22, 30), { left: 0.25, width: 0.25 }],
    ['that began before the grid', at(18), at(21, 30), { left: 0, width: 0.25 }],
    ['that ends after the grid', at(23, 30), at(26), { left: 0.75, width: 0.25 }],
    ['that is over', at(18), at(20, 30), null],
    ['that begins after the grid', at(25), at(26), null],
    ['without a length', at(21), at(21), null],
  ])('places a programme %s', (_where, from, to, expected) => {
    expect(placeOf(programme('x', from, to), span)).toEqual(expected);
  });

  it('places nothing for invalid times', () => {
    expect(placeOf({ start: 'soon', stop: 'later' }, span)).toBeNull();
  });
});

describe('evenings to jump to', () => {
  const local = (day: number, hour: number, minutes = 0) => new Date(2026, 10, day, hour, minutes).getTime();

  it.each([
    ['today’s before half past eight', local(24, 15), local(24, 20, 30)],
    ['today’s also after midnight', local(24, 0, 10), local(24, 20, 30)],
    ['tomorrow’s from half past eight on', local(24, 20, 30), local(25, 20, 30)],
    ['tomorrow’s also at the end of a month', local(30, 22), local(31, 20, 30)],
  ])('begin with %s', (_, now, first) => {
    expect(evenings(now, 7)[0]).toBe(first);
  });

  it('cover a week, each at half past eight, also across a change of daylight saving time', () => {
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

describe('evenings of the past', () => {
  it('are those that the archive has, the earliest first', () => {
    const now = new Date(2026, 10, 24, 15).getTime();
    const days = pastEvenings(now, 3).map((time) => new Date(time));
    expect(days.map((day) => [day.getDate(), day.getHours(), day.getMinutes()])).toEqual([
      [21, 20, 30],
      [22, 20, 30],
      [23, 20, 30],
    ]);
    expect(pastEvenings(new Date(2026, 10, 24, 21).getTime(), 1)).toEqual([]);
    expect(pastEvenings(now, 0)).toEqual([]);
  });
});

describe('a step of the grid', () => {
  const hour = 3_600_000;
  it.each([
    ['from now into the past', 0, -3, -3],
    ['from now on', 0, 3, 3],
    ['within the past', -6, 3, -3],
    ['back to now', -3, 3, null],
    ['over now', 2, -3, null],
    ['over now from the past', -1, 3, null],
  ])('leads %s', (_, from, by, to) => {
    expect(stepFrom(from * hour, by * hour, 0)).toBe(to === null ? null : to * hour);
  });
});
