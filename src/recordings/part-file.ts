import type { Writable } from 'node:stream';
import type { Clock } from '../lib/clock.ts';

/** Bytes that may wait for a disk. */
const MOST_WAITING = 32 * 1024 * 1024;

/** A part of a recording while it is written: raw MPEG-TS that begins with a keyframe. Nothing ever waits for its disk. */
export class PartFile {
  /** When it began, in epoch milliseconds. */
  readonly beganAt: number;
  readonly #file: Writable;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #failed = Promise.withResolvers<Error>();
  readonly #closed: Promise<boolean>;
  #writtenAt: number | null = null;

  constructor(file: Writable, clock: Pick<Clock, 'now'>) {
    this.#file = file;
    this.#clock = clock;
    this.beganAt = clock.now();
    file.on('error', (error) => this.#failed.resolve(error));
    this.#closed = new Promise((resolve) => file.once('close', () => resolve(file.writableFinished)));
  }

  /** Resolves with the reason if the disk refuses the part. Never rejects. */
  get failed(): Promise<Error> {
    return this.#failed.promise;
  }

  /** True while the disk is so far behind that it must be given nothing more. */
  get isFull(): boolean {
    return this.#file.writableLength > MOST_WAITING;
  }

  /** When the last bytes came that the disk has taken, in epoch milliseconds; null before the first. */
  get writtenAt(): number | null {
    return this.#writtenAt;
  }

  write(bytes: Buffer): void {
    const at = this.#clock.now();
    this.#file.write(bytes, (error) => {
      if (!error) this.#writtenAt = at;
    });
  }

  /** Ends the part. Resolves once the file is closed, with whether the disk has taken everything. Never rejects. */
  close(): Promise<boolean> {
    this.#file.end();
    return this.#closed;
  }
}
