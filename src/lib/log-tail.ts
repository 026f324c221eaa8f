import type { Clock } from './clock.ts';
import { Emitter } from './emitter.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = (typeof logLevels)[number];

/** One entry of the log, as a terminal shows it: of several lines where it tells of an error. */
export interface LogLine {
  /** Greater than that of any line before it, also of a process before this one. */
  readonly id: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly level: LogLevel;
  readonly text: string;
}

/** Lines that are kept. */
const MOST = 500;
/** Characters of one that are kept. */
const LONGEST = 4_000;

/** The end of the log, to look at without a terminal. What is put in must have been scrubbed. */
export class LogTail {
  readonly #clock: Clock;
  readonly #lines: LogLine[] = [];
  // Not by the logger: its line would come here, to the same listener. Nor with the error, which nothing has scrubbed.
  readonly #added = new Emitter(() => this.#keep('error', 'A listener of the log failed.'));
  #lastId: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    // No process writes a line a millisecond for all its life: the next one begins beyond.
    this.#lastId = clock.now();
  }

  /** Of the latest line; of none if there is none yet. */
  get lastId(): number {
    return this.#lastId;
  }

  add(level: LogLevel, text: string): void {
    this.#keep(level, text);
    this.#added.emit();
  }

  /** What came after a line that is known already, the oldest first. @param least the least grave that counts. */
  after(id: number, least: LogLevel): LogLine[] {
    const isGrave = ({ level }: LogLine) => logLevels.indexOf(level) >= logLevels.indexOf(least);
    return this.#lines.filter((line) => line.id > id && isGrave(line));
  }

  /** Calls back at every line; the returned function ends that. */
  subscribe(listener: () => void): () => void {
    return this.#added.subscribe(listener);
  }

  #keep(level: LogLevel, text: string): void {
    this.#lastId += 1;
    this.#lines.push({ id: this.#lastId, at: this.#clock.now(), level, text: text.slice(0, LONGEST) });
    if (this.#lines.length > MOST) this.#lines.shift();
  }
}
