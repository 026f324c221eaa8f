import { AppError } from '../domain/errors.ts';
import { verdictOn } from '../domain/provider-trouble.ts';
import { networkError } from '../lib/provider-http/network-error.ts';

/** The error for an answer that is no list. @param detail for the log; must not contain the answer itself. */
export function invalidList(detail: string): AppError {
  return new AppError('provider_garbage', {}, { cause: new Error(detail) });
}

/** Converts the error of a request or of a file to an AppError whose cause contains no address. */
export function requestFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { cause, ...seen } = networkError(error);
  return verdictOn(seen, 'api', cause).error;
}
