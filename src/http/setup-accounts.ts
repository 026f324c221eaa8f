import type { Visitor } from '../access/visitor.ts';
import type { AccountFields, AccountKind, TriedAccount } from '../domain/account-trial.ts';
import type { AppError } from '../domain/errors.ts';
import type { AccountId } from '../domain/ids.ts';

/** An account of the settings, as the set-up page shows it. */
export interface SetupAccountState {
  readonly id: AccountId;
  readonly kind: AccountKind;
  /** Set, but not in use. */
  readonly isOff: boolean;
  /** The environment decides its login. */
  readonly isLocked: boolean;
  readonly trouble: AppError | null;
  /** How many connections it allows; null while nobody tells. */
  readonly connections: number | null;
  /** Epoch milliseconds; null if it does not expire, or if the provider does not tell. */
  readonly expiresAt: number | null;
  readonly channels: number;
}

/** What the routes of the set-up page do with all accounts. Every method throws AppError. */
export interface SetupAccounts {
  /** In the order in which they count. */
  list(): readonly SetupAccountState[];
  /** Whether one more of a kind can be added. */
  mayAdd(kind: AccountKind): boolean;
  /** Tries a subscription or a list without touching what runs. */
  try(kind: AccountKind, fields: AccountFields, signal: AbortSignal): Promise<TriedAccount>;
  /** Takes what was tried into use. @param id the account to replace; null to add one. @throws AppError account_unknown, accounts_full */
  use(id: AccountId | null, kind: AccountKind, tried: TriedAccount, by: Visitor): Promise<void>;
  /** Forgets an account. @throws AppError account_unknown */
  remove(id: AccountId, by: Visitor): Promise<void>;
  /** Leaves an account out, or takes it into use again. @throws AppError account_unknown, last_account */
  pause(id: AccountId, isOff: boolean, by: Visitor): Promise<void>;
  /** Gives the accounts this order; those that it does not name follow. @throws AppError account_unknown */
  order(ids: readonly AccountId[], by: Visitor): Promise<void>;
  /** Reads an account and its list anew. @throws AppError account_unknown; what is wrong with it */
  read(id: AccountId, signal: AbortSignal): Promise<void>;
}
