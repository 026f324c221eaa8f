import { execa } from 'execa';

/** What FFmpeg, its libraries and its drivers read. Windows writes names in any case. */
const PASSED_ON = /^(?:PATH|SystemRoot|TEMP|TMP|TMPDIR|HOME|LD_LIBRARY_PATH|LIBVA_.+|CUDA_.+|NVIDIA_.+)$/;
const PASSED_ON_BY_WINDOWS = new RegExp(PASSED_ON, 'i');

/** The environment of the programs that we start: they read what strangers send, and ours holds every secret. */
export function environmentOf(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): Record<string, string | undefined> {
  const passedOn = platform === 'win32' ? PASSED_ON_BY_WINDOWS : PASSED_ON;
  return Object.fromEntries(Object.entries(env).filter(([name]) => passedOn.test(name)));
}

/** Starts a program as execa does: the one way in which we start any. */
export const startProgram = execa({
  env: environmentOf(process.env),
  extendEnv: false,
  windowsHide: true,
});
