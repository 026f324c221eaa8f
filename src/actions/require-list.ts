import type { Catalogue } from '../catalogue/catalogue.ts';
import { AppError } from '../domain/errors.ts';
import { type AccountReader, realReason } from './real-reason.ts';

/** The channel list, and the account that may be the reason why there is none. */
export interface ListContext {
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'lastFailure'>;
  readonly provider: AccountReader;
}

/**
 * Refuses where there is no channel list at all.
 * @throws AppError the provider's or the account's fault, or catalogue_not_ready
 */
export async function requireList({ catalogue, provider }: ListContext): Promise<void> {
  if (catalogue.snapshot().channels.length > 0) return;
  throw await realReason(catalogue.lastFailure ?? new AppError('catalogue_not_ready'), provider);
}
