import type { Writable } from 'node:stream';
import type { Clock } from '../lib/clock.ts';
import type { Piece } from '../stream/normaliser/normaliser.ts';
import { entryLine, shownLine } from './recording-playlist.ts';

/** Bytes that may wait for a disk. */
const MOST_WAITING = 32 * 1024 * 1024;

/** A part of a recording while it is written: raw MPEG-TS that begins with a keyframe. Nothing ever waits for its disk. */
export class PartFile {
  /** When it began, in epoch milliseconds: of a part from the archive, when that was shown. */
  readonly beganAt: number;
  readonly #file: Writable;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #failed = Promise.withResolvers<Error>();
  readonly #closed: Promise<boolean>;
  #writtenAt: number | null = null;
  readonly #list: Writable;
  #bytes = 0;
  /** Seconds of the stream. */
  #seconds = 0;

  /**
   * @param list of the places where it can be entered; what is wrong with it is no matter.
   * @param clock tells when a piece that is written was shown. @param isArchived whether it comes from the archive.
   */
  constructor(file: Writable, list: Writable, clock: Pick<Clock, 'now'>, isArchived = false) {
    this.#file = file;
    this.#list = list;
    this.#clock = clock;
    list.on('error', () => {});
    this.beganAt = clock.now();
    if (isArchived) list.write(shownLine(this.beganAt));
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

  write({ bytes, isStart, seconds }: Pick<Piece, 'bytes' | 'isStart' | 'seconds'>): void {
    const at = this.#clock.now();
    if (isStart) this.#enter(seconds, false);
    this.#bytes += bytes.length;
    this.#seconds = seconds;
    this.#file.write(bytes, (error) => {
      if (!error) this.#writtenAt = at;
    });
  }

  /** Ends the part. Resolves once the file is closed, with whether the disk has taken everything. Never rejects. */
  close(): Promise<boolean> {
    if (!this.#file.writableEnded) this.#enter(this.#seconds, true);
    this.#file.end();
    this.#list.end();
    return this.#closed;
  }

  #enter(seconds: number, isEnd: boolean): void {
    this.#list.write(entryLine({ offset: this.#bytes, seconds, isEnd }));
  }
}
