import { AppError } from '../domain/errors.ts';
import type { Source } from '../domain/provider.ts';
import type { ProgramMap } from './program-map.ts';
import type { Slots } from './slots.ts';
import { Tuner, type TunerOptions } from './tuner.ts';

/** A share in a tuner. The connection is closed when the last share is given back. */
export interface TunerLease {
  readonly map: ProgramMap;
  readonly ended: Promise<AppError>;
  /** @see Tuner.listen */
  listen(listener: (chunk: Buffer) => void): () => void;
  /** Resolves once the connection is closed, if this was the last share. May be called twice. */
  release(): Promise<void>;
}

interface SharedTuner {
  readonly tuner: Tuner;
  readonly opened: Promise<ProgramMap>;
  users: number;
  /** Set once the connection is being closed. */
  closing: Promise<void> | null;
}

/** What a tuner is opened for. */
export interface TunerWish {
  readonly source: Source;
  /** The channel's name, for whoever asks which channel holds the slot. */
  readonly name: string;
}

/** All open connections to the provider, at most one a channel, each holding one slot. */
export class Tuners {
  readonly #slots: Slots;
  readonly #options: TunerOptions;
  readonly #byChannel = new Map<number, SharedTuner>();

  constructor(slots: Slots, options: TunerOptions) {
    this.#slots = slots;
    this.#options = options;
  }

  /** True if the channel can be had without closing another. */
  canOpen(channelId: number): boolean {
    return this.#byChannel.has(channelId) || this.#slots.free > 0;
  }

  /**
   * A share in the channel's tuner, opened if nobody has it yet.
   * @throws AppError no_slot at once if the account's connections are all in use, else what Tuner.start throws.
   */
  async acquire({ source, name }: TunerWish, signal: AbortSignal): Promise<TunerLease> {
    await this.#byChannel.get(source.channelId)?.closing;
    signal.throwIfAborted();
    const shared = this.#byChannel.get(source.channelId) ?? this.#open(source, name);
    shared.users++;
    let released = false;
    const release = async (): Promise<void> => {
      if (!released) {
        released = true;
        shared.users--;
        if (shared.users === 0) shared.closing ??= shared.tuner.stop();
      }
      await shared.closing;
    };
    try {
      const map = await orAborted(shared.opened, signal);
      return { map, ended: shared.tuner.ended, listen: (listener) => shared.tuner.listen(listener), release };
    } catch (error) {
      await release();
      throw error;
    }
  }

  /** Closes every connection. */
  async stop(): Promise<void> {
    await Promise.all([...this.#byChannel.values()].map(({ tuner }) => tuner.stop()));
  }

  #open(source: Source, name: string): SharedTuner {
    const slot = this.#slots.take(name);
    if (!slot) {
      throw new AppError('no_slot', {
        capacity: this.#slots.capacity,
        holders: this.#slots.holders.join(', '),
      });
    }
    const tuner = new Tuner(source, this.#options);
    const shared: SharedTuner = { tuner, opened: tuner.start(), users: 0, closing: null };
    this.#byChannel.set(source.channelId, shared);
    void tuner.ended.then(() => {
      slot.release();
      if (this.#byChannel.get(source.channelId) === shared) this.#byChannel.delete(source.channelId);
    });
    return shared;
  }
}

function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  return Promise.race([promise, aborted.promise]).finally(() => signal.removeEventListener('abort', abort));
}
