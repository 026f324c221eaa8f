import { createRequire } from 'node:module';
import { AppError } from '../../domain/errors.ts';
import { sleep, systemClock } from '../../lib/clock.ts';
import { startProgram } from '../../lib/start-program.ts';

export interface FfmpegBinary {
  readonly path: string;
  /** Such as `5.1.9`, as the program itself says. */
  readonly version: string;
  /** The one that comes with the npm packages: of 2018, for machines that have no other. */
  readonly bundled: boolean;
}

/** Milliseconds. */
const PATIENCE = 10_000;
const GRACE = 500;
const require = createRequire(import.meta.url);

/**
 * The FFmpeg to use: the configured one, else `ffmpeg` on the PATH, else the bundled one.
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
    // no binary for this kind of machine
    return [];
  }
}

async function versionOf(path: string): Promise<string | null> {
  const running = startProgram(path, ['-version'], { reject: false, timeout: PATIENCE });
  // A wrapper that was killed may leave a child, which keeps its output open for ever.
  const waiting = new AbortController();
  const inVain = sleep(systemClock, PATIENCE + GRACE, waiting.signal).then(
    () => null,
    () => null,
  );
  const ended = await Promise.race([running, inVain]);
  waiting.abort();
  if (ended === null) running.stdout.destroy();
  // Something else that ends well, such as `true`, is no FFmpeg.
  return ended?.exitCode === 0 ? (/^ffmpeg version (\S+)/m.exec(ended.stdout)?.[1] ?? null) : null;
}
