import { signal } from '@preact/signals';
import { api } from '../common/api.ts';
import type { LogLevel, LogLine } from '../common/contract/server.ts';

/** Lines to keep, as many as the server does. */
const MOST = 500;

/** Loads the lines of the server's log at or above a level. */
export class LogFeed {
  /** The lines, oldest first; null until they are loaded. */
  readonly lines = signal<readonly LogLine[] | null>(null);
  private readonly least: LogLevel;
  private isAsking = false;
  private isBehind = false;

  constructor(least: LogLevel) {
    this.least = least;
  }

  /** Loads the missing lines, with one request at a time however fast new lines appear. @throws ApiError */
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
