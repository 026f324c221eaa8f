import { AppError } from '../domain/errors.ts';

/** An answer that is no JSON, or not the JSON that was asked for. `detail` is for the log: never the answer itself. */
export function garbage(detail: string): AppError {
  return new AppError('provider_garbage', {}, { cause: new Error(detail) });
}

/** What a status outside of 2xx says. Panels refuse a wrong password with either 401 or 403, whatever was asked for. */
export function statusFailure(status: number): AppError {
  if (status === 401 || status === 403) {
    return new AppError('account_refused', {}, { cause: new Error(`HTTP ${status}`) });
  }
  return new AppError('provider_status', { status });
}

/**
 * What went wrong on the way to the panel, as an AppError. Its cause is a copy of message and code only: the
 * original may carry the address, and with it the account (`TypeError.input`, undici's redirect errors).
 */
export function requestFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { code, message } = root(error);
  const cause = Object.assign(new Error(message.replace(/\b[a-z][a-z\d+.-]*:\/\/\S+/gi, '[address]')), {
    code,
  });
  // It answered, but not in HTTP, or not in the compression it promised.
  if (/^(?:HPE_|HTTPParserError|Z_)/.test(code)) return new AppError('provider_garbage', {}, { cause });
  return new AppError('provider_unreachable', { detail: code }, { cause });
}

/** The innermost error that says something: undici wraps sockets' errors, Node those of several addresses. */
function root(error: unknown): { code: string; message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return root(error.errors[0]);
  if (!(error instanceof Error)) return { code: 'unknown', message: String(error) };
  if (error.cause instanceof Error) return root(error.cause);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return { code, message: error.message };
}
