import type { Reservation } from '../../accounts/account-pool.ts';
import { outranks, type Purpose, rankOf } from '../../accounts/purpose.ts';
import type { SlotUse } from '../../accounts/slots.ts';
import { AppError } from '../../domain/errors.ts';
import { type AccountId, accountOf, type ChannelId } from '../../domain/ids.ts';
import type { Span } from '../../domain/span.ts';
import { orAborted } from '../../lib/abort.ts';
import type { Damage } from '../normaliser/packet-counters.ts';
import type { Layout } from '../normaliser/stream-layout.ts';
import type { TunerChannel } from './channel-reader.ts';
import { type Accounts, noAccount } from './no-account.ts';
import { NoticeClips } from './notice-clips.ts';
import type { RecordedStreams } from './recorded-reader.ts';
import { type PieceTaker, Tuner, type TunerOptions } from './tuner.ts';
import { TunerShares } from './tuner-shares.ts';

/** A share in a tuner. The connection is closed when the last share is given back. */
export interface TunerLease {
  /** The channel's current layout. */
  readonly layout: Layout;
  /** @see Tuner.position */
  readonly position: number | null;
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
  /** What the channel showed in that time; absent for what it shows now. */
  readonly past?: WantedPast;
}

/** A stretch of the past, from the provider's archive unless a recording is named. */
interface WantedPast extends Span {
  readonly recording?: number | undefined;
}

/** What a connection shows: users of the same picture share it. */
type Picture = Pick<ChannelWish, 'channelId' | 'past'>;

interface SharedTuner {
  /** The channel that was wanted. */
  readonly channelId: ChannelId;
  readonly reservation: Reservation;
  readonly use: SlotUse;
  readonly tuner: Tuner;
  readonly opened: Promise<Layout>;
  readonly shares: TunerShares;
  /** Set once the connection is being closed. */
  closing: Promise<void> | null;
  /** Why the connection was taken from its users; null if it was not. */
  taken: AppError | null;
}

/** Options of all tuners; each tuner gets the rest from its account. */
interface TunersOptions
  extends Omit<TunerOptions, 'http' | 'hasOther' | 'isFreeing' | 'askLine' | 'notices'> {
  /** Without it, there are no recordings. */
  readonly recorded?: RecordedStreams;
}

/** All open connections to providers: at most one for each channel and stretch of its past, and each holds one slot. */
export class Tuners {
  readonly #accounts: Accounts;
  readonly #options: TunersOptions;
  readonly #notices = new NoticeClips();
  readonly #byPicture = new Map<string, SharedTuner>();
  /** Connections to accounts that have been replaced, whose users may go on. */
  readonly #former = new Set<SharedTuner>();
  #isStopped = false;

  constructor(accounts: Accounts, options: TunersOptions) {
    this.#accounts = accounts;
    this.#options = options;
  }

  /** True if the wish can be opened without closing another connection. */
  canOpen(wish: Picture): boolean {
    return this.#byPicture.has(keyOf(wish)) || this.#accountsFor(wish).hasRoom(wish.channelId, wish.past);
  }

  /** True if the wish can be opened for a purpose, at the cost of a less important connection if need be. */
  canOpenFor(wish: Picture, purpose: Purpose): boolean {
    return this.canOpen(wish) || this.#accountsFor(wish).givesWay(wish.channelId, purpose);
  }

  /**
   * The channel of the recording that would lose its connection if a screen opened the wish; null if none would.
   * @param leaving what the screen shows until then.
   */
  recordingTakenFor(wish: Picture, leaving: Picture | null): ChannelId | null {
    if (this.canOpen(wish)) return null;
    const own = leaving ? this.#byPicture.get(keyOf(leaving)) : undefined;
    const all = [...this.#byPicture.values(), ...this.#former];
    const losers = this.#accountsFor(wish)
      .usesFor(wish.channelId, wish.past)
      .map((use) => {
        const shared = all.find((each) => each.use === use);
        const purpose = shared && shared === own ? shared.shares.without('screen') : use.purpose;
        return { channelId: shared?.channelId ?? null, purpose };
      });
    // The screen gives back its own connection first.
    if (losers.some(({ purpose }) => purpose === null)) return null;
    const [least] = losers
      .filter(({ purpose }) => purpose !== null && outranks('screen', purpose))
      .toSorted((one, other) => rankOf(other.purpose ?? 'screen') - rankOf(one.purpose ?? 'screen'));
    return least?.purpose === 'recording' ? least.channelId : null;
  }

  /** Number of packets of a wish so far, and of damaged ones; null if it is not open. */
  damageOf(wish: Picture): Damage | null {
    return this.#byPicture.get(keyOf(wish))?.tuner.damage ?? null;
  }

  /**
   * Shares the channel's tuner, and opens it if it is not open yet. If no slot is free, a less important connection is
   * closed first. Where an account cannot open it, each other one that has the channel is tried.
   * @throws AppError no_slot at once if all connections are in use, else what Tuner.start throws in the first account.
   */
  async acquire(wish: ChannelWish, purpose: Purpose, signal: AbortSignal): Promise<TunerLease> {
    const accounts = this.#accountsFor(wish);
    const tried = new Set<AccountId | null>();
    let first: unknown = null;
    for (;;) {
      tried.add(accounts.promising(wish.channelId, wish.past));
      try {
        return await this.#acquire(wish, purpose, signal);
      } catch (error) {
        first ??= error;
        const next = accounts.promising(wish.channelId, wish.past);
        if (signal.aborted || next === null || tried.has(next)) throw first;
      }
    }
  }

  async #acquire(wish: ChannelWish, purpose: Purpose, signal: AbortSignal): Promise<TunerLease> {
    await this.#makeRoom(wish, purpose);
    signal.throwIfAborted();
    const shared = this.#byPicture.get(keyOf(wish)) ?? this.#open(wish);
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
        get position() {
          return tuner.position;
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
      if (isOutOfTime && !shared.taken) shared.reservation.noteFailed(error);
      throw shared.taken ?? (isOutOfTime ? (shared.tuner.refusal ?? error) : error);
    }
  }

