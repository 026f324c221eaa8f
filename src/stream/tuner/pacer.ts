import type { Clock } from '../../lib/clock.ts';
import type { Piece } from '../normaliser/normaliser.ts';

/** Seconds from the first keyframe on that go out as they come: the picture is there at once, players get a reserve. */
const HEAD_START = 4;
/** Milliseconds in which a provider's burst has come; what of the head start was not used by then is lost. */
const BURST_TIME = 3_000;
/** Seconds that may go out at once later on, after the source was late. */
const CATCH_UP = 1;
/** Seconds of stream time without a keyframe after which a source is held to its clock all the same. */
const LONGEST_WAY_TO_KEYFRAME = 12;
/** Beyond this much in stock the source has to wait. */
const LARGEST_STOCK = { seconds: 40, bytes: 32 * 1024 * 1024 };
/** Shortest wait, in milliseconds. */
const TICK = 20;

/**
 * Holds a source to real time: what it sends faster than it plays is kept in stock, and goes out at the pace of its own
 * clock. A source that comes in batches so gets a reserve as long as its batches are apart, because after each time that
 * it was late only a second may go out at once.
 */
export class Pacer {
  readonly #clock: Clock;
  readonly #onPiece: (piece: Piece) => void;
  readonly #stock: Piece[] = [];
  /** Where the first one in stock is: taking them off the front one by one would move all others. */
  #first = 0;
  #bytes = 0;
  /** Seconds that may go out now. */
  #credit = Number.POSITIVE_INFINITY;
  #creditAt: number;
  #startedAt: number | null = null;
  /** Stream time of what went out last. */
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

  /** Since when there is nothing in stock, in milliseconds of the monotonic clock; null where there is. */
  get emptySince(): number | null {
    return this.#isEmpty ? this.#emptySince : null;
  }

  /** The source has to wait. */
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

  /** Calls back once, when the source may go on. */
  whenRoom(callback: () => void): void {
    this.#onRoom = callback;
  }

  /** Resolves once everything has gone out, or it was stopped. */
  async drained(): Promise<void> {
    if (this.#isEmpty) return;
    await new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
  }

  /** Lets go of what is in stock. */
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

  /** What was held back longer than needed may go out at once; so a piece may overdraw, and the next one waits. */
  #refill({ isStart, seconds }: Piece): void {
    const now = this.#clock.monotonic();
    const gone = (now - this.#creditAt) / 1000;
    this.#creditAt = now;
    if (this.#startedAt === null) {
      if (!isStart && seconds < LONGEST_WAY_TO_KEYFRAME) return;
      this.#startedAt = now;
      this.#credit = HEAD_START;
    }
    if (now - this.#startedAt > BURST_TIME) this.#credit = Math.min(this.#credit, CATCH_UP);
    if (this.#credit < CATCH_UP) this.#credit = Math.min(CATCH_UP, this.#credit + gone);
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
