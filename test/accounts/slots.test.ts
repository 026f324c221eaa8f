import { describe, expect, it } from 'vitest';
import { Slots, type SlotUse } from '../../src/accounts/slots.ts';

describe('Slots', () => {
  it('give as many as the account allows, and name their holders', () => {
    const slots = new Slots(2);
    expect(slots.take(use('TF1'))).not.toBeNull();
    expect(slots.take(use('Arte'))).not.toBeNull();
    expect(slots.take(use('M6'))).toBeNull();
    expect(slots.free).toBe(0);
    expect(slots.holders).toEqual(['TF1', 'Arte']);
  });

  it('free a slot that is released twice only once', () => {
    const slots = new Slots(1);
    const first = slots.take(use('TF1'));
    first?.release();
    expect(slots.take(use('Arte'))).not.toBeNull();
    first?.release();
    expect(slots.free).toBe(0);
    expect(slots.holders).toEqual(['Arte']);
  });

  it('count two slots for one channel as two', () => {
    const slots = new Slots(2);
    slots.take(use('TF1'))?.release();
    const [one] = [slots.take(use('TF1')), slots.take(use('TF1'))];
    one?.release();
    expect(slots.free).toBe(1);
  });

  it('follow the account’s limit up and down', () => {
    const slots = new Slots(2);
    const held = [slots.take(use('TF1')), slots.take(use('Arte'))];
    slots.limit.told = 1;
    expect(slots.free).toBe(0);
    held[0]?.release();
    expect(slots.take(use('M6'))).toBeNull();
    held[1]?.release();
    expect(slots.take(use('M6'))).not.toBeNull();
    slots.limit.told = 5;
    expect(slots.free).toBe(4);
  });

  it.each([0, -3])('allow one connection if the account says %i', (capacity) => {
    expect(new Slots(capacity).free).toBe(1);
  });
});

function use(holder: string): SlotUse {
  return { holder, purpose: 'screen', giveUp: async () => {} };
}
