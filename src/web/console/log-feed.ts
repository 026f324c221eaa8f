import { signal } from '@preact/signals';
import { api } from '../common/api.ts';
import type { LogLevel, LogLine } from '../common/contract.ts';

/** Lines that are kept, as many as the server keeps. */
const MOST = 500;

/** The lines of the server's log from a level on, asked for as they come. */
export class LogFeed {
  /** The oldest first; null until they have come. */
  readonly lines = signal<readonly LogLine[] | null>(null);
  private readonly least: LogLevel;
  private isAsking = false;
  private isBehind = false;

  constructor(least: LogLevel) {
    this.least = least;
  }

  /** Gets what is missing; one question at a time, however fast there are news. @throws ApiError */
  async catchUp(): Promise<void> {
    this.isBehind = true;
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      while (this.isBehind) {
        this.isBehind = false;
        const known = this.lines.peek() ?? [];
        const more = await api.log(known.at(-1)?.id ?? 0, this.least);
        this.lines.value = [...known, ...more].slice(-MOST);
      }
    } finally {
      this.isAsking = false;
    }
  }
}
