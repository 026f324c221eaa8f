import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProcessLock } from '../../src/store/process-lock.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { silentLogger } from '../fakes/silent-logger.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';

let dirs: TempDirs;
beforeAll(async () => {
  dirs = await TempDirs.create();
});
afterAll(() => dirs.remove());

function make(path: string) {
  const clock = new FakeClock();
  return { clock, lock: new ProcessLock({ path, clock, logger: silentLogger }) };
}

/** Starts another process that takes the lock and keeps it until it is killed. */
async function otherProcess(path: string) {
  const program = `
    const { ProcessLock } = await import(${JSON.stringify(new URL('../../src/store/process-lock.ts', import.meta.url).href)});
    const { systemClock } = await import(${JSON.stringify(new URL('../../src/lib/clock.ts', import.meta.url).href)});
    const logger = { info() {}, warn() {} };
    const lock = new ProcessLock({ path: process.argv[1], clock: systemClock, logger });
    if (await lock.take()) console.log('taken');
    setInterval(() => lock, 1_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

describe('ProcessLock', () => {
  it('is held by one process at a time, and by the next after the release', async () => {
    const path = join(await dirs.next(), 'zapette.lock');
    const first = make(path);
    const second = make(path);
    expect(await first.lock.take()).toBe(true);
    const taking = second.lock.take();
    await second.clock.advance(3_000);
    first.lock.release();
    first.lock.release();
    await second.clock.advance(200);
    expect(await taking).toBe(true);
    second.lock.release();
  });

  it('is refused to a second process after a wait, and is free when the first one is killed', async () => {
    const path = join(await dirs.next(), 'zapette.lock');
    const other = await otherProcess(path);
    const refused = make(path);
    const taking = refused.lock.take();
    await refused.clock.advance(10_000);
    expect(await taking).toBe(false);
    const ended = once(other, 'exit');
    other.kill('SIGKILL');
    await ended;
    const next = make(path);
    expect(await next.lock.take()).toBe(true);
    next.lock.release();
  });

  it('lets the program start on a disk without locks', async () => {
    expect(await make(join(await dirs.next(), 'no-such-folder', 'zapette.lock')).lock.take()).toBe(true);
  });
});
