import type { Clock } from '../../lib/clock.ts';
import type { Piece } from '../normaliser/normaliser.ts';

/** Seconds from the first keyframe on that go out at once, for a fast first picture and a reserve in the players. */
const HEAD_START = 4;
/** Milliseconds for a provider's initial burst, after which the unused head start expires. */
const BURST_TIME = 3_000;
/** Seconds that may go out at once after the source was late. */
const CATCH_UP = 1;
/** Seconds of stream time after which pacing starts even without a keyframe. */
const LONGEST_WAY_TO_KEYFRAME = 12;
/** Limits of the stock beyond which the source has to wait. */
const LARGEST_STOCK = { seconds: 40, bytes: 32 * 1024 * 1024 };
/** Shortest wait, in milliseconds. */
const TICK = 20;

/**
 * Holds a source to real time: pieces that arrive faster than they play are kept in stock and go out at the pace of the
 * source's clock. After each delay only one second may go out at once, so a source that arrives in batches builds up a
 * reserve as long as the time between its batches.
 */
export class Pacer {
  readonly #clock: Clock;
  readonly #onPiece: (piece: Piece) => void;
  readonly #stock: Piece[] = [];
  /** Index of the first piece in stock; removing each piece from the front would move all others. */
  #first = 0;
  #bytes = 0;
  /** Seconds that may go out now. */
  #credit = Number.POSITIVE_INFINITY;
  #creditAt: number;
  #startedAt: number | null = null;
  /** Stream time of the last piece that went out. */
  #position = 0;
  #emptySince: number;
  #cancel: (() => void) | null = null;
  #onRoom: (() => void) | null = null;
  #onEmpty: (() => void) | null = null;

  constructor(clock: Clock, onPiece: (piece: Piece) => void) {
    this.#clock = clock;
    this.#onPiece = onPiece;
    this.#creditAt = clock.monotonic();
    this.#emptySince = this.#creditAt;
  }

  /** Time since which the stock is empty, milliseconds, monotonic; null while there is stock. */
  get emptySince(): number | null {
    return this.#isEmpty ? this.#emptySince : null;
  }

  /** True if the source has to wait. */
  get isFull(): boolean {
    const last = this.#stock.at(-1);
    const seconds = last ? last.seconds - this.#position : 0;
    return seconds > LARGEST_STOCK.seconds || this.#bytes > LARGEST_STOCK.bytes;
  }

  take(piece: Piece): void {
    this.#stock.push(piece);
    this.#bytes += piece.bytes.length;
    if (!this.#cancel) this.#release();
  }

  /** Calls back once when the source may continue. */
  whenRoom(callback: () => void): void {
    this.#onRoom = callback;
  }

  /** Resolves once everything has gone out or the pacer was stopped. */
  async drained(): Promise<void> {
    if (this.#isEmpty) return;
    await new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
  }

  /** Drops the stock. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#stock.length = 0;
    this.#first = 0;
    this.#bytes = 0;
    this.#callBack();
  }

  get #isEmpty(): boolean {
    return this.#first >= this.#stock.length;
  }

  #release(): void {
    this.#cancel = null;
    for (let piece = this.#stock[this.#first]; piece; piece = this.#stock[this.#first]) {
      this.#refill(piece);
      const step = Math.max(0, piece.seconds - this.#position);
      if (step > 0 && this.#credit < 0) {
        this.#cancel = this.#clock.after(Math.max(TICK, -this.#credit * 1000), () => this.#release());
        break;
      }
      this.#credit -= step;
      this.#position = piece.seconds;
      this.#first++;
      this.#bytes -= piece.bytes.length;
      this.#onPiece(piece);
    }
    if (this.#isEmpty) this.#emptySince = this.#clock.monotonic();
    this.#forget();
    this.#callBack();
  }

  /** Refills the credit by the time that has passed. A piece may overdraw it, and the next piece waits then. */
  #refill({ isStart, seconds }: Piece): void {
    const now = this.#clock.monotonic();
    const elapsed = (now - this.#creditAt) / 1000;
    this.#creditAt = now;
    if (this.#startedAt === null) {
      if (!isStart && seconds < LONGEST_WAY_TO_KEYFRAME) return;
      this.#startedAt = now;
      this.#credit = HEAD_START;
    }
    if (now - this.#startedAt > BURST_TIME) this.#credit = Math.min(this.#credit, CATCH_UP);
    if (this.#credit < CATCH_UP) this.#credit = Math.min(CATCH_UP, this.#credit + elapsed);
  }

  #forget(): void {
    if (this.#first < 256 && !this.#isEmpty) return;
    this.#stock.splice(0, this.#first);
    this.#first = 0;
  }

  #callBack(): void {
    const { isFull } = this;
    const onRoom = isFull ? null : this.#onRoom;
    if (onRoom) this.#onRoom = null;
    const onEmpty = this.#isEmpty ? this.#onEmpty : null;
    if (onEmpty) this.#onEmpty = null;
    onRoom?.();
    onEmpty?.();
  }
}
