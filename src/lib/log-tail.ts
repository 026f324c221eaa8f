import type { Clock } from './clock.ts';
import { Emitter } from './emitter.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = (typeof logLevels)[number];

/** One entry of the log as a terminal shows it; an error takes several lines. */
export interface LogLine {
  /** Greater than the id of every earlier line, even of an earlier process. */
  readonly id: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly level: LogLevel;
  readonly text: string;
}

/** The number of lines that are kept. */
const MOST = 500;
/** The number of characters that are kept of a line. */
const LONGEST = 4_000;

/** The end of the log, for the console page. Added text must have been scrubbed. */
export class LogTail {
  readonly #clock: Clock;
  readonly #lines: LogLine[] = [];
  // The logger is not used here, since its line would reach the same listener; the error is left out, since it is not scrubbed.
  readonly #added = new Emitter(() => this.#keep('error', 'A listener of the log failed.'));
  #lastId: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    // No process writes a line a millisecond for all its life, so the next process begins with a greater id.
    this.#lastId = clock.now();
  }

  /** The id of the latest line; before the first line, an id below all lines of this process. */
  get lastId(): number {
    return this.#lastId;
  }

  add(level: LogLevel, text: string): void {
    this.#keep(level, text);
    this.#added.emit();
  }

  /** The lines after the line with this id, oldest first. @param least the lowest level to return. */
  after(id: number, least: LogLevel): LogLine[] {
    const isGrave = ({ level }: LogLine) => logLevels.indexOf(level) >= logLevels.indexOf(least);
    return this.#lines.filter((line) => line.id > id && isGrave(line));
  }

  /** Calls the listener at every line until the returned function is called. */
  subscribe(listener: () => void): () => void {
    return this.#added.subscribe(listener);
  }

  #keep(level: LogLevel, text: string): void {
    this.#lastId += 1;
    this.#lines.push({ id: this.#lastId, at: this.#clock.now(), level, text: text.slice(0, LONGEST) });
    if (this.#lines.length > MOST) this.#lines.shift();
  }
}
