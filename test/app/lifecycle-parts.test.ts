import { describe, expect, it, vi } from 'vitest';
import { Lifecycle } from '../../src/app/lifecycle.ts';
import type { Logger } from '../../src/lib/logger.ts';

const error = vi.fn();
const logger = { error } as unknown as Logger;

describe('the lifecycle', () => {
  it('stops parts in the reverse order of their start, each once', async () => {
    const said: string[] = [];
    const life = new Lifecycle(logger);
    for (const name of ['a', 'b'])
      await life.add(name, {
        api: name,
        start: () => said.push(`+${name}`),
        stop: () => said.push(`-${name}`),
      });
    await Promise.all([life.stop(), life.stop()]);
    expect(said).toEqual(['+a', '+b', '-b', '-a']);
  });

  it('stops a part whose start has failed, and goes on after a part that fails to stop', async () => {
    const said: string[] = [];
    const life = new Lifecycle(logger);
    await life.add('a', { api: null, stop: () => said.push('-a') });
    await life.add('b', { api: null, stop: () => Promise.reject(new Error('stuck')) });
    const failing = {
      api: null,
      start: () => Promise.reject(new Error('no')),
      stop: () => said.push('-c'),
    };
    await expect(life.add('c', failing)).rejects.toThrow('no');
    await life.stop();
    expect(said).toEqual(['-c', '-a']);
    expect(error).toHaveBeenCalledWith(expect.objectContaining({ part: 'b' }), 'could not stop cleanly');
  });

  it('also stops a part that is added while it stops', async () => {
    const life = new Lifecycle(logger);
    const stopped = vi.fn();
    await life.add('first', { api: null, stop: () => new Promise((done) => setTimeout(done, 10)) });
    const ending = life.stop();
    await life.add('late', { api: null, stop: stopped });
    await ending;
    expect(stopped).toHaveBeenCalledOnce();
  });
});
