import { createRequire } from 'node:module';
import { AppError } from '../../domain/errors.ts';
import { sleep, systemClock } from '../../lib/clock.ts';
import { startProgram } from '../../lib/start-program.ts';

export interface FfmpegBinary {
  readonly path: string;
  /** The version that the program reports, such as `5.1.9`. */
  readonly version: string;
  /** True for the build of 2018 from the npm packages, for machines without another FFmpeg. */
  readonly bundled: boolean;
}

/** Milliseconds to wait for the version, and then for a killed program to close its output. */
const PATIENCE = 10_000;
const GRACE = 500;
const require = createRequire(import.meta.url);

/**
 * Finds the FFmpeg to use: the configured one, else `ffmpeg` on the PATH, else the bundled one.
 * @throws AppError ffmpeg_missing
 */
export async function findFfmpeg(configured: string | null): Promise<FfmpegBinary> {
  const candidates = configured
    ? [{ path: configured, bundled: false }]
    : [{ path: 'ffmpeg', bundled: false }, ...bundled()];
  for (const { path, bundled } of candidates) {
    const version = await versionOf(path);
    if (version) return { path, version, bundled };
  }
  throw new AppError('ffmpeg_missing');
}

function bundled(): { path: string; bundled: boolean }[] {
  try {
    const { path } = require('@ffmpeg-installer/ffmpeg') as { path: string };
    return [{ path, bundled: true }];
  } catch {
    // There is no bundled binary for this kind of machine.
    return [];
  }
}

async function versionOf(path: string): Promise<string | null> {
  const running = startProgram(path, ['-version'], { reject: false, timeout: PATIENCE });
  // A killed wrapper may leave a child that keeps the output open for ever.
  const waiting = new AbortController();
  const timedOut = sleep(systemClock, PATIENCE + GRACE, waiting.signal).then(
    () => null,
    () => null,
  );
  const ended = await Promise.race([running, timedOut]);
  waiting.abort();
  if (ended === null) running.stdout.destroy();
  // Another program that exits with 0, such as `true`, is not FFmpeg.
  return ended?.exitCode === 0 ? (/^ffmpeg version (\S+)/m.exec(ended.stdout)?.[1] ?? null) : null;
}
