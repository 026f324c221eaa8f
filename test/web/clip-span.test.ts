import { expect, it } from 'vitest';
import { spanBefore } from '../../src/web/watch/clip-span.ts';

const noon = Date.UTC(2026, 10, 29, 12);

it.each([
  ['the half minute before the picture', noon, null, '2026-11-29T11:59:30.000Z'],
  ['the same where more is kept', noon, noon - 3_600_000, '2026-11-29T11:59:30.000Z'],
  ['what is kept where that is less', noon, noon - 12_500, '2026-11-29T11:59:47.500Z'],
])('a clip is of %s', (_what, moment, keptFrom, from) => {
  expect(spanBefore(moment, keptFrom)).toEqual({ from, to: '2026-11-29T12:00:00.000Z' });
});

it('a clip is of the last half minute of the screen where the player does not tell the moment', () => {
  expect(spanBefore(null, noon)).toEqual({ seconds: 30 });
});
