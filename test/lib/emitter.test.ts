import { describe, expect, it, vi } from 'vitest';
import { Emitter } from '../../src/lib/emitter.ts';
import { settle } from '../fakes/fake-clock.ts';

function make() {
  const failures: unknown[] = [];
  const emitter = new Emitter<number>((error) => failures.push(error));
  return { emitter, failures };
}

describe('Emitter', () => {
  it('calls the listeners synchronously, in the order of subscription', () => {
    const { emitter } = make();
    const told: string[] = [];
    emitter.subscribe((value) => told.push(`first ${value}`));
    emitter.subscribe((value) => told.push(`second ${value}`));
    emitter.emit(1);
    expect(told).toEqual(['first 1', 'second 1']);
  });

  it('shields the caller and the other listeners from an error of a listener', async () => {
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

  it('reports a rejected promise as a failure and awaits no promise', async () => {
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

  it('does not call a listener that has unsubscribed, even during an event', () => {
    const { emitter } = make();
    const left = vi.fn();
    let leave = () => {};
    emitter.subscribe(() => leave());
    leave = emitter.subscribe(left);
    emitter.emit(1);
    expect(left).not.toHaveBeenCalled();
  });

  it('calls a listener that subscribes again during an event at the next event only', () => {
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

  it('keeps the second subscription of a listener when the first one ends', () => {
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
