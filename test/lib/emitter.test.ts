import { describe, expect, it, vi } from 'vitest';
import { Emitter } from '../../src/lib/emitter.ts';
import { settle } from '../fakes/fake-clock.ts';

function make() {
  const failures: unknown[] = [];
  const emitter = new Emitter<number>((error) => failures.push(error));
  return { emitter, failures };
}

describe('Emitter', () => {
  it('tells each listener before it goes on, in the order in which they came', () => {
    const { emitter } = make();
    const told: string[] = [];
    emitter.subscribe((value) => told.push(`first ${value}`));
    emitter.subscribe((value) => told.push(`second ${value}`));
    emitter.emit(1);
    expect(told).toEqual(['first 1', 'second 1']);
  });

  it('keeps what a listener throws from the caller and from the other listeners', async () => {
    const { emitter, failures } = make();
    const other = vi.fn();
    emitter.subscribe(() => {
      throw new Error('a listener that throws');
    });
    emitter.subscribe(other);
    expect(() => emitter.emit(1)).not.toThrow();
    emitter.emit(2);
    await settle();
    expect(other.mock.calls).toEqual([[1], [2]]);
    expect(failures.map(String)).toEqual(['Error: a listener that throws', 'Error: a listener that throws']);
  });

  it('takes a promise that rejects as a failure too, and waits for none', async () => {
    const { emitter, failures } = make();
    const other = vi.fn();
    emitter.subscribe(() => Promise.reject(new Error('later')));
    emitter.subscribe(() => new Promise(() => {}));
    emitter.subscribe(other);
    emitter.emit(1);
    expect(other).toHaveBeenCalledTimes(1);
    await settle();
    expect(failures.map(String)).toEqual(['Error: later']);
  });

  it('stops telling whoever has left, also in the midst of telling', () => {
    const { emitter } = make();
    const left = vi.fn();
    let leave = () => {};
    emitter.subscribe(() => leave());
    leave = emitter.subscribe(left);
    emitter.emit(1);
    expect(left).not.toHaveBeenCalled();
  });

  it('tells a listener that subscribes anew while it is told only the next time', () => {
    const { emitter } = make();
    let told = 0;
    let leave = () => {};
    const listener = () => {
      told += 1;
      leave();
      leave = emitter.subscribe(listener);
    };
    leave = emitter.subscribe(listener);
    emitter.emit(1);
    expect(told).toBe(1);
  });

  it('ends one subscription of a listener that subscribed twice, and not the other', () => {
    const { emitter } = make();
    const listener = vi.fn();
    const leave = emitter.subscribe(listener);
    emitter.subscribe(listener);
    leave();
    leave();
    emitter.emit(1);
    expect(listener).toHaveBeenCalledTimes(1);
  });
});
