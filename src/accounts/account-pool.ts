import { AppError, type ErrorCode } from '../domain/errors.ts';
import type { AccountId } from '../domain/ids.ts';
import type { Source } from '../domain/source.ts';
import type { LineState, SourceProvider } from '../domain/source-provider.ts';
import { orAborted } from '../lib/abort.ts';
import type { Clock } from '../lib/clock.ts';
import { outranks, type Purpose, purposes } from './purpose.ts';
import type { Slot, Slots, SlotUse } from './slots.ts';

export interface PoolAccount {
  readonly id: AccountId;
  readonly provider: Pick<SourceProvider, 'account' | 'source'>;
  /** Shared by all accounts of the same panel and user name. @see SharedSlots */
  readonly slots: Slots;
}

export interface AccountPoolOptions {
  /** Best first. */
  readonly accounts: readonly PoolAccount[];
  readonly clock: Clock;
}

/** A slot of the account that serves the channel, from before the connection is opened until it is closed. */
export interface Reservation {
  readonly accountId: AccountId;
  /**
   * Where the channel's bytes come from. Waits for the account's first answer, which tells the format; a provider that does
   * not answer is waited for until three seconds after the start, not with each call.
   * @throws the signal's reason
   */
  source(signal: AbortSignal): Promise<Source>;
  /** A connection of the account was closed lately and may still count with the provider. */
  isFreeing(): boolean;
  /** What the provider says of the account's connections, at most 20 s old. Never rejects. */
  askLine(): Promise<LineState>;
  /** The channel was opened: this account is preferred for it from now on. */
  noteOpened(): void;
  /** The channel could not be opened: other accounts are preferred for a minute. */
  noteFailed(error: unknown): void;
  /** Gives the slot back. @param hasConnected the provider has counted the connection */
  release(hasConnected: boolean): void;
}

/** Milliseconds to wait for an account's first answer. */
const ANSWER_PATIENCE = 3_000;
/** Milliseconds to learn whether somebody else uses the account. */
const LINE_PATIENCE = 3_000;
/** Milliseconds for which a connection that was closed may still count with the provider. */
const FREED_LATE = 15_000;
/** Milliseconds for which what the provider said of the account's connections is good. */
const LINE_FRESH = 20_000;
/** Milliseconds for which an account that failed is tried last. */
const FAILED_LATELY = 60_000;

/** The account fails with these, for every channel. */
const accountCodes: ReadonlySet<ErrorCode> = new Set([
  'account_refused',
  'account_expired',
  'account_disabled',
  'line_in_use',
  'provider_unreachable',
  'provider_certificate',
  'provider_no_https',
  'provider_blocks',
]);

/**
 * The accounts behind one port: which of them serves a channel, and who gets a slot. What is specific to a login, such as
 * connections that are freed late, is kept by its slots, which accounts with the same login share.
 */
export class AccountPool {
  readonly #accounts: readonly PoolAccount[];
  readonly #clock: Clock;
  readonly #firstAnswers = new Map<AccountId, Promise<unknown>>();
  readonly #lastWorked = new Map<number, AccountId>();
  /** When an account, or one of its channels, failed last; milliseconds, monotonic. */
  readonly #failedAt = new Map<string, number>();
  readonly #freedAt = new Map<Slots, number>();
  readonly #lines = new Map<Slots, { readonly at: number; readonly state: Promise<LineState> }>();

  constructor({ accounts, clock }: AccountPoolOptions) {
    this.#accounts = accounts;
    this.#clock = clock;
  }

