import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Programme } from '../../src/domain/channel.ts';
import { withoutGaps } from '../../src/outputs/programme-blocks.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** An even hour (UTC). */
const EVEN = Date.UTC(2026, 10, 29, 6);

/** A programme in minutes from the even hour. */
const show = (title: string, start: number, stop: number): Programme => ({
  title,
  description: '',
  start: EVEN + start * MINUTE,
  stop: EVEN + stop * MINUTE,
});

function told(programmes: readonly Programme[], from = 0, to = 240): (string | number)[][] {
  const span = { from: EVEN + from * MINUTE, to: EVEN + to * MINUTE };
  return [...withoutGaps(programmes, span, '-')].map(({ title, start, stop }) => [
    title,
    (start - EVEN) / MINUTE,
    (stop - EVEN) / MINUTE,
  ]);
}

describe('withoutGaps', () => {
  it.each<[string, Programme[], (string | number)[][]]>([
    [
      'nothing is known',
      [],
      [
        ['-', 0, 120],
        ['-', 120, 240],
      ],
    ],
    [
      'all is known',
      [show('A', 0, 100), show('B', 100, 240)],
      [
        ['A', 0, 100],
        ['B', 100, 240],
      ],
    ],
    [
      'there is a gap across an even hour',
      [show('A', 0, 90), show('B', 150, 240)],
      [
        ['A', 0, 90],
        ['-', 90, 120],
        ['-', 120, 150],
        ['B', 150, 240],
      ],
    ],
    [
      'a gap is less than a minute',
      [show('A', 0, 99.5), show('B', 100, 240)],
      [
        ['A', 0, 99.5],
        ['B', 100, 240],
      ],
    ],
    [
      'two overlap',
      [show('A', 0, 150), show('B', 100, 240)],
      [
        ['A', 0, 150],
        ['B', 150, 240],
      ],
    ],
    ['one is inside another', [show('A', 0, 240), show('B', 100, 110)], [['A', 0, 240]]],
    ['two are the same', [show('A', 0, 240), show('A', 0, 240)], [['A', 0, 240]]],
    ['one reaches over the edges', [show('A', -30, 400)], [['A', -30, 400]]],
    ['one is for ever', [show('A', 0, 1e9)], [['A', 0, 240 + 24 * 60]]],
    ['one began long ago', [show('A', -1e9, 240)], [['A', -24 * 60, 240]]],
    ['one ends before it begins', [show('A', 50, 40), show('B', 0, 240)], [['B', 0, 240]]],
    ['some are outside', [show('A', -60, 0), show('B', 0, 240), show('C', 240, 300)], [['B', 0, 240]]],
  ])('where %s', (_, programmes, expected) => {
    expect(told(programmes)).toEqual(expected);
  });

  it('begins with the rest of a block where the span begins at an odd time', () => {
    expect(told([], 30, 150)).toEqual([
      ['-', 30, 120],
      ['-', 120, 150],
    ]);
  });

  it('leaves no gap of a minute and no overlap, whatever the guide says', () => {
    const programme = fc
      .record({ start: fc.integer({ min: -5e8, max: 8e8 }), length: fc.integer({ min: -1e6, max: 3e7 }) })
      .map(({ start, length }) => ({
        title: 'A',
        description: '',
        start: EVEN + start,
        stop: EVEN + start + length,
      }));
    const span = { from: EVEN - 4 * HOUR, to: EVEN + 168 * HOUR };
    fc.assert(
      fc.property(fc.array(programme, { maxLength: 60 }), (programmes) => {
        const sorted = programmes.toSorted((a, b) => a.start - b.start);
        const all = [...withoutGaps(sorted, span, '-')];
        let until = span.from;
        for (const [place, { start, stop }] of all.entries()) {
          expect(stop - start).toBeGreaterThanOrEqual(1000);
          expect(start % 1000).toBe(0);
          expect(start).toBeLessThan(until + MINUTE);
          if (place > 0) expect(start).toBeGreaterThanOrEqual(until);
          until = stop;
        }
        expect(until).toBeGreaterThanOrEqual(span.to);
      }),
    );
  });
});
