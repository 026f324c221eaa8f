import { CertificateError } from './tls-accept.ts';

/** What a network's error says, fit for the log: neither an address nor a query is in it. */
export interface NetworkError {
  readonly code: string;
  readonly cause: Error;
  /** More exactly, where there is something: OpenSSL's reason. */
  readonly detail: string;
  /** Of a certificate that was not accepted. */
  readonly fingerprint?: string;
}

/**
 * What went wrong, as a copy of code and message: the original may carry the address, and with it the account
 * (`TypeError.input`, sockets' and redirects' errors).
 */
export function networkError(error: unknown): NetworkError {
  const { code, message } = root(error);
  const text = message.replace(/\b[a-z][a-z\d+.-]*:\/\/\S+/gi, '[address]');
  const cause = Object.assign(new Error(text), { code });
  if (!(error instanceof CertificateError)) return { code, detail: code, cause };
  return { code, detail: error.detail, fingerprint: error.fingerprint, cause };
}

/** The innermost error that says something: Node wraps those of several addresses. */
function root(error: unknown): { code: string; message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return root(error.errors[0]);
  if (!(error instanceof Error)) return { code: 'unknown', message: String(error) };
  if (error.cause instanceof Error) return root(error.cause);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return { code, message: error.message };
}
