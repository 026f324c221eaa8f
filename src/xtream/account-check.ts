import { AppError } from '../domain/errors.ts';
import { invalidAnswer } from './failure.ts';
import { type LoginAnswer, loginAnswer } from './schema.ts';

/**
 * Validates the answer to a login and returns it if the account can be used at `now` (epoch milliseconds).
 * @throws AppError account_disabled (params: `status`), account_expired (params: `date`, YYYY-MM-DD or empty), account_refused
 *   or provider_garbage
 */
export function checkLogin(answer: unknown, now: number): LoginAnswer {
  // Panels give these answers for an unknown account.
  if (answer === false || answer === null || (Array.isArray(answer) && answer.length === 0)) {
    throw new AppError('account_refused', {}, { cause: new Error('empty login') });
  }
  const { success, data } = loginAnswer.safeParse(answer);
  if (!success) throw invalidAnswer('no user_info in the login');
  const { auth, status, exp_date: seconds } = data.user_info;
  const expired = () =>
    new AppError('account_expired', {
      date: seconds !== null && seconds > 0 ? new Date(seconds * 1000).toISOString().slice(0, 10) : '',
    });
  switch (status?.toLowerCase()) {
    case 'banned':
    case 'disabled':
      throw new AppError('account_disabled', { status: status ?? '' });
    case 'expired':
      throw expired();
    default:
  }
  if (auth !== 1) throw new AppError('account_refused', {}, { cause: new Error('auth 0') });
  if (seconds !== null && seconds > 0 && seconds * 1000 < now) throw expired();
  return data;
}
