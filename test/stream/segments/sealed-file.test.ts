import { describe, expect, it } from 'vitest';
import { seal, unseal } from '../../../src/stream/segments/sealed-file.ts';

const stream = Buffer.concat(Array.from({ length: 4 }, (_, at) => Buffer.alloc(188, at).fill(0x47, 0, 1)));

describe('a sealed file', () => {
  it('gives back the sealed bytes, and is a transport stream itself', () => {
    const sealed = seal(stream);
    expect(unseal(sealed)).toEqual(stream);
    expect([...sealed.subarray(-188, -184)]).toEqual([0x47, 0x1f, 0xff, 0x10]);
    expect(sealed.length % 188).toBe(0);
  });

  it.each<[what: string, hurt: (sealed: Buffer) => Buffer]>([
    ['empty', () => Buffer.alloc(0)],
    ['of one packet', (sealed) => sealed.subarray(-188)],
    ['noise', () => Buffer.from('not television '.repeat(100))],
    ['cut off', (sealed) => sealed.subarray(0, 500)],
    ['cut off at a packet', (sealed) => sealed.subarray(0, 376)],
    ['short of its first packet', (sealed) => sealed.subarray(188)],
    ['changed in one bit', (sealed) => Buffer.from(sealed).fill((sealed[400] ?? 0) ^ 1, 400, 401)],
    ['changed in its seal', (sealed) => Buffer.from(sealed).fill(0, 800, 801)],
    ['never sealed', () => stream],
  ])('is refused if it is %s', (_what, hurt) => {
    expect(unseal(hurt(seal(stream)))).toBeNull();
  });
});
