import type { ServerResponse } from 'node:http';
import type { Span } from '../domain/span.ts';
import type { Clock } from '../lib/clock.ts';
import { LARGEST_BACKLOG } from './screen/transport-stream.ts';
import { StreamStart } from './tuner/stream-start.ts';
import type { ChannelWish, TunerLease, Tuners } from './tuner/tuners.ts';

export interface RelayOptions {
  readonly tuners: Pick<Tuners, 'acquire'>;
  readonly clock: Clock;
}

/** A source that ends within so many milliseconds is not opened again. */
const WORTH_ANOTHER = 10_000;

/**
 * Sends one channel to one reader with all its tracks and subtitles, through a share in the channel's tuner and without a
 * process. It is started once and never restarted.
 */
export class Relay {
  #wish: ChannelWish;
  readonly #options: RelayOptions;
  readonly #stopping = new AbortController();
  readonly #stopped = Promise.withResolvers<null>();
  #lease: TunerLease | null = null;
  #response: ServerResponse | null = null;

  constructor(wish: ChannelWish, options: RelayOptions) {
    this.#wish = wish;
    this.#options = options;
  }

  /** Bytes that the reader has not read yet. */
  get backlog(): number {
    return this.#response?.writableLength ?? 0;
  }

  /** Opens or joins the channel. @throws AppError if that fails, or the reason for which the relay was stopped meanwhile */
  async start(): Promise<void> {
    const lease = await this.#options.tuners.acquire(this.#wish, 'client', this.#stopping.signal);
    if (this.#stopping.signal.aborted) await lease.release();
    this.#stopping.signal.throwIfAborted();
    this.#lease = lease;
  }

  /**
   * Sends until the reader leaves or stops reading, the relay is stopped, or the source ends and cannot be opened again. A
   * source that has lasted for a while is opened once more, a past programme where it broke off, and timestamps jump there.
   */
  async send(response: ServerResponse): Promise<void> {
    this.#response = response;
    response.once('close', () => void this.stop());
    // The reader may have left while the channel was being opened; `close` is not emitted again.
    if (response.destroyed) await this.stop();
    const { clock } = this.#options;
    try {
      while (this.#lease) {
        const since = clock.monotonic();
        const ending = await this.#forward(this.#lease, response);
        const { position } = this.#lease;
        await this.#lease.release();
        this.#lease = null;
        // A more important user has the connection now.
        const isLost = ending === null || ending.code === 'no_slot' || ending.code.startsWith('archive_');
        if (position !== null && this.#wish.past) this.#wish = goneOn(this.#wish, this.#wish.past, position);
        if (!isLost && clock.monotonic() - since > WORTH_ANOTHER) await this.start().catch(() => {});
      }
    } finally {
      // A reader whose link has ended does not get the backlog any more.
      if (this.#stopping.signal.aborted && this.backlog > 0) response.destroy();
      else response.end();
    }
  }

  /** Releases the channel and ends the reader's response. May be called twice. */
  async stop(reason: Error = new Error('stopped')): Promise<void> {
    this.#stopping.abort(reason);
    this.#stopped.resolve(null);
    await this.#lease?.release();
  }

  /** Resolves with the reason for which the source ended; null if the relay was stopped. */
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

/** The wish for the rest of a past programme. */
function goneOn(wish: ChannelWish, { to }: Span, position: number): ChannelWish {
  return { ...wish, past: { from: position, to } };
}
