import { AppError, type ErrorCode } from '../../domain/errors.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { Clock } from '../../lib/clock.ts';
import type { NextVariant } from './next-variant.ts';
import { toOnAirChannel } from './off-air-reason.ts';
import type { OnAirItem, ScreenWish } from './on-air-item.ts';

export interface FailoverOptions {
  /** Returns all variants of the channel in the list, best first; of a past programme those that have it. */
  readonly variantsOf: (wish: ScreenWish) => readonly ScreenWish[];
  readonly next: NextVariant;
}

/** Milliseconds from the end of a failed round to the next one. */
const BETWEEN_ROUNDS = 60_000;

/** Faults of the account, its connections or this machine, against which no variant helps. */
const sharedFaults: ReadonlySet<ErrorCode> = new Set([
  'account_refused',
  'account_expired',
  'account_disabled',
  'no_slot',
  'line_in_use',
  'provider_certificate',
  'provider_no_https',
  'provider_blocks',
  'address_inside',
  'ffmpeg_missing',
  'internal',
]);

/** Chooses the variant that stands in for a lost or bad channel: each one once per round, with a pause between rounds. */
export class Failover {
  readonly #options: FailoverOptions | null;
  readonly #clock: Clock;
  #tried: ChannelId[] = [];
  /** When the round failed; milliseconds, monotonic. */
  #failedAt: number | null = null;

  constructor(options: FailoverOptions | null, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  /** Forgets the variants tried so far, for another outage or another channel. */
  begin(): void {
    this.#tried = [];
    this.#failedAt = null;
  }

  /** Returns the item with its next stand-in; null if none would help or none is left for now. */
  next(item: OnAirItem, error: unknown): OnAirItem | null {
    if (!this.#options || !(error instanceof AppError) || sharedFaults.has(error.code)) return null;
    const { wish } = item;
    const variants = this.#options.variantsOf(wish);
    const variant = this.#nextOf(wish, variants);
    if (!variant) return null;
    const { code, params } = error;
    return { ...item, standIn: { wish: variant, instead: { code, params, channel: toOnAirChannel(wish) } } };
  }

  #nextOf(wanted: ScreenWish, variants: readonly ScreenWish[]): ScreenWish | undefined {
    if (this.#failedAt !== null && this.#clock.monotonic() - this.#failedAt > BETWEEN_ROUNDS) this.begin();
    const ids = variants.map(({ channelId }) => channelId);
    const id = this.#options?.next(wanted.channelId, this.#tried, ids) ?? null;
    if (id === null) this.#failedAt ??= this.#clock.monotonic();
    else this.#tried.push(id);
    return variants.find(({ channelId }) => channelId === id);
  }
}
