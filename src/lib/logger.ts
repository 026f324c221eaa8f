import { PassThrough, type Writable } from 'node:stream';
import { type DestinationStream, type Logger, pino } from 'pino';
import pretty, { prettyFactory } from 'pino-pretty';
import { z } from 'zod';
import { type LogTail, logLevels } from './log-tail.ts';
import type { Secrets } from './secrets.ts';

export type { Logger } from 'pino';

export interface LoggerOptions {
  readonly level: string;
  readonly secrets: Secrets;
  /** Keeps the last lines. */
  readonly tail: LogTail;
  /** Where the lines go; the process's standard output unless a test says otherwise. */
  readonly out?: Writable & { isTTY?: boolean };
}

/** JSON lines, or readable ones on a terminal. Every line is scrubbed of the registered secrets before it leaves. */
export function createLogger({ level, secrets, tail, out = process.stdout }: LoggerOptions): Logger {
  const streams = [out.isTTY ? toTerminal(secrets, out) : toProgram(secrets, out), toTail(secrets, tail)];
  // The logger's own level decides, also for both.
  const both = pino.multistream(streams.map((stream) => ({ level: 'trace', stream })));
  return pino({ level, ...(out.isTTY ? {} : { base: null }) }, both);
}

function toProgram(secrets: Secrets, out: Writable): DestinationStream {
  return scrubbedTo(secrets, out);
}

function toTerminal(secrets: Secrets, out: Writable): DestinationStream {
  const scrubbed = scrubbedTo(secrets, out);
  const readable = new PassThrough();
  readable.pipe(
    pretty({ colorize: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss', destination: scrubbed }),
  );
  return readable;
}

/** Where nobody takes the lines any more, as on a full disk, they are let go: that is no reason to end, nor to keep them. */
function scrubbedTo(secrets: Secrets, out: Writable): ReturnType<Secrets['scrubber']> {
  const scrubbed = secrets.scrubber();
  scrubbed.pipe(out);
  out.on('error', () => {
    scrubbed.unpipe(out);
    scrubbed.resume();
  });
  return scrubbed;
}

const entrySchema = z.looseObject({ level: z.number() });

/** Scrubbed text by text, where nothing is escaped, and once more as the line that a terminal would show. */
function toTail(secrets: Secrets, tail: LogTail): DestinationStream {
  const readable = prettyFactory({
    colorize: false,
    singleLine: true,
    ignore: 'level,time,pid,hostname',
  });
  const scrub = (_key: string, value: unknown) => (typeof value === 'string' ? secrets.scrub(value) : value);
  return {
    write: (json) => {
      const entry = entrySchema.parse(JSON.parse(json, scrub));
      const level = logLevels.find((name) => pino.levels.values[name] === entry.level) ?? 'info';
      tail.add(level, secrets.scrub(readable(entry)).trim());
    },
  };
}
