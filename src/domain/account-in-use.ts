import type { AccountId } from './ids.ts';
import type { SourceProvider } from './source-provider.ts';

/**
 * Where the limit of an account's connections comes from: the settings, the provider, a refusal, or nothing. An `assumed` limit
 * is one more than have been open at once.
 */
export const limitOrigins = ['set', 'told', 'learned', 'assumed'] as const;
export type LimitOrigin = (typeof limitOrigins)[number];

/** An account in use, as far as others than the stream may ask about it. */
export interface AccountInUse {
  readonly id: AccountId;
  readonly provider: Pick<SourceProvider, 'account'>;
  readonly slots: {
    readonly capacity: number;
    readonly limit: { readonly origin: LimitOrigin };
    /** Holders of the open connections, such as channel names. */
    readonly holders: readonly string[];
  };
}
