import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../src/web/common/api.ts';
import { LiveState } from '../../../src/web/setup/live-state.ts';

const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });

beforeEach(() => {
  page.visibilityState = 'visible';
  vi.useFakeTimers();
  vi.stubGlobal('document', page);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Follows a server whose state is a text; it is waited for anything but `done`. */
function follow(load: () => Promise<string>) {
  const state = signal<string | null>(null);
  const loads = vi.fn(load);
  const live = new LiveState(state, { load: loads, onError: vi.fn(), isWaiting: (text) => text !== 'done' });
  return { state, loads, live, stop: live.follow() };
}

describe('a followed state', () => {
  it('is asked for every two seconds while something is waited for, and rarely after that', async () => {
    let answer = 'waiting';
    const { state, loads, stop } = follow(async () => answer);
    await vi.advanceTimersByTimeAsync(4_100);
    expect(loads).toHaveBeenCalledTimes(3);
    answer = 'done';
    await vi.advanceTimersByTimeAsync(2_000);
    expect(state.value).toBe('done');
    await vi.advanceTimersByTimeAsync(8_000);
    expect(loads).toHaveBeenCalledTimes(4);
    stop();
  });

  it('is left alone while the page is hidden, and after the end', async () => {
    const { loads, stop } = follow(async () => 'waiting');
    await vi.advanceTimersByTimeAsync(0);
    page.visibilityState = 'hidden';
    await vi.advanceTimersByTimeAsync(20_000);
    expect(loads).toHaveBeenCalledTimes(1);
    page.visibilityState = 'visible';
    page.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(0);
    expect(loads).toHaveBeenCalledTimes(2);
    stop();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(loads).toHaveBeenCalledTimes(2);
  });

  it('takes the answer to a change, and no older one that arrives later', async () => {
    const old = Promise.withResolvers<string>();
    const { state, live, stop } = follow(() => old.promise);
    await live.change(async () => 'changed');
    old.resolve('from before');
    await vi.advanceTimersByTimeAsync(0);
    expect(state.value).toBe('changed');
    stop();
  });

  it('is asked for soon after a change that begins a wait', async () => {
    const { loads, live, stop } = follow(async () => 'done');
    await vi.advanceTimersByTimeAsync(100);
    await live.change(async () => 'waiting');
    expect(loads).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(loads).toHaveBeenCalledTimes(2);
    stop();
  });

  it('sends changes one after the other, also after one that failed', async () => {
    const { state, live, stop } = follow(async () => 'waiting');
    const sent: string[] = [];
    const first = Promise.withResolvers<string>();
    const failed = live.change(() => {
      sent.push('first');
      return first.promise;
    });
    const second = live.change(async () => {
      sent.push('second');
      return 'second';
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual(['first']);
    first.reject(new Error('no'));
    await expect(failed).rejects.toThrow('no');
    await second;
    expect(sent).toEqual(['first', 'second']);
    expect(state.value).toBe('second');
    stop();
  });

  it('tells that the server does not answer, and that it does again', async () => {
    let isAway = true;
    const { live, stop } = follow(async () => {
      if (isAway) throw new ApiError(0, 'offline', '');
      return 'done';
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(live.isAway.value).toBe(true);
    isAway = false;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(live.isAway.value).toBe(false);
    stop();
  });
});
