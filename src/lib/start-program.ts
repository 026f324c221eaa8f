import { constants, setPriority } from 'node:os';
import { execa } from 'execa';

/** The variables that FFmpeg, its libraries and its drivers read. Windows ignores the case of names. */
const PASSED_ON = /^(?:PATH|SystemRoot|TEMP|TMP|TMPDIR|HOME|LD_LIBRARY_PATH|LIBVA_.+|CUDA_.+|NVIDIA_.+)$/;
const PASSED_ON_BY_WINDOWS = new RegExp(PASSED_ON, 'i');

/** Filters the environment for child programs: they read data of strangers, and our environment holds every secret. */
export function environmentOf(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): Record<string, string | undefined> {
  const passedOn = platform === 'win32' ? PASSED_ON_BY_WINDOWS : PASSED_ON;
  return Object.fromEntries(Object.entries(env).filter(([name]) => passedOn.test(name)));
}

/** Starts a program with execa. Every child program is started with this function. */
export const startProgram = execa({
  env: environmentOf(process.env),
  extendEnv: false,
  windowsHide: true,
});

/**
 * Has a program that was started give way to everything else on the machine, of which it still gets a tenth where that is busy.
 * @returns the program
 */
export function atLowPriority<Program extends { readonly pid?: number | undefined }>(
  program: Program,
): Program {
  try {
    if (program.pid !== undefined) setPriority(program.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // The process has ended already, or the system refuses.
  }
  return program;
}
