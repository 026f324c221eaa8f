import type { AccountId } from './ids.ts';
import type { SourceProvider } from './source-provider.ts';

/** An account in use, as far as others than the stream may ask about it. */
export interface AccountInUse {
  readonly id: AccountId;
  readonly provider: Pick<SourceProvider, 'account'>;
  readonly slots: {
    readonly capacity: number;
    /** Holders of the open connections, such as channel names. */
    readonly holders: readonly string[];
  };
}
