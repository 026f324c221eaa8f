import type { Slots } from '../accounts/slots.ts';
import { AppError, toAppError } from '../domain/errors.ts';
import type { AccountId } from '../domain/ids.ts';
import type { Account, SourceProvider } from '../domain/source-provider.ts';
import type { Logger } from '../lib/logger.ts';
import { sentence } from '../words/sentence.ts';

/** An account, as far as it is reported. */
export interface ReportedAccount {
  readonly provider: Pick<SourceProvider, 'account'>;
  readonly slots: Slots;
}

export interface AccountReportOptions {
  readonly id: AccountId;
  /** The account, which may be replaced; null once it has been left. */
  readonly account: () => ReportedAccount | null;
  readonly logger: Logger;
}

/** Logged where nothing is wrong. */
const GOOD = 'good';

/** Reads the account, and logs in words what is wrong with the provider and when it works again, each once. */
export class AccountReport {
  readonly #options: AccountReportOptions;
  #reported: string | null = null;
  #last: Account | null = null;

  constructor(options: AccountReportOptions) {
    this.#options = options;
  }

  /** What the account said last; null while it has said nothing. */
  get last(): Account | null {
    return this.#last;
  }

  /** Reports anew, about another account. */
  begin(): void {
    this.#last = null;
    this.#reported = null;
  }

  /** Learns how many connections the subscription allows. @throws AppError what is wrong with the account */
  async read(signal: AbortSignal): Promise<Account> {
    const { id, logger } = this.#options;
    const known = this.#options.account();
    if (!known) throw new AppError('channel_gone');
    const { provider, slots } = known;
    try {
      const account = await provider.account(signal);
      this.#last = account;
      // A list of the same login tells nothing.
      slots.limit.told = account.maxConnections ?? slots.limit.told;
      if (this.#reported === GOOD) return account;
      this.#reported = GOOD;
      logger.info(
        {
          account: id,
          connections: slots.capacity,
          expires: account.expiresAt && new Date(account.expiresAt),
        },
        'account is good',
      );
      return account;
    } catch (error) {
      if (!signal.aborted) this.failed(error);
      throw error;
    }
  }

  /** Logs a failure of the provider, unless it is the one that was logged last. */
  failed(error: unknown): void {
    const known = toAppError(error);
    if (known.code === this.#reported) return;
    this.#reported = known.code;
    const { id, logger } = this.#options;
    logger.error({ account: id, code: known.code, err: known }, sentence('en', known.code, known.params));
  }
}
