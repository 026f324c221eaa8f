import { AppError } from '../domain/errors.ts';
import { startProgram } from '../lib/start-program.ts';

/** The build options of an FFmpeg that the demo needs. */
export interface FfmpegAbilities {
  readonly encoders: ReadonlySet<string>;
  /** Whether it has the drawtext filter, which many packages leave out. */
  readonly text: boolean;
}

/** Milliseconds to wait for the answer. A virus scanner may delay the first run of a program. */
const ASK_TIMEOUT = 3000;

/** The abilities of nearly every FFmpeg, assumed if it does not answer in time. */
const usual: FfmpegAbilities = {
  encoders: new Set(['libx264', 'mpeg2video', 'aac', 'ac3', 'mp2']),
  text: false,
};

/**
 * Asks an FFmpeg for its encoders and filters; takes 3 s at most.
 * @throws AppError ffmpeg_missing if it cannot be run.
 */
export async function askAbilities(ffmpegPath: string): Promise<FfmpegAbilities> {
  const [encoders, filters] = await Promise.all([ask(ffmpegPath, '-encoders'), ask(ffmpegPath, '-filters')]);
  if (encoders === null || filters === null) return usual;
  return { encoders: namesIn(encoders), text: namesIn(filters).has('drawtext') };
}

/** The names in a table that FFmpeg prints: flags, a name, then a description. */
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