  /** Closes every connection; no channel can be opened afterwards. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all([...this.#byPicture.values(), ...this.#former].map(({ tuner }) => tuner.stop()));
  }

  /**
   * Opens channels of these accounts anew from now on, since their ids may mean other channels. Open connections stay with
   * their users.
   */
  leaveAccounts(accounts: ReadonlySet<AccountId>): void {
    for (const [key, shared] of this.#byPicture) {
      if (!accounts.has(accountOf(shared.channelId)) && !accounts.has(shared.reservation.accountId)) continue;
      this.#former.add(shared);
      this.#byPicture.delete(key);
    }
  }

  #pastOf(span: WantedPast, reservation: Reservation): NonNullable<TunerChannel['past']> {
    const { recording } = span;
    if (recording === undefined) return { span, archive: (signal) => reservation.archive(signal) };
    const { recorded } = this.#options;
    return {
      span,
      recorded: async (at, signal) => {
        if (!recorded) throw new AppError('recording_unknown');
        return recorded.open(recording, at, signal);
      },
    };
  }

  /** Waits until the channel's last connection is closed, and closes a less important one if no slot is free. */
  async #makeRoom(wish: ChannelWish, purpose: Purpose): Promise<void> {
    for (;;) {
      const own = this.#byPicture.get(keyOf(wish));
      if (own && !own.closing) return;
      const closing = own
        ? own.closing
        : this.#accountsFor(wish).makeRoom(wish.channelId, wish.name, purpose, wish.past);
      if (!closing) return;
      await closing;
    }
  }

  #close(shared: SharedTuner): Promise<void> {
    shared.closing ??= shared.tuner.stop();
    return shared.closing;
  }

  #open(wish: Picture): SharedTuner {
    const [key, { channelId }] = [keyOf(wish), wish];
    if (this.#isStopped) throw new AppError('channel_ended');
    const shares = new TunerShares();
    const use: SlotUse = {
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
    };
    const reservation = this.#accountsFor(wish).reserve(channelId, use, wish.past);
    const tuner = this.#tunerFor(wish, reservation);
    const opened = tuner.start();
    const shared: SharedTuner = {
      channelId,
      reservation,
      use,
      tuner,
      opened,
      shares,
      closing: null,
      taken: null,
    };
    this.#byPicture.set(key, shared);
    opened.then(
      () => {
        isOpen = true;
        reservation.noteOpened();
      },
      (error: unknown) => {
        // A connection that we closed ourselves has not failed, and a channel without a past may be well.
        if (!shared.closing && !this.#isStopped && !isOfArchive(error)) reservation.noteFailed(error);
      },
    );
    let isOpen = false;
    void tuner.ended.then((error) => {
      if (isOpen && !shared.closing && !this.#isStopped) reservation.noteEnded(error);
      reservation.release(tuner.hasConnected);
      if (this.#byPicture.get(key) === shared) this.#byPicture.delete(key);
      this.#former.delete(shared);
    });
    return shared;
  }

  #accountsFor({ past }: Picture): Accounts {
    return past?.recording === undefined ? this.#accounts : noAccount;
  }

  #tunerFor({ channelId, past: span }: Picture, reservation: Reservation): Tuner {
    const past = span ? this.#pastOf(span, reservation) : null;
    return new Tuner(
      { channelId, source: (signal) => reservation.source(signal), past },
      {
        ...this.#options,
        http: reservation.http,
        // Another account need not have kept the same past.
        hasOther: () => past === null && reservation.hasOther(),
        isFreeing: () => reservation.isFreeing(),
        askLine: () => reservation.askLine(),
        notices: this.#notices,
      },
    );
  }
}

function keyOf({ channelId, past }: Picture): string {
  return past ? [channelId, past.from, past.to, past.recording ?? ''].join(' ') : channelId;
}

function isOfArchive(error: unknown): boolean {
  return error instanceof AppError && error.code.startsWith('archive_');
}
