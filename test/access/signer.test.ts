import { describe, expect, it } from 'vitest';
import { randomText, Signer, sameText } from '../../src/access/signer.ts';

const clock = { time: 1_000_000, now: () => clock.time };
const signer = new Signer('a key', clock);

describe('Signer', () => {
  it('returns the id and the remaining lifetime', () => {
    const token = signer.sign('watch', 'viewer', 5_000);
    clock.time += 2_000;
    expect(signer.verify('watch', token)).toEqual({ id: 'viewer', remaining: 3_000 });
  });

  it('rejects a token from the millisecond at which its lifetime ends', () => {
    const token = signer.sign('watch', 'viewer', 5_000);
    clock.time += 4_999;
    expect(signer.verify('watch', token)).not.toBeNull();
    clock.time += 1;
    expect(signer.verify('watch', token)).toBeNull();
  });

  it('rejects a token for another purpose', () => {
    expect(signer.verify('discord', signer.sign('watch', 'viewer', 5_000))).toBeNull();
  });

  it('rejects a token of another installation', () => {
    expect(
      new Signer('another key', clock).verify('watch', signer.sign('watch', 'viewer', 5_000)),
    ).toBeNull();
  });

  it.each([
    ['another id', ([, expiry, mac]: string[]) => `somebody.${expiry}.${mac}`],
    ['a longer life', ([id, expiry, mac]: string[]) => `${id}.${Number(expiry) + 1}.${mac}`],
    ['the same time written otherwise', ([id, expiry, mac]: string[]) => `${id}.0${expiry}.${mac}`],
    [
      'another signature',
      ([id, expiry, mac]: string[]) => `${id}.${expiry}.${mac?.split('').reverse().join('')}`,
    ],
    ['no signature', ([id, expiry]: string[]) => `${id}.${expiry}.`],
    ['a part more', ([id, expiry, mac]: string[]) => `${id}.${expiry}.${mac}.x`],
    ['a part less', ([id, expiry]: string[]) => `${id}.${expiry}`],
    ['nothing', () => ''],
    ['dots', () => '..'],
  ])('rejects a forged token: %s', (_, forge) => {
    expect(signer.verify('watch', forge(signer.sign('watch', 'viewer', 5_000).split('.')))).toBeNull();
  });
});

describe('sameText', () => {
  it('compares whole texts of any length', () => {
    expect(sameText('é token', 'é token')).toBe(true);
    expect(sameText('token', 'token ')).toBe(false);
    expect(sameText('', 'token')).toBe(false);
  });
});

describe('randomText', () => {
  it('is safe in addresses and never repeats', () => {
    const texts = Array.from({ length: 100 }, () => randomText(12));
    expect(new Set(texts).size).toBe(100);
    for (const text of texts) expect(text).toMatch(/^[\w-]{16}$/);
  });
});
