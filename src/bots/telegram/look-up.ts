import { Api, GrammyError } from 'grammy';
import { AppError } from '../../domain/errors.ts';
import { apiSignal } from './api-signal.ts';
import { describeError, isTokenRefused } from './errors.ts';

/**
 * Asks Telegram which bot a token belongs to.
 * @param apiUrl the address of a self-hosted Bot API server; null for Telegram's.
 * @throws AppError telegram_token_refused, telegram_unreachable, rate_limited
 */
export async function lookUp(
  token: string,
  apiUrl: string | null,
  signal: AbortSignal,
): Promise<{ name: string; username: string }> {
  const api = new Api(token, apiUrl ? { apiRoot: apiUrl } : {});
  try {
    const { first_name: name, username } = await api.getMe(apiSignal(signal));
    return { name, username };
  } catch (error) {
    if (isTokenRefused(error)) throw new AppError('telegram_token_refused');
    if (error instanceof GrammyError && error.error_code === 429) throw new AppError('rate_limited');
    // Without the library's error, which holds the address with the token.
    throw new AppError('telegram_unreachable', {}, { cause: new Error(describeError(error)) });
  }
}
