import type { ServerResponse } from 'node:http';
import { makeTs } from './real-ts.ts';

export interface TsSourceOptions {
  /** The length of the looped recording. */
  readonly seconds?: number;
  /** Seconds of the stream sent at once to a new connection. */
  readonly burst?: number;
  /** FFmpeg's filter for the picture, such as `scale=320:240` of a source 64 pixels wide. */
  readonly filter?: string;
}

const TICK = 40;

/**
 * A channel like a bad provider's: a short recording in a loop, sent in real time, whose timestamps jump back at the
 * start of each loop.
 */
export class TsSource {
  readonly #bytes: Buffer;
  readonly #seconds: number;
  readonly #burst: number;
  readonly #timers = new Set<NodeJS.Timeout>();

  private constructor(bytes: Buffer, seconds: number, burst: number) {
    this.#bytes = bytes;
    this.#seconds = seconds;
    this.#burst = burst;
  }

  static async render({ seconds = 4, burst = 1, filter = 'null' }: TsSourceOptions = {}): Promise<TsSource> {
    return new TsSource(await makeTs({ seconds, filter }), seconds, burst);
  }

  /** Plays from the start to this response until its client disconnects. */
  readonly serve = (_request: unknown, response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'video/mp2t' });
    const begun = performance.now();
    let sent = 0;
    const send = () => {
      const seconds = this.#burst + (performance.now() - begun) / 1000;
      const due = Math.floor((seconds / this.#seconds) * this.#bytes.length);
      while (sent < due) {
        const from = sent % this.#bytes.length;
        const chunk = this.#bytes.subarray(from, Math.min(this.#bytes.length, from + due - sent));
        response.write(chunk);
        sent += chunk.length;
      }
    };
    send();
    const timer = setInterval(send, TICK);
    this.#timers.add(timer);
    response.once('close', () => {
      clearInterval(timer);
      this.#timers.delete(timer);
    });
  };

  /** Stops sending to all clients. */
  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers.clear();
  }
}
