import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { orAborted } from '../../src/lib/abort.ts';

const gone = new Error('gone');
const forever = new Promise<never>(() => {});

describe('orAborted', () => {
  it('settles as the promise does', async () => {
    const { signal } = new AbortController();
    await expect(orAborted(Promise.resolve(1), signal)).resolves.toBe(1);
    await expect(orAborted(Promise.reject(gone), signal)).rejects.toBe(gone);
    await expect(orAborted(Promise.resolve(1), undefined)).resolves.toBe(1);
  });

  it('rejects with the reason of a signal that is aborted meanwhile', async () => {
    const controller = new AbortController();
    const outcome = orAborted(forever, controller.signal);
    controller.abort(gone);
    await expect(outcome).rejects.toBe(gone);
  });

  it('rejects for a signal that is aborted already, whatever the promise holds', async () => {
    await expect(orAborted(Promise.resolve(1), AbortSignal.abort(gone))).rejects.toBe(gone);
    await expect(orAborted(Promise.reject(new Error('other')), AbortSignal.abort(gone))).rejects.toBe(gone);
  });

  it('ignores a promise that rejects after the signal was aborted', async () => {
    const late = Promise.withResolvers<never>();
    const controller = new AbortController();
    const outcome = orAborted(late.promise, controller.signal);
    controller.abort(gone);
    await expect(outcome).rejects.toBe(gone);
    late.reject(new Error('too late'));
    // An unhandled rejection would fail the test run.
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController();
    await orAborted(Promise.resolve(1), signal);
    await orAborted(Promise.reject(gone), signal).catch(() => {});
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
