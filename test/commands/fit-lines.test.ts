import { describe, expect, it } from 'vitest';
import { type Budget, fitLines } from '../../src/commands/fit-lines.ts';
import type { Line } from '../../src/words/line.ts';

/** Counts as a service does that renders bold as `**…**`, and escapes stars. */
const rendered = (lines: readonly Line[]) =>
  lines
    .map((line) =>
      line
        .map((span) => {
          if (typeof span === 'string') return span.replaceAll('*', '\\*');
          return 'bold' in span ? `**${span.bold.replaceAll('*', '\\*')}**` : '00:00';
        })
        .join(''),
    )
    .join('\n');
const budget = (most: number): Budget => ({
  most,
  measure: (lines) => rendered(lines).length,
  more: (count) => `… and ${count} more`,
});

describe('fitLines', () => {
  it('keeps lines that fit', () => {
    const lines: Line[] = [['one'], [{ bold: 'two' }]];
    expect(fitLines(lines, budget(100))).toBe(lines);
  });

  it('leaves out whole lines from the end, and counts them', () => {
    const lines: Line[] = Array.from({ length: 20 }, (_, at) => [`line ${at}`]);
    const text = rendered(fitLines(lines, budget(60)));
    expect(text).toBe('line 0\nline 1\nline 2\nline 3\nline 4\nline 5\n… and 14 more');
  });

  it('shortens a line that needs more than half, within its markup', () => {
    const lines: Line[] = [['head'], [{ bold: '*'.repeat(500) }, ' end'], ['tail']];
    const text = rendered(fitLines(lines, budget(100)));
    expect(text.length).toBeLessThanOrEqual(100);
    expect(text).toMatch(/^head\n\*\*(\\\*)+…\*\*\ntail$/);
  });

  it.each([10, 40, 100, 400])('never exceeds a limit of %d', (most) => {
    for (let seed = 1; seed < 60; seed++) {
      const lines: Line[] = Array.from({ length: seed % 13 }, (_, at) => [
        '😀*'.repeat((seed * (at + 3)) % 90),
        { bold: `${'é*'.repeat((seed * 7 + at) % 60)}` },
        { clock: 0 },
      ]);
      const text = rendered(fitLines(lines, budget(most)));
      expect(text.length).toBeLessThanOrEqual(Math.max(most, '… and 12 more'.length));
      expect(text.isWellFormed()).toBe(true);
    }
  });
});
