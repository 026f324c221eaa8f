import { AppError } from '../domain/errors.ts';
import { startProgram } from '../lib/start-program.ts';

/** What an FFmpeg was built with, as far as the demo cares. */
export interface FfmpegAbilities {
  readonly encoders: ReadonlySet<string>;
  /** Whether it has the drawtext filter. Many package managers leave it out. */
  readonly text: boolean;
}

/** Milliseconds. A virus scanner may hold a program back when it is first run. */
const ASK_TIMEOUT = 3000;

/** What nearly every FFmpeg has: taken for granted where it does not answer in time. */
const usual: FfmpegAbilities = {
  encoders: new Set(['libx264', 'mpeg2video', 'aac', 'ac3', 'mp2']),
  text: false,
};

/**
 * Asks an FFmpeg what it can do; takes at most 3 s.
 * @throws AppError ffmpeg_missing where there is no such program.
 */
export async function askAbilities(ffmpegPath: string): Promise<FfmpegAbilities> {
  const [encoders, filters] = await Promise.all([ask(ffmpegPath, '-encoders'), ask(ffmpegPath, '-filters')]);
  if (encoders === null || filters === null) return usual;
  return { encoders: namesIn(encoders), text: namesIn(filters).has('drawtext') };
}

/** The names in FFmpeg's own tables: flags, a name, then a description. */
export function namesIn(table: string): Set<string> {
  const names = [...table.matchAll(/^ +[A-Z.|]{2,} +(\w+) /gm)].map(([, name = '']) => name);
  return new Set(names);
}

async function ask(ffmpegPath: string, question: string): Promise<string | null> {
  const result = await startProgram(ffmpegPath, ['-hide_banner', question], {
    stdin: 'ignore',
    stderr: 'ignore',
    timeout: ASK_TIMEOUT,
    killSignal: 'SIGKILL',
    reject: false,
  });
  if (result.timedOut) return null;
  if (result.failed) throw new AppError('ffmpeg_missing', {}, { cause: result });
  return result.stdout;
}
