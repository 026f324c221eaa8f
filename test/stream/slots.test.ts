import { describe, expect, it } from 'vitest';
import { Slots } from '../../src/stream/slots.ts';

describe('Slots', () => {
  it('gives as many as the account allows, and says who has them', () => {
    const slots = new Slots(2);
    expect(slots.take('TF1')).not.toBeNull();
    expect(slots.take('Arte')).not.toBeNull();
    expect(slots.take('M6')).toBeNull();
    expect(slots.free).toBe(0);
    expect(slots.holders).toEqual(['TF1', 'Arte']);
  });

  it('a slot that is given back twice is one slot', () => {
    const slots = new Slots(1);
    const first = slots.take('TF1');
    first?.release();
    expect(slots.take('Arte')).not.toBeNull();
    first?.release();
    expect(slots.free).toBe(0);
    expect(slots.holders).toEqual(['Arte']);
  });

  it('two slots for one channel are two', () => {
    const slots = new Slots(2);
    slots.take('TF1')?.release();
    const [one] = [slots.take('TF1'), slots.take('TF1')];
    one?.release();
    expect(slots.free).toBe(1);
  });

  it('follows the account, up and down', () => {
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

  it.each([0, -3])('an account that says %i allows one all the same', (capacity) => {
    expect(new Slots(capacity).free).toBe(1);
  });
});
