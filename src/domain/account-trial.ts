import type { Category } from './channel.ts';

/** A subscription as somebody typed or pasted it. Every field is a secret. */
export interface AccountFields {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** A subscription with a user name, or an M3U list. */
export type AccountKind = 'xtream' | 'm3u';

/** What was understood from the fields where it differs from what was typed. */
export type AccountNote =
  | 'cleaned'
  | 'from_address'
  | 'from_text'
  | 'address_over_fields'
  | 'address_in_username'
  | 'address_in_password'
  | 'http_used'
  | 'https_used'
  | 'path_dropped'
  | 'decoded';

/** A category of the tried account with its number of channels. */
export interface CountedCategory extends Category {
  readonly count: number;
}

/** A subscription that works, with what its panel told. */
export interface TriedAccount {
  /** The access data that worked, as the settings need them. Every field is a secret. */
  readonly account: AccountFields;
  /** Null if the provider does not tell. */
  readonly connections: number | null;
  /** Epoch milliseconds; null if the account does not expire, or if the provider does not tell. */
  readonly expiresAt: number | null;
  readonly channels: number;
  /** In the provider's order, without those that have no channel. */
  readonly categories: readonly CountedCategory[];
  readonly notes: readonly AccountNote[];
}
