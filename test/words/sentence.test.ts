import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode, errorStatus } from '../../src/domain/errors.ts';
import { en } from '../../src/words/errors.en.ts';
import { fr } from '../../src/words/errors.fr.ts';
import { sentence } from '../../src/words/sentence.ts';

const codes = Object.keys(errorStatus) as ErrorCode[];

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();
}

describe('sentence', () => {
  it('has the same codes in both languages', () => {
    expect(Object.keys(en).sort()).toEqual([...codes].sort());
    expect(Object.keys(fr).sort()).toEqual([...codes].sort());
  });

  it.each(codes)('has a sentence for %s in both languages', (code) => {
    expect(placeholders(fr[code])).toEqual(placeholders(en[code]));
    const params = Object.fromEntries(placeholders(en[code]).map((name) => [name, `the ${name} of it`]));
    for (const language of ['en', 'fr'] as const) {
      const text = sentence(language, code, params);
      expect(text).not.toMatch(/[{}]/);
      expect(text).toMatch(/^\p{Lu}.*\.$/u);
      for (const value of Object.values(params)) expect(text).toContain(value);
    }
    expect(fr[code]).not.toBe(en[code]);
  });

  it('never leaves a placeholder, whatever is missing', () => {
    for (const code of codes) {
      for (const language of ['en', 'fr'] as const) expect(sentence(language, code, {})).not.toMatch(/[{}]/);
    }
  });

  it('inserts values as they are, also those that look like patterns', () => {
    expect(sentence('en', 'bad_request', { detail: '$& {detail} $1' })).toContain('$& {detail} $1');
  });

  it('shows the number 0', () => {
    expect(sentence('en', 'catalogue_shrunk', { before: 10, after: 0 })).toContain('from 10 to 0');
  });
});

describe('AppError', () => {
  it.each(codes)('of %s has an HTTP status that says whose fault it is', (code) => {
    const { status } = new AppError(code);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  });
});
