import { describe, expect, it } from 'vitest';
import { TypoDistance } from '../../src/lib/typo-distance.ts';

function measure(text: string, other: string): { whole: number; start: number } {
  const distance = new TypoDistance(text);
  distance.measure(other);
  return { whole: distance.whole, start: distance.start };
}

/** The textbook's table, as slow and plain as can be. */
function expected(a: string, b: string): { whole: number; start: number } {
  const table: number[][] = [];
  for (let i = 0; i <= a.length; i++) {
    const row: number[] = [];
    table.push(row);
    for (let j = 0; j <= b.length; j++) {
      const at = (y: number, x: number) => table[y]?.[x] ?? Number.POSITIVE_INFINITY;
      const options = [
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
      ];
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        options.push(at(i - 2, j - 2) + 1);
      row.push(i === 0 ? j : j === 0 ? i : Math.min(...options));
    }
  }
  const last = table[a.length] ?? [];
  return { whole: last[b.length] ?? 0, start: Math.min(...last) };
}

describe('TypoDistance', () => {
  it.each([
    ['tf1', 'tf1', 0, 0],
    ['tf1', 'tf1series', 6, 0],
    ['cannal', 'canal', 1, 1],
    ['sprots', 'sports', 1, 1],
    ['disny', 'disneychannel', 8, 1],
    ['abc', 'xyz', 3, 3],
    ['', 'abc', 3, 0],
    ['abc', '', 3, 3],
    ['a'.repeat(32), 'a'.repeat(32), 0, 0],
    ['a'.repeat(33), 'a'.repeat(32), 1, 1],
  ])('counts from %j to %j %i errors, and %i to a beginning', (text, other, whole, start) => {
    expect(measure(text, other)).toEqual({ whole, start });
  });

  it('counts like the textbook algorithm for short and long texts', () => {
    let state = 7;
    const random = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (state >> 8) % below;
    };
    const text = (longest: number) =>
      Array.from({ length: 1 + random(longest) }, () => 'abc1'.charAt(random(4))).join('');
    for (let round = 0; round < 600; round++) {
      const [a, b] = [text(round % 2 ? 12 : 45), text(40)];
      expect({ a, b, ...measure(a, b) }).toEqual({ a, b, ...expected(a, b) });
    }
  });
});
