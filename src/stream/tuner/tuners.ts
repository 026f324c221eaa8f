import type { Slot, Slots } from '../../accounts/slots.ts';
import { AppError } from '../../domain/errors.ts';
import type { LineState, Source } from '../../domain/source-provider.ts';
import { orAborted } from '../../lib/abort.ts';
import type { Damage } from '../normaliser/normaliser.ts';
import type { Layout } from '../normaliser/stream-layout.ts';
import { NoticeClips } from './notice-clips.ts';
import { type PieceTaker, Tuner, type TunerOptions } from './tuner.ts';

/** A share in a tuner. The connection is closed when the last share is given back. */
export interface TunerLease {
  /** What the channel consists of now. */
  readonly layout: Layout;
  /** Its first listener will not hear the beginning, which somebody else has had. */
  readonly isUnderWay: boolean;
  readonly ended: Promise<AppError>;
  /** @see Tuner.listen */
  listen(listener: PieceTaker): () => void;
  /** Resolves once the connection is closed, if this was the last share. May be called twice. */
  release(): Promise<void>;
}

interface SharedTuner {
  readonly tuner: Tuner;
  readonly slot: Slot;
  readonly opened: Promise<Layout>;
  /** Those who have it; the same wish may be there twice, since a successor joins before the one it follows leaves. */
  readonly shares: Set<{ readonly wish: TunerWish }>;
  /** Set once the connection is being closed. */
  closing: Promise<void> | null;
  /** Why it was taken from those who shared it. */
  taken: AppError | null;
}

/** What a tuner is opened for. */
export interface TunerWish {
  readonly source: Source;
  /** The channel's name, for whoever asks what holds the slot. */
  readonly name: string;
  /** It gives way to wishes that do not, where there is no other slot. */
  readonly yields?: boolean;
}

/** Milliseconds for which a connection that was closed may still count with the provider. */
const FREED_LATE = 15_000;
/** … and for which what the provider said of the account's connections is good. */
const LINE_FRESH = 20_000;

/** All open connections to the provider, at most one a channel, each holding one slot. */
export class Tuners {
  readonly #slots: Slots;
  readonly #options: TunerOptions;
  readonly #byChannel = new Map<number, SharedTuner>();
  #isStopped = false;
  #freedAt = Number.NEGATIVE_INFINITY;
  #line: { readonly at: number; readonly state: Promise<LineState> } | null = null;

  constructor(slots: Slots, options: Omit<TunerOptions, 'isFreeing' | 'notices'>) {
    this.#slots = slots;
    const { clock, askLine } = options;
    this.#options = {
      ...options,
      isFreeing: () => clock.monotonic() - this.#freedAt < FREED_LATE,
      notices: new NoticeClips(),
      ...(askLine ? { askLine: () => this.#askLine(askLine) } : {}),
    };
  }

  /** A connection of the account was closed: it may count for some seconds more. */
  noteFreed(): void {
    this.#freedAt = this.#options.clock.monotonic();
  }

  /** True if the channel can be had without closing another. */
  canOpen(channelId: number): boolean {
    return this.#byChannel.has(channelId) || this.#slots.free > 0;
  }

  /** What came of a channel so far, and how much of it damaged; null where it is not open. */
  damageOf(channelId: number): Damage | null {
    return this.#byChannel.get(channelId)?.tuner.damage ?? null;
  }

  /**
   * A share in the channel's tuner, opened if nobody has it yet.
   * @throws AppError no_slot at once if the account's connections are all in use, else what Tuner.start throws.
   */
  async acquire(wish: TunerWish, signal: AbortSignal): Promise<TunerLease> {
    await this.#clearTheWay(wish);
    signal.throwIfAborted();
    const shared = this.#byChannel.get(wish.source.channelId) ?? this.#open(wish);
    const share = { wish };
    shared.shares.add(share);
    const release = async (): Promise<void> => {
      shared.shares.delete(share);
      const [next] = shared.shares;
      if (next) shared.slot.holder = next.wish.name;
      else void this.#close(shared);
      await shared.closing;
    };
    try {
      await orAborted(shared.opened, signal);
      const { tuner } = shared;
      const ended = tuner.ended.then((error) => shared.taken ?? error);
      const { isUnderWay } = tuner;
      return {
        get layout() {
          return tuner.layout;
        },
        ...{ isUnderWay, ended, release },
        listen: (listener) => tuner.listen(listener),
      };
    } catch (error) {
      await release();
      const isOutOfTime = error instanceof AppError && error.code === 'channel_silent';
      throw shared.taken ?? (isOutOfTime ? (shared.tuner.refusal ?? error) : error);
    }
  }

  /** Closes every connection, for good. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all([...this.#byChannel.values()].map(({ tuner }) => tuner.stop()));
  }

  /** Waits until the channel's last connection is closed, and closes what gives way to this wish. */
  async #clearTheWay({ source, name, yields }: TunerWish): Promise<void> {
    for (;;) {
      const own = this.#byChannel.get(source.channelId);
      if (own && !own.closing) return;
      const other = own || yields ? null : this.#yielding();
      if (other) other.taken = this.#noSlot(name);
      const inTheWay = own ?? other;
      if (!inTheWay) return;
      await this.#close(inTheWay);
    }
  }

  /** What has to give way, where no slot is free: nobody but those who yield shares it. */
  #yielding(): SharedTuner | null {
    if (this.#slots.free > 0) return null;
    const all = [...this.#byChannel.values()];
    return all.find(({ shares }) => [...shares].every(({ wish }) => wish.yields)) ?? null;
  }

  #close(shared: SharedTuner): Promise<void> {
    shared.closing ??= shared.tuner.stop();
    return shared.closing;
  }

  #open({ source, name }: TunerWish): SharedTuner {
    if (this.#isStopped) throw new AppError('channel_ended');
    const slot = this.#slots.take(name);
    if (!slot) throw this.#noSlot(this.#slots.holders.join(', '));
    const tuner = new Tuner(source, this.#options);
    const opened = tuner.start();
    const shared: SharedTuner = { tuner, slot, opened, shares: new Set(), closing: null, taken: null };
    this.#byChannel.set(source.channelId, shared);
    void tuner.ended.then(() => {
      slot.release();
      if (tuner.hasConnected) this.noteFreed();
      if (this.#byChannel.get(source.channelId) === shared) this.#byChannel.delete(source.channelId);
    });
    return shared;
  }

  /** Not with each try: panels take many questions for an attack. */
  #askLine(ask: () => Promise<LineState>): Promise<LineState> {
    const now = this.#options.clock.monotonic();
    if (!this.#line || now - this.#line.at > LINE_FRESH) this.#line = { at: now, state: ask() };
    return this.#line.state;
  }

  #noSlot(holders: string): AppError {
    return new AppError('no_slot', { capacity: this.#slots.capacity, holders });
  }
}
