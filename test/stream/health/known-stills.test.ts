import { describe, expect, it } from 'vitest';
import { KnownStills } from '../../../src/stream/health/known-stills.ts';
import { mainId } from '../../fakes/main-id.ts';
import { again, plain, scene } from './pictures.ts';

describe('KnownStills', () => {
  it('recognises a picture that another channel has shown', () => {
    const stills = new KnownStills();
    expect(stills.note(mainId(1), scene(1))).toBe(false);
    expect(stills.note(mainId(1), scene(1))).toBe(false);
    expect(stills.note(mainId(2), scene(2))).toBe(false);
    expect(stills.note(mainId(3), again(scene(1)))).toBe(true);
    expect(stills.note(mainId(1), scene(1))).toBe(true);
  });

  it('ignores empty pictures', () => {
    const stills = new KnownStills();
    expect([1, 2, 3].map((channel) => stills.note(mainId(channel), plain(90)))).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('forgets the oldest picture after many others', () => {
    const stills = new KnownStills();
    for (let channel = 0; channel < 40; channel++) stills.note(mainId(channel), scene(channel));
    expect(stills.note(mainId(100), scene(39))).toBe(true);
    expect(stills.note(mainId(101), scene(0))).toBe(false);
  });
});
