import { describe, expect, it } from 'vitest';
import {
  nextAt,
  nextRange,
  readRecordTime,
  splitRecordTime,
  wordOfRecordTime,
} from '../../src/commands/record-time.ts';

const range = (from: number, to: number) => ({ kind: 'range', from: from * 60, to: to * 60 });

describe('the time behind a channel', () => {
  it.each([
    ['tf1 21:00-23:00', 'tf1', range(21, 23)],
    ['tf1 21h-23h', 'tf1', range(21, 23)],
    ['tf1 de 21h00 à 23h30', 'tf1', range(21, 23.5)],
    ['tf1 from 9pm to 11pm', 'tf1', range(21, 23)],
    ['tf1 23:30 – 1:00', 'tf1', range(23.5, 1)],
    ['tf1 until 23:00', 'tf1', { kind: 'until', to: 23 * 60 }],
    ['tf1 jusqu’à 23h', 'tf1', { kind: 'until', to: 23 * 60 }],
    ['until 0:15', '', { kind: 'until', to: 15 }],
    ['france 2 for 90 min', 'france 2', { kind: 'for', minutes: 90 }],
    ['france 2 pendant 2 heures', 'france 2', { kind: 'for', minutes: 120 }],
    ['tf1 tonight', 'tf1', { kind: 'tonight' }],
    ['TF1 Ce soir', 'TF1', { kind: 'tonight' }],
    ['21:00-23:00', '', range(21, 23)],
  ])('%j is read', (typed, text, time) => {
    expect(splitRecordTime(typed)).toEqual({ text, time });
  });

  it.each([
    'tf1',
    'france 24',
    'channel 4',
    'tf1 25:00-26:00',
    'la 1h',
    'bein 1-2',
    'tonight show',
    'tf1 for 0 min',
  ])('%j is a channel', (typed) => {
    expect(splitRecordTime(typed)).toEqual({ text: typed, time: null });
  });
});

describe('a time alone', () => {
  it.each([
    ['23:00', { kind: 'until', to: 23 * 60 }],
    ['11 pm', { kind: 'until', to: 23 * 60 }],
    ['until 23h', { kind: 'until', to: 23 * 60 }],
    ['21:00-23:00', range(21, 23)],
    ['tonight', { kind: 'tonight' }],
    ['later', null],
    ['tf1 23:00', null],
    ['', null],
  ])('%j is read', (typed, time) => {
    expect(readRecordTime(typed)).toEqual(time);
  });

  it('is the same out of a button', () => {
    for (const typed of ['23:00', '21:05-23:00', 'tonight', 'for 90 min']) {
      const time = readRecordTime(typed);
      if (!time) throw new Error(typed);
      expect(wordOfRecordTime(time)).not.toContain(':');
      expect(readRecordTime(wordOfRecordTime(time))).toEqual(time);
    }
  });
});

describe('the next time', () => {
  const at = (day: number, hour: number, minute = 0) => new Date(2026, 5, day, hour, minute).getTime();

  it('is today’s, else tomorrow’s', () => {
    expect(nextAt(21 * 60, at(1, 20))).toBe(at(1, 21));
    expect(nextAt(21 * 60, at(1, 21))).toBe(at(2, 21));
  });

  it('of a stretch is the one that is not over, also over midnight', () => {
    expect(nextRange(21 * 60, 23 * 60, at(1, 20))).toEqual({ start: at(1, 21), stop: at(1, 23) });
    expect(nextRange(21 * 60, 23 * 60, at(1, 22))).toEqual({ start: at(1, 21), stop: at(1, 23) });
    expect(nextRange(21 * 60, 23 * 60, at(1, 23))).toEqual({ start: at(2, 21), stop: at(2, 23) });
    expect(nextRange(23 * 60, 60, at(1, 22))).toEqual({ start: at(1, 23), stop: at(2, 1) });
    expect(nextRange(23 * 60, 60, at(2, 0, 30))).toEqual({ start: at(1, 23), stop: at(2, 1) });
  });
});
