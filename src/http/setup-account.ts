import type { Visitor } from '../access/visitor.ts';
import type { AccountFields, TriedAccount } from '../domain/account-trial.ts';

/** A category of the provider's list, as the set-up page shows it. */
export interface ListedCategory {
  readonly id: string;
  readonly name: string;
  readonly count: number;
  /** Left out of the channel list. */
  readonly isHidden: boolean;
}

/** What the routes of the set-up page do with the account. Every method throws AppError. */
export interface SetupAccount {
  /** Tries a subscription without touching what runs. */
  try(fields: AccountFields, signal: AbortSignal): Promise<TriedAccount>;
  /**
   * Takes a tried subscription into use.
   * @throws AppError account_on_air if that changes what is on air and is not confirmed
   */
  use(tried: TriedAccount, options: { readonly confirm: boolean }, by: Visitor): Promise<TriedAccount>;
  /** Goes back to the demo. */
  leave(by: Visitor): Promise<void>;
  /** The categories of the account in use, in the provider's order. */
  categories(): readonly ListedCategory[];
  /** Leaves exactly these categories out of the channel list. */
  hide(ids: readonly string[], by: Visitor): Promise<void>;
}
