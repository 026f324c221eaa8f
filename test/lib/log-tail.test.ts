import { describe, expect, it, vi } from 'vitest';
import { LogTail } from '../../src/lib/log-tail.ts';
import { FakeClock } from '../fakes/fake-clock.ts';

const texts = (tail: LogTail, id = 0) => tail.after(id, 'trace').map(({ text }) => text);

describe('LogTail', () => {
  it('keeps the last 500 lines in order', () => {
    const tail = new LogTail(new FakeClock());
    for (let line = 1; line <= 520; line++) tail.add('info', `line ${line}`);
    const kept = texts(tail);
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([500, 'line 21', 'line 520']);
  });

  it('returns only the lines after a known id', () => {
    const clock = new FakeClock();
    const tail = new LogTail(clock);
    tail.add('info', 'old');
    const known = tail.lastId;
    clock.skip(5);
    tail.add('info', 'new');
    expect(tail.after(known, 'trace')).toEqual([
      { id: tail.lastId, at: clock.now(), level: 'info', text: 'new' },
    ]);
    expect(texts(tail, tail.lastId)).toEqual([]);
  });

  it('leaves out lines below the given level', () => {
    const tail = new LogTail(new FakeClock());
    for (const level of ['debug', 'warn', 'info', 'fatal', 'error'] as const) tail.add(level, level);
    expect(tail.after(0, 'warn').map(({ text }) => text)).toEqual(['warn', 'fatal', 'error']);
  });

  it('begins with a greater id than the previous process', () => {
    const clock = new FakeClock();
    const before = new LogTail(clock);
    for (let line = 0; line < 100; line++) before.add('info', 'before');
    clock.skip(1_000);
    const after = new LogTail(clock);
    after.add('info', 'after');
    expect(texts(after, before.lastId)).toEqual(['after']);
  });

  it('cuts an endless line', () => {
    const tail = new LogTail(new FakeClock());
    tail.add('info', 'x'.repeat(1e6));
    expect(texts(tail)[0]?.length).toBeLessThan(5_000);
  });

  it('calls a listener until it unsubscribes', () => {
    const tail = new LogTail(new FakeClock());
    const listener = vi.fn();
    const end = tail.subscribe(listener);
    tail.add('info', 'one');
    end();
    tail.add('info', 'two');
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('keeps a line whose listener throws, logs the failure without the error, and calls the other listeners', () => {
    const tail = new LogTail(new FakeClock());
    const listener = vi.fn();
    tail.subscribe(() => {
      throw new Error('s3cret');
    });
    tail.subscribe(listener);
    tail.add('info', 'one');
    expect(texts(tail)).toEqual(['one', 'A listener of the log failed.']);
    expect(listener).toHaveBeenCalledTimes(1);
  });
});
