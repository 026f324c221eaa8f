import { join } from 'node:path';
import { takeImport, UnfinishedImportError } from '../bundle/take-import.ts';
import { systemClock } from '../lib/clock.ts';
import { ProcessLock } from '../store/process-lock.ts';

/**
 * Takes over an import that the console has decided, before anything of DATA_DIR is read, settings included. Where that fails,
 * the start goes on with what is there, as long as that belongs together.
 * @param tell is called with a sentence for the terminal.
 * @param patience as of ProcessLock
 * @returns false if the start may not go on.
 */
export async function takeImportAtStart(
  dataDir: string,
  tell: (sentence: string) => void,
  patience?: number,
): Promise<boolean> {
  const lock = new ProcessLock({
    path: join(dataDir, 'zapette.lock'),
    clock: systemClock,
    logger: { info: () => {}, warn: () => {} },
    ...(patience === undefined ? {} : { patience }),
  });
  // The start itself says that another process uses the folder.
  if (!(await lock.take())) return true;
  try {
    const taken = await takeImport(dataDir);
    if (taken) tell(`The export was imported: what it replaced is kept in ${taken.keptIn}`);
    return true;
  } catch (error) {
    const { code } = (error instanceof UnfinishedImportError ? error.cause : error) as NodeJS.ErrnoException;
    if (error instanceof UnfinishedImportError) {
      tell(`The import stopped half-way (${code}): mend DATA_DIR, then start Zapette again to finish it.`);
      return false;
    }
    tell(`The export could not be imported (${code}), so nothing has changed: the next start tries again.`);
    return true;
  } finally {
    lock.release();
  }
}
