import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLike } from '../../src/catalogue/names/find-like.ts';
import { foldLetters, foldWords } from '../../src/catalogue/names/fold.ts';
import { parseName } from '../../src/catalogue/names/parse-name.ts';
import { parseQuery } from '../../src/catalogue/search/query.ts';
import { plainText } from '../../src/lib/plain-text.ts';
import { TypoDistance } from '../../src/lib/typo-distance.ts';
import { anyText, textOf } from './arbitraries.ts';

const name = fc
  .oneof(
    anyText,
    textOf(
      'TF1',
      ' ',
      'FR:',
      '|FR|',
      '[HD]',
      '4K',
      '+1',
      'ᴴᴰ',
      '🇫🇷',
      '(',
      ')',
      '#####',
      '★',
      'Первый',
      'قناة',
      '-',
      '_',
      'RAW',
      'é',
    ),
  )
  .map((raw) => plainText(raw));

describe('the name of a channel', () => {
  it('is parsed to a readable name and found by it', () => {
    fc.assert(
      fc.property(name, fc.constantFrom(null, 'FR', 'UK'), (raw, hint) => {
        const parsed = parseName(raw, hint);
        if (raw.trim() !== '') expect(parsed.name).not.toBe('');
        expect(parsed.words).toMatch(/^(?:[a-z0-9]+(?: [a-z0-9]+)*)?$/);
        expect(parsed.key).not.toContain(' ');
        // A person who types the displayed name means this channel.
        expect(parseName(parsed.name).words.length).toBeLessThanOrEqual(parsed.words.length + 1);
      }),
      { numRuns: 300 },
    );
  });

  it('does not change when it is folded again', () => {
    fc.assert(
      fc.property(name, (raw) => {
        const folded = foldWords(raw);
        expect(foldWords(folded)).toBe(folded);
        expect(foldLetters(raw)).toBe(foldLetters(raw).trim());
      }),
      { numRuns: 300 },
    );
  });

  it('is parsed to a few query forms for any typed text', () => {
    fc.assert(
      fc.property(fc.oneof(name, anyText), (typed) => {
        const { forms, number } = parseQuery(typed, () => true);
        expect(forms.length).toBeLessThanOrEqual(8);
        for (const form of forms) {
          expect(form.words).not.toBe('');
          expect(form.worth > 0 && form.worth <= 1).toBe(true);
        }
        expect(number === null || Number.isSafeInteger(number)).toBe(true);
        if (foldWords(typed.trim().slice(0, 80)) !== '') expect(forms.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the search of a short list', () => {
  it('finds each of the names and never fails', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), anyText, (names, typed) => {
        const items = [...new Set(names)];
        const found = findLike(items, typed, (item) => [item]);
        expect(new Set(found).size).toBe(found.length);
        expect(found.every((item) => items.includes(item))).toBe(true);
        const [wanted] = items.filter((item) => foldWords(item).length > 0 && item.length < 60);
        if (wanted !== undefined) {
          const folded = foldWords(wanted);
          expect(findLike(items, wanted, (item) => [item]).some((item) => foldWords(item) === folded)).toBe(
            true,
          );
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('the typo distance', () => {
  const word = fc.stringMatching(/^[a-z0-9]{0,40}$/);

  it('is 0 for equal texts, at most the longer length, and symmetric', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        const measure = (from: string, to: string) => {
          const typo = new TypoDistance(from);
          typo.measure(to);
          return typo;
        };
        const { whole, start } = measure(one, other);
        expect(measure(one, one).whole).toBe(0);
        expect(measure(other, one).whole).toBe(whole);
        expect(whole).toBeLessThanOrEqual(Math.max(one.length, other.length));
        expect(whole).toBeGreaterThanOrEqual(Math.abs(one.length - other.length));
        expect(start).toBeLessThanOrEqual(whole);
      }),
      { numRuns: 500 },
    );
  });
});
