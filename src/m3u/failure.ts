import { AppError } from '../domain/errors.ts';
import { type FailedAnswer, verdictOn } from '../domain/provider-trouble.ts';
import { networkError } from '../lib/provider-http/network-error.ts';

/** The error for an answer that is no list. @param detail for the log; must not contain the answer itself. */
export function invalidList(detail: string): AppError {
  return new AppError('provider_garbage', {}, { cause: new Error(detail) });
}

/** The error for an answer without a list. */
export function answerFailure(sight: FailedAnswer): AppError {
  return verdictOn(sight, 'api', new Error(`HTTP ${sight.status}`)).error;
}

/** Converts the error of a request or of a file to an AppError whose cause contains no address. */
export function requestFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { cause, ...seen } = networkError(error);
  return verdictOn(seen, 'api', cause).error;
}
