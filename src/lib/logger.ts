import { PassThrough, type Writable } from 'node:stream';
import { type DestinationStream, type Logger, pino } from 'pino';
import pretty, { prettyFactory } from 'pino-pretty';
import { z } from 'zod';
import { type LogTail, logLevels } from './log-tail.ts';
import type { Secrets } from './secrets.ts';

export type { Logger } from 'pino';

/** The level and the destinations of the log. */
export interface LoggerOptions {
  readonly level: string;
  readonly secrets: Secrets;
  /** Keeps the last lines for the console page. */
  readonly tail: LogTail;
  /** The destination of the lines: standard output by default; tests pass their own. */
  readonly out?: Writable & { isTTY?: boolean };
}

/** Creates a logger that writes JSON lines, or readable lines on a terminal. The registered secrets are scrubbed from every line. */
export function createLogger({ level, secrets, tail, out = process.stdout }: LoggerOptions): Logger {
  const streams = [out.isTTY ? toTerminal(secrets, out) : toProgram(secrets, out), toTail(secrets, tail)];
  // The streams take every level, so that the logger's own level decides.
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

/** Drops the lines once the destination fails, such as on a full disk: the process neither ends nor keeps them in memory. */
function scrubbedTo(secrets: Secrets, out: Writable): ReturnType<Secrets['scrubber']> {
  const scrubbed = secrets.scrubber();
  scrubbed.pipe(out);
  out.on('error', () => {
    scrubbed.unpipe(out);
    scrubbed.resume();
  });
  return scrubbed;
}

/** Marks lines that are not for the console's tail, in which they would push out all others. */
const ofRequests = { log: 'access' } as const;

/** A logger for requests, whose lines do not reach the console. */
export function createAccessLogger(logger: Logger): Logger {
  return logger.child(ofRequests);
}

const entrySchema = z.looseObject({ level: z.number(), log: z.string().optional() });

/** Scrubs each string value before it is escaped, and once more the line as a terminal would show it. */
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
      if (entry.log === ofRequests.log) return;
      const level = logLevels.find((name) => pino.levels.values[name] === entry.level) ?? 'info';
      tail.add(level, secrets.scrub(readable(entry)).trim());
    },
  };
}
