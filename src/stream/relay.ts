import type { ServerResponse } from 'node:http';
import type { Clock } from '../lib/clock.ts';
import { LARGEST_BACKLOG } from './screen/transport-stream.ts';
import { StreamStart } from './tuner/stream-start.ts';
import type { ChannelWish, TunerLease, Tuners } from './tuner/tuners.ts';

export interface RelayOptions {
  readonly tuners: Pick<Tuners, 'acquire'>;
  readonly clock: Clock;
}

/** A source that ends sooner than this, in milliseconds, is not opened again. */
const WORTH_ANOTHER = 10_000;

/**
 * One channel for one reader, with all its tracks and subtitles: a share in the channel's tuner, and no process. It is started once and never restarted.
 */
export class Relay {
  readonly #wish: ChannelWish;
  readonly #options: RelayOptions;
  readonly #stopping = new AbortController();
  readonly #stopped = Promise.withResolvers<null>();
  #lease: TunerLease | null = null;
  #response: ServerResponse | null = null;

  constructor(wish: ChannelWish, options: RelayOptions) {
    this.#wish = wish;
    this.#options = options;
  }

  /** Bytes that the reader has not taken yet. */
  get backlog(): number {
    return this.#response?.writableLength ?? 0;
  }

  /** Opens the channel, or joins it. @throws AppError if it cannot be had, or why the relay was stopped meanwhile. */
  async start(): Promise<void> {
    const lease = await this.#options.tuners.acquire(this.#wish, 'client', this.#stopping.signal);
    if (this.#stopping.signal.aborted) await lease.release();
    this.#stopping.signal.throwIfAborted();
    this.#lease = lease;
  }

  /**
   * Sends until the reader leaves or does not read, the relay is stopped, or the source ends and cannot be had again:
   * one that has been there for a while is opened once more, and timestamps jump there.
   */
  async send(response: ServerResponse): Promise<void> {
    this.#response = response;
    response.once('close', () => void this.stop());
    // A reader that left while the channel was being opened: its `close` will not come again.
    if (response.destroyed) await this.stop();
    const { clock } = this.#options;
    try {
      while (this.#lease) {
        const since = clock.monotonic();
        const ending = await this.#forward(this.#lease, response);
        await this.#lease.release();
        this.#lease = null;
        // Whoever it had to give way to has the connection now.
        const isLost = ending === null || ending.code === 'no_slot';
        if (!isLost && clock.monotonic() - since > WORTH_ANOTHER) await this.start().catch(() => {});
      }
    } finally {
      // What waits for a reader whose time is over is not for them any more.
      if (this.#stopping.signal.aborted && this.backlog > 0) response.destroy();
      else response.end();
    }
  }

  /** Lets go of the channel and of the reader. May be called twice. */
  async stop(reason: Error = new Error('stopped')): Promise<void> {
    this.#stopping.abort(reason);
    this.#stopped.resolve(null);
    await this.#lease?.release();
  }

  /** Resolves with why the source ended; null if the relay was stopped. */
  async #forward(lease: TunerLease, response: ServerResponse) {
    const start = new StreamStart(this.#options.clock);
    const unlisten = lease.listen((piece) => {
      if (start.passes(piece)) response.write(piece.bytes);
      if (response.writableLength > LARGEST_BACKLOG) response.destroy();
    });
    try {
      return await Promise.race([lease.ended, this.#stopped.promise]);
    } finally {
      unlisten();
    }
  }
}
