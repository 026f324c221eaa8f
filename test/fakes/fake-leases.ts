import { AppError } from '../../src/domain/errors.ts';
import type { Piece } from '../../src/stream/normaliser/normaliser.ts';
import type { Layout } from '../../src/stream/normaliser/stream-layout.ts';
import type { ChannelWish, TunerLease } from '../../src/stream/tuner/tuners.ts';
import { settle } from './fake-clock.ts';

export const someLayout: Layout = { video: 'h264', audio: [] };

/** A share in a tuner whose pieces the test sends. */
export class FakeLease implements TunerLease {
  readonly layout = someLayout;
  /** When the last piece was shown, for what comes from an archive. */
  position: number | null = null;
  readonly isUnderWay = true;
  readonly #ended = Promise.withResolvers<AppError>();
  readonly #listeners = new Set<(piece: Piece) => void>();
  isReleased = false;

  get ended(): Promise<AppError> {
    return this.#ended.promise;
  }

  listen(listener: (piece: Piece) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async release(): Promise<void> {
    this.isReleased = true;
  }

  /** @param text the piece's bytes; one that begins with `K` begins with a keyframe. */
  send(text: string | Buffer, layout: Layout = someLayout): void {
    const bytes = Buffer.from(text);
    const isStart = bytes[0] === 'K'.charCodeAt(0);
    for (const listener of this.#listeners) listener({ bytes, isStart, layout, seconds: 0 });
  }

  /** Sends a piece that an archive says was shown at a time, in epoch milliseconds. */
  sendShown(text: string, at: number): void {
    this.position = at;
    const bytes = Buffer.from(text);
    const piece = { bytes, isStart: text.startsWith('K'), layout: someLayout, seconds: at / 1000 };
    for (const listener of this.#listeners) listener(piece);
  }

  end(code: ConstructorParameters<typeof AppError>[0] = 'channel_ended'): Promise<void> {
    this.#ended.resolve(new AppError(code));
    return settle();
  }
}

/** Tuners that give the leases, or throw the errors, that the test has put into `next`; else a new lease. */
export class FakeTuners {
  readonly leases: FakeLease[] = [];
  readonly wishes: ChannelWish[] = [];
  readonly purposes: string[] = [];
  readonly refusals: AppError[] = [];

  async acquire(wish: ChannelWish, purpose: string, signal: AbortSignal): Promise<TunerLease> {
    signal.throwIfAborted();
    this.wishes.push(wish);
    this.purposes.push(purpose);
    const refusal = this.refusals.shift();
    if (refusal) throw refusal;
    const lease = new FakeLease();
    this.leases.push(lease);
    return lease;
  }

  get last(): FakeLease {
    const lease = this.leases.at(-1);
    if (!lease) throw new Error('nothing has been acquired');
    return lease;
  }
}
