import { AppError } from '../domain/errors.ts';
import { type Sight, troubleOf } from '../domain/provider-trouble.ts';
import { networkError } from '../lib/provider-http/network-error.ts';

/** An answer that is no JSON, or not the JSON that was asked for. `detail` is for the log: never the answer itself. */
export function garbage(detail: string): AppError {
  return new AppError('provider_garbage', {}, { cause: new Error(detail) });
}

/** What an answer says that holds nothing of what was asked for. */
export function answerFailure(sight: Sight): AppError {
  return troubleOf(sight, 'api', new Error(`HTTP ${sight.status}`)).error;
}

/** What went wrong on the way to the panel, as an AppError whose cause names no address. */
export function requestFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { cause, ...seen } = networkError(error);
  return troubleOf(seen, 'api', cause).error;
}
