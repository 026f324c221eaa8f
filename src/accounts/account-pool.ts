import { AppError, type ErrorCode } from '../domain/errors.ts';
import { type AccountId, accountOf, type ChannelId } from '../domain/ids.ts';
import type { ArchiveSource, Source } from '../domain/source.ts';
import type { LineState, SourceProvider } from '../domain/source-provider.ts';
import type { Span } from '../domain/span.ts';
import { orAborted } from '../lib/abort.ts';
import type { Clock } from '../lib/clock.ts';
import type { ProviderHttp } from '../lib/provider-http/provider-http.ts';
import { outranks, type Purpose, rankOf } from './purpose.ts';
import { allSlots, type Slot, type Slots, type SlotUse } from './slots.ts';

export interface PoolAccount {
  readonly id: AccountId;
  readonly provider: Pick<SourceProvider, 'account' | 'source' | 'archive' | 'noteFailed'>;
  /** Shared by all accounts of the same panel and user name. @see SharedSlots */
  readonly slots: Slots;
  /** Makes the connections to the account's provider, and to where it leads. */
  readonly http: Pick<ProviderHttp, 'get'>;
}

/** @param past the stretch of the past that a variant must have. */
export type VariantsOf = (channelId: ChannelId, past?: Span) => readonly ChannelId[];

export interface AccountPoolOptions {
  readonly accounts: readonly PoolAccount[];
  /** The same channel in all accounts, best first; by default the channel itself alone. */
  readonly variantsOf?: VariantsOf;
  readonly clock: Clock;
}

/** A channel in the account that its id names. */
interface Variant {
  readonly channelId: ChannelId;
  readonly account: PoolAccount;
}

/** A slot of the account that serves the channel, held from before the connection opens until it is closed. */
export interface Reservation {
  readonly accountId: AccountId;
  /** Makes the connections of the account. */
  readonly http: PoolAccount['http'];
  /**
   * Resolves with the channel's source once the account's first answer has told the format. It waits for a provider that
   * does not answer until three seconds after the start, not three seconds with each call.
   * @throws the signal's reason
   */
  source(signal: AbortSignal): Promise<Source>;
  /** Resolves, as `source` does, with what tells where to ask for a stretch of the channel's past. @throws the signal's reason */
  archive(signal: AbortSignal): Promise<AskArchive>;
  /** True if another login has a slot for the channel, and has not failed lately. */
  hasOther(): boolean;
  /** True if a connection of the account was closed lately and may still count with the provider. */
  isFreeing(): boolean;
  /** Resolves with the provider's answer about the account's connections, at most 20 s old. Never rejects. */
  askLine(): Promise<LineState>;
  /** Prefers this account for the channel from now on, since it has opened it. */
  noteOpened(): void;
  /**
   * Prefers other accounts for a minute, since this one could not open the channel. A refusal may teach how many connections
   * the login allows.
   */
  noteFailed(error: unknown): void;
  /** Takes in that the open connection has ended by itself. */
  noteEnded(error: AppError): void;
  /** Gives the slot back. @param hasConnected true if the provider has counted the connection */
  release(hasConnected: boolean): void;
}

/** Tells where to ask for a stretch of a channel's past. @see SourceProvider.archive */
export type AskArchive = (span: Span) => readonly ArchiveSource[];

/** Milliseconds to wait for an account's first answer. */
const ANSWER_PATIENCE = 3_000;
/** Milliseconds to learn whether somebody else uses the account. */
const LINE_PATIENCE = 3_000;
/** Milliseconds for which a closed connection may still count with the provider, at most. */
const LONGEST_FREEING = 15_000;
/** Milliseconds for which the provider's answer about the account's connections is valid. */
const LINE_FRESH = 20_000;
/** Milliseconds for which a failed account is tried last. */
const FAILED_LATELY = 60_000;
/** Milliseconds in which a panel closes the oldest connection for a new one beyond its limit. */
const REPLACES_WITHIN = 5_000;

/** Errors with which an account fails for every channel. */
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

/** Errors of a channel that may mean that too many connections are open. */
const refusals: ReadonlySet<ErrorCode> = new Set(['line_in_use', 'channel_refused', 'channel_clip']);

/**
 * Chooses the account that serves a channel, and gives out its slots. State of a login, such as connections that are freed
 * late, belongs to its slots, which accounts with the same login share.
 */
export class AccountPool {
  #accounts: readonly PoolAccount[];
  readonly #variantsOf: VariantsOf;
  readonly #clock: Clock;
  readonly #firstAnswers = new Map<AccountId, Promise<unknown>>();
  /** By the channel that was wanted. */
  readonly #lastWorked = new Map<ChannelId, ChannelId>();
  /** When an account, or a channel, failed last; milliseconds, monotonic. */
  readonly #failedAt = new Map<AccountId | ChannelId, number>();
  readonly #freedAt = new Map<Slots, number>();
  /** When a connection was last accepted. */
  readonly #openedAt = new Map<Slots, number>();
  readonly #lines = new Map<Slots, Line>();

