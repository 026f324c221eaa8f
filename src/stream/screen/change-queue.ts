import PQueue from 'p-queue';
import type { Asker } from '../../domain/actor.ts';
import type { BroadcastStatus } from '../../domain/broadcast-status.ts';
import { AppError } from '../../domain/errors.ts';
import type { ChannelWish } from '../tuner/tuners.ts';
import { supersededBy } from './off-air-reason.ts';
import { isSameWish } from './on-air-item.ts';

/** Makes the changes of a broadcast one after another; a new wish calls off whatever is under way, so the last one wins. */
export class ChangeQueue {
  readonly #queue = new PQueue({ concurrency: 1 });
  #underWay = new AbortController();
  #pending: { readonly wish: ChannelWish; readonly outcome: Promise<BroadcastStatus> } | null = null;
  #isExchanging = false;
  #isClosed = false;

  /** Somebody wants a channel that is not on air yet. */
  get hasPending(): boolean {
    return this.#pending !== null;
  }

  /** What is on air is being replaced, and nobody asked. */
  get isExchanging(): boolean {
    return this.#isExchanging;
  }

  /** What becomes of the pending wish, where it is the same. */
  pendingFor(wish: ChannelWish): Promise<BroadcastStatus> | null {
    return this.#pending && isSameWish(this.#pending.wish, wish) ? this.#pending.outcome : null;
  }

  /**
   * Calls off whatever is under way.
   * @param by who wants something else; whoever wanted what is called off is told. @param wanted the channel that they want.
   * @returns the signal of what comes instead.
   */
  callOff(by: Asker | null = null, wanted: ChannelWish | null = null): AbortSignal {
    this.#underWay.abort(supersededBy(by, wanted));
    this.#underWay = new AbortController();
    if (this.#isClosed) this.#underWay.abort(new AppError('superseded'));
    this.#pending = null;
    return this.#underWay.signal;
  }

  /** Makes a change after those before it. */
  add<T>(change: () => PromiseLike<T> | T): Promise<Awaited<T>> {
    return this.#queue.add(change);
  }

  /** Makes a change that puts a channel on air, which is pending until it is over. */
  addWish(wish: ChannelWish, change: () => Promise<BroadcastStatus>): Promise<BroadcastStatus> {
    const outcome = this.add(change).finally(() => {
      if (this.#pending?.outcome === outcome) this.#pending = null;
    });
    this.#pending = { wish, outcome };
    return outcome;
  }

  /**
   * Makes a change that nobody asked for: only while nothing is under way, and anything that is wanted calls it off.
   * @returns what the change does; false where it was not made.
   */
  async addUnasked(change: (signal: AbortSignal) => Promise<boolean>): Promise<boolean> {
    if (this.#pending || this.#isExchanging) return false;
    const { signal } = this.#underWay;
    this.#isExchanging = true;
    return this.add(async () => {
      try {
        return !signal.aborted && (await change(signal));
      } finally {
        this.#isExchanging = false;
      }
    });
  }

  /** The pending wish needs no change: its channel is on air. */
  settlePending(): void {
    this.#pending = null;
  }

  /** Calls off whatever is under way; everything that is wanted from then on comes too late. Resolves once all is over. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.callOff();
    await this.#queue.onIdle();
  }
}
