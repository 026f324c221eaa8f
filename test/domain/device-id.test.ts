import { describe, expect, it } from 'vitest';
import { createDeviceId, isDeviceId } from '../../src/domain/device-id.ts';

describe('the id of a tuner', () => {
  it('has a check digit that players verify', () => {
    expect(isDeviceId('10ABCDE1')).toBe(true);
    for (const digit of '023456789ABCDEF')
      expect([digit, isDeviceId(`10ABCDE${digit}`)]).toEqual([digit, false]);
  });

  it('is wrong once two neighbouring digits change places', () => {
    expect(isDeviceId('10BACDE1')).toBe(false);
  });

  it.each(['', '10ABCDE', '10ABCDE10', '10abcde1', '10ABCDEG', '12345678'])('is not %j', (text) => {
    expect(isDeviceId(text)).toBe(false);
  });

  it('is valid and another one each time it is made', () => {
    const ids = Array.from({ length: 200 }, createDeviceId);
    for (const id of ids) expect([id, isDeviceId(id)]).toEqual([id, true]);
    expect(new Set(ids).size).toBeGreaterThan(190);
  });
});
