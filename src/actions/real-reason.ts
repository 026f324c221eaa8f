import { AppError, type ErrorCode } from '../domain/errors.ts';
import type { SourceProvider } from '../domain/source-provider.ts';

/** Reads the account's status. */
export type AccountReader = Pick<SourceProvider, 'account'>;

/** Answers that the provider gives where in truth the account is at fault. */
const suspicious: ReadonlySet<ErrorCode> = new Set([
  'line_in_use',
  'provider_status',
  'channel_web_page',
  'channel_clip',
  'channel_not_video',
  'account_refused',
  'catalogue_empty',
]);
/** Milliseconds to wait for the account. */
const ACCOUNT_PATIENCE = 4_000;

/** The account's fault where it has one, since a panel refuses an expired line as it does a busy one. */
export async function realReason(error: unknown, provider: AccountReader): Promise<unknown> {
  if (!(error instanceof AppError && suspicious.has(error.code))) return error;
  try {
    await provider.account(AbortSignal.timeout(ACCOUNT_PATIENCE));
    return error;
  } catch (accountError) {
    return accountError instanceof AppError && accountError.code.startsWith('account_')
      ? accountError
      : error;
  }
}
