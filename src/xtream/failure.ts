import { AppError } from '../domain/errors.ts';
import { verdictOn } from '../domain/provider-trouble.ts';
import { networkError } from '../lib/provider-http/network-error.ts';

/** What came instead of the expected JSON. */
export type UnexpectedKind = 'page' | 'm3u' | 'other';

/** The cause of a provider_garbage. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
  readonly kind: UnexpectedKind;

  constructor(detail: string, kind: UnexpectedKind) {
    super(detail);
    this.kind = kind;
  }
}

/** The error for an answer that is not the expected JSON. @param detail for the log; must not contain the answer itself. */
export function invalidAnswer(detail: string, kind: UnexpectedKind = 'other'): AppError {
  return new AppError('provider_garbage', {}, { cause: new UnexpectedAnswer(detail, kind) });
}

/** Converts the error of a request to an AppError whose cause contains no address. */
export function requestFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { cause, ...seen } = networkError(error);
  return verdictOn(seen, 'api', cause).error;
}
