import { describe, expect, it } from 'vitest';
import { Slots } from '../../src/accounts/slots.ts';

describe('Slots', () => {
  it('give as many as the account allows, and say who has them', () => {
    const slots = new Slots(2);
    expect(slots.take('TF1')).not.toBeNull();
    expect(slots.take('Arte')).not.toBeNull();
    expect(slots.take('M6')).toBeNull();
    expect(slots.free).toBe(0);
    expect(slots.holders).toEqual(['TF1', 'Arte']);
  });

  it('take a slot that is given back twice for one', () => {
    const slots = new Slots(1);
    const first = slots.take('TF1');
    first?.release();
    expect(slots.take('Arte')).not.toBeNull();
    first?.release();
    expect(slots.free).toBe(0);
    expect(slots.holders).toEqual(['Arte']);
  });

  it('count two slots for one channel as two', () => {
    const slots = new Slots(2);
    slots.take('TF1')?.release();
    const [one] = [slots.take('TF1'), slots.take('TF1')];
    one?.release();
    expect(slots.free).toBe(1);
  });

  it('follow the account, up and down', () => {
    const slots = new Slots(2);
    const held = [slots.take('TF1'), slots.take('Arte')];
    slots.capacity = 1;
    expect(slots.free).toBe(0);
    held[0]?.release();
    expect(slots.take('M6')).toBeNull();
    held[1]?.release();
    expect(slots.take('M6')).not.toBeNull();
    slots.capacity = 5;
    expect(slots.free).toBe(4);
  });

  it.each([0, -3])('allow one where the account says %i', (capacity) => {
    expect(new Slots(capacity).free).toBe(1);
  });
});
