import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/domain/errors.ts';
import { readTime } from '../../src/http/given-time.ts';

const AT = Date.UTC(2026, 10, 30, 20, 50);

describe('a time in a request', () => {
  it.each([
    '2026-11-30T20:50:00Z',
    '2026-11-30T20:50:00.000Z',
    '2026-11-30T21:50:00+01:00',
    ' 2026-11-30T15:50:00-05:00 ',
    AT / 1000,
    String(AT / 1000),
    `${AT / 1000}.0`,
  ])('is %j', (given) => {
    expect(readTime(given)).toBe(AT);
  });

  it.each(['2026-11-30', '2026-11-30T20:50:00', 'tomorrow', '', -1, AT, String(AT), 1e300, Number.NaN])(
    'is not %j',
    (given) => {
      expect(() => readTime(given)).toThrow(AppError);
    },
  );
});
