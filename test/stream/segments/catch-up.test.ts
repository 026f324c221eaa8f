import { describe, expect, it } from 'vitest';
import { CatchUp } from '../../../src/stream/segments/catch-up.ts';

const FRAME = 0.04;

/** When a source is in the present, by its media and the clock. @param arrives when the frame of this media time comes. */
function present(arrives: (media: number) => number, isWanted = true): { media: number; now: number } | null {
  const catchUp = new CatchUp(() => isWanted);
  for (let frame = 0; frame < 400; frame++) {
    const media = frame * FRAME;
    const now = 50 + arrives(media);
    if (!catchUp.isPast(media, now)) return { media, now: now - 50 };
  }
  return null;
}

describe('CatchUp', () => {
  it.each([
    ['all at once', (media: number) => Math.max(0, media - 3)],
    ['over half a second', (media: number) => (media < 3 ? media / 6 : 0.5 + media - 3)],
  ])('finds the end of three seconds of past that come %s', (_, arrives) => {
    const found = present(arrives);
    expect(found?.media).toBeGreaterThanOrEqual(3);
    expect(found?.media).toBeLessThan(3.3);
    expect((found?.now ?? 9) - arrives(3)).toBeLessThan(0.3);
  });

  it('finds next to no past in a source that sends in real time', () => {
    expect(present((media) => media)?.media).toBeLessThanOrEqual(0.16);
  });

  it('gives up on a source that sends without a pause', () => {
    expect(present((media) => media / 10)?.now).toBeLessThan(1);
  });

  it('finds no past if that is not wanted', () => {
    expect(present((media) => Math.max(0, media - 3), false)?.media).toBe(0);
  });
});
