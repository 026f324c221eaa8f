import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answer, Reconnector, type ServerProbe } from '../../src/web/watch/reconnector.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A server that gives these answers in turn and then repeats the last; an Error makes the request fail. */
function lineWith(...answers: (Answer | Error)[]): ServerProbe & { asked: number; renewed: number } {
  const line = {
    asked: 0,
    renewed: 0,
    ask: async () => {
      const answer = answers[Math.min(line.asked, answers.length - 1)] ?? 'down';
      line.asked += 1;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    renewCookie: async () => {
      line.renewed += 1;
    },
  };
  return line;
}

describe('Reconnector', () => {
  it('asks for a minute without a server and reports its return once', async () => {
    const ready = vi.fn();
    const line = lineWith(...Array.from({ length: 40 }, () => new Error('refused')), 'ready');
    new Reconnector(line, ready).request(1_000);
    await vi.advanceTimersByTimeAsync(55_000);
    expect(ready).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ready).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(line.asked).toBe(41);
  });

  it('renews the cookie when the playlist is forbidden', async () => {
    const ready = vi.fn();
    const line = lineWith('forbidden', 'ready');
    new Reconnector(line, ready).request(0);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(line.renewed).toBe(1);
    expect(ready).toHaveBeenCalledTimes(1);
  });

  it('ignores further requests while it is asking, and accepts one afterwards', async () => {
    const ready = vi.fn();
    const line = lineWith('ready');
    const reconnector = new Reconnector(line, ready);
    reconnector.request(1_000);
    reconnector.request(0);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(ready).toHaveBeenCalledTimes(1);
    reconnector.request(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(ready).toHaveBeenCalledTimes(2);
  });

  it('reports nothing after stop', async () => {
    const ready = vi.fn();
    const reconnector = new Reconnector(lineWith('down', 'ready'), ready);
    reconnector.request(0);
    await vi.advanceTimersByTimeAsync(100);
    reconnector.stop();
    reconnector.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ready).not.toHaveBeenCalled();
  });
});
