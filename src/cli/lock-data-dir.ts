import { join } from 'node:path';
import { systemClock } from '../lib/clock.ts';
import { ProcessLock } from '../store/process-lock.ts';

const silent = { info: () => {}, warn: () => {} };

/**
 * Keeps servers away from a folder, which must exist.
 * @returns what releases it again; null while a server uses the folder.
 */
export async function lockDataDir(dataDir: string): Promise<(() => void) | null> {
  const lock = new ProcessLock({
    path: join(dataDir, 'zapette.lock'),
    patience: 0,
    clock: systemClock,
    logger: silent,
  });
  return (await lock.take()) ? () => lock.release() : null;
}
