import { describe, expect, it } from 'vitest';
import { readClipSpan } from '../../../src/commands/typed/clip-span.ts';

const at = (hour: number, minute: number, second = 0) => new Date(2026, 5, 1, hour, minute, second).getTime();
const edge = at(21, 5, 30);

describe('the span of a clip that was typed', () => {
  it.each([
    ['', 30],
    ['45', 45],
    ['45 s', 45],
    ['90"', 90],
    ['-5', 5],
    ['1 min', 60],
    ['2m', 120],
    ['1min30', 90],
    ['1,5 min', 90],
    ['half a minute', 30],
    ['last minute', 60],
    ['La dernière minute', 60],
    ['the last 2 minutes', 120],
    ['les deux dernières minutes', 120],
    ['10 min', 600],
  ])('%j is the last %d seconds', (typed, seconds) => {
    expect(readClipSpan(typed, edge)).toEqual({ seconds });
  });

  it.each([
    ['60-20', at(21, 4, 30), at(21, 5, 10)],
    ['20 - 60', at(21, 4, 30), at(21, 5, 10)],
    ['2min-1min', at(21, 3, 30), at(21, 4, 30)],
    ['30s il y a 2 minutes', at(21, 3, 30), at(21, 4)],
    ['30 sec 2 min ago', at(21, 3, 30), at(21, 4)],
    ['5 minutes ago', at(21, 0, 30), at(21, 1)],
    ['il y a 10 s', at(21, 5, 20), edge],
    ['21:03-21:04', at(21, 3), at(21, 4)],
    ['de 21h03 à 21h04', at(21, 3), at(21, 4)],
    ['from 9:03 to 9:04pm', at(21, 3), at(21, 4)],
    ['21:03:10 - 21:03:40', at(21, 3, 10), at(21, 3, 40)],
    ['21h05 - 21h06', at(21, 5), edge],
    ['à 21h03', at(21, 3), at(21, 3, 30)],
    ['21:03 for 45 s', at(21, 3), at(21, 3, 45)],
  ])('%j is from one moment to another', (typed, from, to) => {
    expect(readClipSpan(typed, edge)).toEqual({ from, to });
  });

  it.each(['soon', '-', '5-', '1e3', '25:00', '1 2', 'le but', '1:75', '9'.repeat(2000)])(
    '%j is none',
    (typed) => {
      expect(() => readClipSpan(typed, edge)).toThrow('clip_words');
    },
  );

  it('needs a past where it is not the last seconds', () => {
    expect(readClipSpan('45', null)).toEqual({ seconds: 45 });
    expect(() => readClipSpan('60-20', null)).toThrow('past_missing');
  });
});