  constructor({ accounts, variantsOf = (id) => [id], clock }: AccountPoolOptions) {
    this.#accounts = accounts;
    this.#variantsOf = variantsOf;
    this.#clock = clock;
  }

  /** Resolves once every account has answered or its wait is over. Never rejects. */
  get answered(): Promise<unknown> {
    return Promise.all(this.#firstAnswers.values());
  }

  /** Gives out these accounts from now on. Reservations of former ones stay valid until they are released. */
  use(accounts: readonly PoolAccount[]): void {
    const isNew = (id: AccountId) =>
      this.#accounts.find((account) => account.id === id) !== accounts.find((account) => account.id === id);
    for (const [wanted, worked] of this.#lastWorked)
      if (isNew(accountOf(worked)) || isNew(accountOf(wanted))) this.#lastWorked.delete(wanted);
    for (const key of this.#failedAt.keys())
      if (isNew(key.includes(':') ? accountOf(key as ChannelId) : (key as AccountId)))
        this.#failedAt.delete(key);
    this.#accounts = accounts;
  }

  /** Makes sources of the account wait for its first answer, at most three seconds from now. */
  expectAnswer(id: AccountId, answer: Promise<unknown>): void {
    const isOver = Promise.withResolvers<void>();
    const cancel = this.#clock.after(ANSWER_PATIENCE, isOver.resolve);
    const settled = Promise.race([answer, isOver.promise]).catch(() => {});
    this.#firstAnswers.set(id, settled.finally(cancel));
  }

  /** Notes that connections unknown to this process were closed just now, which may still count for some seconds. */
  noteFreed(): void {
    for (const { slots } of this.#accounts) this.#freedAt.set(slots, this.#clock.monotonic());
  }

  /** True if a slot is free for the channel. Closing others does not help a channel of an account that is not there. */
  hasRoom(channelId: ChannelId, past?: Span): boolean {
    const variants = this.#inOrder(channelId, past);
    return variants.length === 0 || variants.some(hasFree);
  }

  /** The account that would open the channel now; null if none has a slot that has not failed lately. */
  promising(channelId: ChannelId, past?: Span): AccountId | null {
    return this.#usable(channelId, past).find(hasFree)?.account.id ?? null;
  }

  /**
   * Closes the least important connection if it is less important than the purpose and no slot is free for the channel.
   * @param holder the new user of the connection, for the message to its former users.
   * @returns null if no connection has to be closed or none may be; else a promise that resolves once it is closed.
   */
  makeRoom(channelId: ChannelId, holder: string, purpose: Purpose, past?: Span): Promise<void> | null {
    if (this.hasRoom(channelId, past)) return null;
    const accounts = this.#inOrder(channelId, past).map(({ account }) => account);
    const [least] = this.#givingWay(channelId, purpose, past).toSorted(
      (one, other) => rankOf(other.purpose) - rankOf(one.purpose),
    );
    return least?.giveUp(noSlot(accounts, holder)) ?? null;
  }

  /** True if a connection for the channel is less important than the purpose, and so would be closed for it. */
  givesWay(channelId: ChannelId, purpose: Purpose): boolean {
    return this.#givingWay(channelId, purpose).length > 0;
  }

  /** The open connections of the logins that have the channel. */
  usesFor(channelId: ChannelId, past?: Span): readonly SlotUse[] {
    const slots = new Set(this.#inOrder(channelId, past).map(({ account }) => account.slots));
    return [...slots].flatMap(({ uses }) => uses);
  }

  #givingWay(channelId: ChannelId, purpose: Purpose, past?: Span): readonly SlotUse[] {
    return this.usesFor(channelId, past).filter((use) => outranks(purpose, use.purpose));
  }

  /**
   * Takes a slot in the best account that has one.
   * @throws AppError no_slot at once if none is free; channel_gone if no account has the channel
   */
  reserve(channelId: ChannelId, use: SlotUse, past?: Span): Reservation {
    const variants = this.#inOrder(channelId, past);
    if (variants.length === 0) throw new AppError('channel_gone');
    for (const variant of variants) {
      const slot = hasFree(variant) ? variant.account.slots.take(use) : null;
      if (slot) return this.#reservation(channelId, variant, slot);
    }
    throw noSlot(
      variants.map(({ account }) => account),
      null,
    );
  }

  #reservation(wanted: ChannelId, { channelId, account }: Variant, slot: Slot): Reservation {
    const { id, provider, slots, http } = account;
    const answered = (signal: AbortSignal) => orAborted(Promise.resolve(this.#firstAnswers.get(id)), signal);
    return {
      accountId: id,
      http,
      source: async (signal) => {
        await answered(signal);
        return provider.source(channelId);
      },
      archive: async (signal) => {
        await answered(signal);
        return (span) => provider.archive(channelId, span);
      },
      hasOther: () => this.#usable(wanted).some((other) => other.account.slots !== slots && hasFree(other)),
      isFreeing: () => this.#isRecent(this.#freedAt.get(slots), LONGEST_FREEING),
      askLine: () => this.#askLine(provider, slots),
      noteOpened: () => {
        this.#lastWorked.set(wanted, channelId);
        for (const key of [id, channelId]) this.#failedAt.delete(key);
        slot.noteOpened();
        slots.limit.noteOpened(channelId, slots.open);
        this.#openedAt.set(slots, this.#clock.monotonic());
      },
      noteFailed: (error) => {
        const isAccount = error instanceof AppError && accountCodes.has(error.code);
        this.#noteFailed(isAccount ? id : channelId);
        provider.noteFailed?.(channelId);
        this.#learn(slots, channelId, error);
      },
      noteEnded: (error) => {
        slot.release();
        const others = slots.open;
        if (error.code === 'channel_clip') this.#learn(slots, channelId, error);
        else if (others > 0 && this.#isRecent(this.#openedAt.get(slots), REPLACES_WITHIN))
          slots.limit.noteReplaced(others);
      },
      release: (hasConnected) => {
        slot.release();
        if (hasConnected) this.#freedAt.set(slots, this.#clock.monotonic());
      },
    };
  }

  /** Returns the channel's variants in accounts that are there: first the one that worked last, then the best, and last those that failed lately. */
  #inOrder(wanted: ChannelId, past?: Span): readonly Variant[] {
    const variants = this.#variantsOf(wanted, past).flatMap((channelId): Variant[] => {
      const account = this.#accounts.find(({ id }) => id === accountOf(channelId));
      return account ? [{ channelId, account }] : [];
    });
    const lossOf = (variant: Variant): number => {
      if (this.#hasFailedLately(variant)) return 2;
      return this.#lastWorked.get(wanted) === variant.channelId ? 0 : 1;
    };
    return variants.toSorted((one, other) => lossOf(one) - lossOf(other));
  }

  #usable(wanted: ChannelId, past?: Span): readonly Variant[] {
    return this.#inOrder(wanted, past).filter((variant) => !this.#hasFailedLately(variant));
  }

  #hasFailedLately({ channelId, account }: Variant): boolean {
    return [account.id, channelId].some((key) => this.#isRecent(this.#failedAt.get(key), FAILED_LATELY));
  }

  #noteFailed(key: AccountId | ChannelId): void {
    for (const [other, at] of this.#failedAt)
      if (!this.#isRecent(at, FAILED_LATELY)) this.#failedAt.delete(other);
    this.#failedAt.set(key, this.#clock.monotonic());
  }

  /**
   * Learns from a refusal how many connections the login allows. One that was freed late or that somebody else has is no
   * lesson, as far as the provider tells.
   */
  #learn(slots: Slots, channelId: ChannelId, error: unknown): void {
    if (!(error instanceof AppError) || !refusals.has(error.code)) return;
    if (slots.open > 0 && this.#isRecent(this.#freedAt.get(slots), LONGEST_FREEING)) return;
    const line = this.#lines.get(slots);
    const counted = line && this.#isRecent(line.at, LINE_FRESH) ? line.counted : 0;
    if (counted > slots.open) return;
    slots.limit.noteRefused(channelId, slots.open, error.code === 'line_in_use');
  }

  /** Asks the provider, but not at each try, since panels take many requests for an attack. */
  #askLine(provider: PoolAccount['provider'], slots: Slots): Promise<LineState> {
    const known = this.#lines.get(slots);
    if (known && this.#isRecent(known.at, LINE_FRESH)) return known.state;
    const line: Line = {
      at: this.#clock.monotonic(),
      counted: 0,
      state: lineState(provider, AbortSignal.timeout(LINE_PATIENCE), (connections) => {
        line.counted = connections;
      }),
    };
    this.#lines.set(slots, line);
    return line.state;
  }

  #isRecent(at: number | undefined, within: number): boolean {
    return at !== undefined && this.#clock.monotonic() - at < within;
  }
}

function hasFree({ channelId, account }: Variant): boolean {
  return account.slots.freeFor(channelId) > 0;
}

/** What the provider says about a login's connections. */
interface Line {
  /** Milliseconds, monotonic. */
  readonly at: number;
  /** The number of connections in use, by anybody; 0 while it is not known. */
  counted: number;
  readonly state: Promise<LineState>;
}

/** Resolves with whether all of the account's connections are in use. Never rejects. */
async function lineState(
  provider: Pick<SourceProvider, 'account'>,
  signal: AbortSignal,
  onCounted: (connections: number) => void,
): Promise<LineState> {
  try {
    const { activeConnections, maxConnections } = await provider.account(signal);
    onCounted(activeConnections);
    if (maxConnections === null) return 'unknown';
    return activeConnections >= maxConnections ? 'full' : 'free';
  } catch (error) {
    return error instanceof AppError && error.code.startsWith('account_') ? error : 'unknown';
  }
}

/** @param holder the connection's user to name; null for all users. */
function noSlot(accounts: readonly PoolAccount[], holder: string | null): AppError {
  const { capacity, holders } = allSlots(accounts.map(({ slots }) => slots));
  return new AppError('no_slot', { capacity, holders: holder ?? holders.join(', ') });
}