  /** Resolves once every account has answered, or has been waited for long enough. Never rejects. */
  get answered(): Promise<unknown> {
    return Promise.all(this.#firstAnswers.values());
  }

  /** Has sources of the account wait for its first answer, for three seconds from now at most. */
  expectAnswer(id: AccountId, answer: Promise<unknown>): void {
    const isOver = Promise.withResolvers<void>();
    const cancel = this.#clock.after(ANSWER_PATIENCE, isOver.resolve);
    const settled = Promise.race([answer, isOver.promise]).catch(() => {});
    this.#firstAnswers.set(id, settled.finally(cancel));
  }

  /** Connections that this process does not know of were closed just now: they may count for some seconds more. */
  noteFreed(): void {
    for (const { slots } of this.#accounts) this.#freedAt.set(slots, this.#clock.monotonic());
  }

  /** Whether a slot is free for the channel. */
  hasRoom(channelId: number): boolean {
    return this.#inOrder(channelId).some(({ slots }) => slots.free > 0);
  }

  /**
   * Closes the least important connection, if it is less important than the purpose and no slot is free for the channel.
   * @param holder who its users are told has the connection now.
   * @returns null if nothing has to be closed, or nothing gives way; else resolves once it is closed.
   */
  makeRoom(channelId: number, holder: string, purpose: Purpose): Promise<void> | null {
    if (this.hasRoom(channelId)) return null;
    const accounts = this.#inOrder(channelId);
    const uses = accounts.flatMap(({ slots }) => slots.uses).filter((use) => outranks(purpose, use.purpose));
    const [least] = uses.toSorted(
      (one, other) => purposes.indexOf(other.purpose) - purposes.indexOf(one.purpose),
    );
    return least?.giveUp(noSlot(accounts, holder)) ?? null;
  }

  /** Takes a slot in the best account that has one. @throws AppError no_slot at once if none is free */
  reserve(channelId: number, use: SlotUse): Reservation {
    const accounts = this.#inOrder(channelId);
    for (const account of accounts) {
      const slot = account.slots.take(use);
      if (slot) return this.#reservation(account, channelId, slot);
    }
    throw noSlot(accounts, null);
  }

  #reservation({ id, provider, slots }: PoolAccount, channelId: number, slot: Slot): Reservation {
    return {
      accountId: id,
      source: async (signal) => {
        await orAborted(Promise.resolve(this.#firstAnswers.get(id)), signal);
        return provider.source(channelId);
      },
      isFreeing: () => this.#isRecent(this.#freedAt.get(slots), FREED_LATE),
      askLine: () => this.#askLine(provider, slots),
      noteOpened: () => {
        this.#lastWorked.set(channelId, id);
        for (const key of [keyOf(id), keyOf(id, channelId)]) this.#failedAt.delete(key);
      },
      noteFailed: (error) => {
        const isAccount = error instanceof AppError && accountCodes.has(error.code);
        this.#noteFailed(isAccount ? keyOf(id) : keyOf(id, channelId));
      },
      release: (hasConnected) => {
        slot.release();
        if (hasConnected) this.#freedAt.set(slots, this.#clock.monotonic());
      },
    };
  }

  /**
   * The accounts that have the channel: the one that worked last, then the best, and those that failed lately last.
   * Each account is taken to have every channel under the same id, which is true of one account alone.
   */
  #inOrder(channelId: number): readonly PoolAccount[] {
    if (this.#accounts.length === 1) return this.#accounts;
    const lossOf = ({ id }: PoolAccount): number => {
      const keys = [keyOf(id), keyOf(id, channelId)];
      if (keys.some((key) => this.#isRecent(this.#failedAt.get(key), FAILED_LATELY))) return 2;
      return this.#lastWorked.get(channelId) === id ? 0 : 1;
    };
    return this.#accounts.toSorted((one, other) => lossOf(one) - lossOf(other));
  }

  #noteFailed(key: string): void {
    for (const [other, at] of this.#failedAt)
      if (!this.#isRecent(at, FAILED_LATELY)) this.#failedAt.delete(other);
    this.#failedAt.set(key, this.#clock.monotonic());
  }

  /** Not with each try: panels take many questions for an attack. */
  #askLine(provider: PoolAccount['provider'], slots: Slots): Promise<LineState> {
    const known = this.#lines.get(slots);
    if (known && this.#isRecent(known.at, LINE_FRESH)) return known.state;
    const state = lineState(provider, AbortSignal.timeout(LINE_PATIENCE));
    this.#lines.set(slots, { at: this.#clock.monotonic(), state });
    return state;
  }

  #isRecent(at: number | undefined, within: number): boolean {
    return at !== undefined && this.#clock.monotonic() - at < within;
  }
}

function keyOf(id: AccountId, channelId: number | null = null): string {
  return channelId === null ? id : `${id} ${channelId}`;
}

/** Whether all of the account's connections are in use. Never rejects. */
async function lineState(provider: Pick<SourceProvider, 'account'>, signal: AbortSignal): Promise<LineState> {
  try {
    const { activeConnections, maxConnections } = await provider.account(signal);
    return activeConnections >= maxConnections ? 'full' : 'free';
  } catch (error) {
    return error instanceof AppError && error.code.startsWith('account_') ? error : 'unknown';
  }
}

/** @param holder who has the connection now; null: all who have one. */
function noSlot(accounts: readonly PoolAccount[], holder: string | null): AppError {
  // Two accounts of one login share their slots, which count once.
  const all = [...new Set(accounts.map(({ slots }) => slots))];
  const capacity = all.reduce((sum, slots) => sum + slots.capacity, 0);
  const holders = holder ?? all.flatMap((slots) => slots.holders).join(', ');
  return new AppError('no_slot', { capacity, holders });
}
