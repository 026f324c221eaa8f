import { PassThrough, type Writable } from 'node:stream';
import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import type { Secrets } from './secrets.ts';

export type { Logger } from 'pino';

export interface LoggerOptions {
  readonly level: string;
  readonly secrets: Secrets;
  /** Where the lines go; the process's standard output unless a test says otherwise. */
  readonly out?: Writable & { isTTY?: boolean };
}

/** JSON lines, or readable ones on a terminal. Every line is scrubbed of the registered secrets before it leaves. */
export function createLogger({ level, secrets, out = process.stdout }: LoggerOptions): Logger {
  const scrubbed = secrets.scrubber();
  if (out.isTTY) {
    const readable = new PassThrough();
    scrubbed.pipe(out);
    readable.pipe(
      pretty({
        colorize: true,
        ignore: 'pid,hostname',
        translateTime: 'SYS:HH:MM:ss',
        destination: scrubbed,
      }),
    );
    return pino({ level }, readable);
  }
  scrubbed.pipe(out);
  return pino({ level, base: null }, scrubbed);
}
