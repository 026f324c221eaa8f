import type { AccountPool, Reservation } from '../../accounts/account-pool.ts';
import type { Purpose } from '../../accounts/purpose.ts';
import { AppError } from '../../domain/errors.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { Span } from '../../domain/span.ts';
import { orAborted } from '../../lib/abort.ts';
import type { Damage } from '../normaliser/packet-counters.ts';
import type { Layout } from '../normaliser/stream-layout.ts';
import { NoticeClips } from './notice-clips.ts';
import { type PieceTaker, Tuner, type TunerOptions } from './tuner.ts';
import { TunerShares } from './tuner-shares.ts';

/** A share in a tuner. The connection is closed when the last share is given back. */
export interface TunerLease {
  /** The channel's current layout. */
  readonly layout: Layout;
  /** True if a listener has received the beginning, so that a new listener joins in the middle. */
  readonly isUnderWay: boolean;
  readonly ended: Promise<AppError>;
  /** @see Tuner.listen */
  listen(listener: PieceTaker): () => void;
  /** Resolves once the connection is closed, if this was the last share. May be called twice. */
  release(): Promise<void>;
}

/** A requested channel. */
export interface ChannelWish {
  readonly channelId: ChannelId;
  /** The channel's name, for people who ask what holds the slot. */
  readonly name: string;
  /** What the channel showed in that time, from the provider's archive; absent for what it shows now. */
  readonly past?: Span;
}

interface SharedTuner {
  readonly tuner: Tuner;
  readonly opened: Promise<Layout>;
  readonly shares: TunerShares;
  /** Set once the connection is being closed. */
  closing: Promise<void> | null;
  /** Why the connection was taken from its users; null if it was not. */
  taken: AppError | null;
}

/** Options of all tuners; each tuner gets the rest from its account. */
type TunersOptions = Omit<TunerOptions, 'isFreeing' | 'askLine' | 'notices'>;

/** All open connections to providers: at most one for each channel, and each holds one slot. */
export class Tuners {
  readonly #accounts: AccountPool;
  readonly #options: TunersOptions;
  readonly #notices = new NoticeClips();
  readonly #byChannel = new Map<ChannelId, SharedTuner>();
  /** Connections to accounts that have been replaced, whose users may go on. */
  readonly #former = new Set<SharedTuner>();
  #isStopped = false;

  constructor(accounts: AccountPool, options: TunersOptions) {
    this.#accounts = accounts;
    this.#options = options;
  }

  /** True if the channel can be opened without closing another. */
  canOpen(channelId: ChannelId): boolean {
    return this.#byChannel.has(channelId) || this.#accounts.hasRoom(channelId);
  }

  /** Number of packets of a channel so far, and of damaged ones; null if the channel is not open. */
  damageOf(channelId: ChannelId): Damage | null {
    return this.#byChannel.get(channelId)?.tuner.damage ?? null;
  }

  /**
   * Shares the channel's tuner, and opens it if it is not open yet. If no slot is free, a less important connection is
   * closed first.
   * @throws AppError no_slot at once if all connections are in use, else what Tuner.start throws.
   */
  async acquire(wish: ChannelWish, purpose: Purpose, signal: AbortSignal): Promise<TunerLease> {
    await this.#makeRoom(wish, purpose);
    signal.throwIfAborted();
    const shared = this.#byChannel.get(wish.channelId) ?? this.#open(wish.channelId);
    const share = { name: wish.name, purpose };
    shared.shares.add(share);
    const release = async (): Promise<void> => {
      shared.shares.delete(share);
      if (shared.shares.isEmpty) void this.#close(shared);
      await shared.closing;
    };
    try {
      await orAborted(shared.opened, signal);
      const { tuner } = shared;
      const ended = tuner.ended.then((error) => shared.taken ?? error);
      return {
        get layout() {
          return tuner.layout;
        },
        get isUnderWay() {
          return tuner.isUnderWay;
        },
        ended,
        release,
        listen: (listener) => tuner.listen(listener),
      };
    } catch (error) {
      await release();
      const isOutOfTime = error instanceof AppError && error.code === 'channel_silent';
      throw shared.taken ?? (isOutOfTime ? (shared.tuner.refusal ?? error) : error);
    }
  }

  /** Closes every connection; no channel can be opened afterwards. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all([...this.#byChannel.values(), ...this.#former].map(({ tuner }) => tuner.stop()));
  }

  /** Opens every channel anew from now on, since its id may mean another account's. Open connections stay with their users. */
  changeAccount(): void {
    for (const shared of this.#byChannel.values()) this.#former.add(shared);
    this.#byChannel.clear();
  }

  /** Waits until the channel's last connection is closed, and closes a less important one if no slot is free. */
  async #makeRoom({ channelId, name }: ChannelWish, purpose: Purpose): Promise<void> {
    for (;;) {
      const own = this.#byChannel.get(channelId);
      if (own && !own.closing) return;
      const closing = own ? own.closing : this.#accounts.makeRoom(channelId, name, purpose);
      if (!closing) return;
      await closing;
    }
  }

  #close(shared: SharedTuner): Promise<void> {
    shared.closing ??= shared.tuner.stop();
    return shared.closing;
  }

  #open(channelId: ChannelId): SharedTuner {
    if (this.#isStopped) throw new AppError('channel_ended');
    const shares = new TunerShares();
    const reservation = this.#accounts.reserve(channelId, {
      get holder() {
        return shares.holder;
      },
      get purpose() {
        return shares.purpose;
      },
      giveUp: (reason) => {
        shared.taken = reason;
        return this.#close(shared);
      },
    });
    const tuner = this.#tunerFor(channelId, reservation);
    const opened = tuner.start();
    const shared: SharedTuner = { tuner, opened, shares, closing: null, taken: null };
    this.#byChannel.set(channelId, shared);
    opened.then(
      () => reservation.noteOpened(),
      (error: unknown) => {
        // A connection that we closed ourselves has not failed.
        if (!shared.closing && !this.#isStopped) reservation.noteFailed(error);
      },
    );
    void tuner.ended.then(() => {
      reservation.release(tuner.hasConnected);
      if (this.#byChannel.get(channelId) === shared) this.#byChannel.delete(channelId);
      this.#former.delete(shared);
    });
    return shared;
  }

  #tunerFor(channelId: ChannelId, reservation: Reservation): Tuner {
    return new Tuner(
      { channelId, source: (signal) => reservation.source(signal) },
      {
        ...this.#options,
        isFreeing: () => reservation.isFreeing(),
        askLine: () => reservation.askLine(),
        notices: this.#notices,
      },
    );
  }
}
