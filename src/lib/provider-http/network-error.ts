import { CertificateError } from './tls-accept.ts';

/** A network error that is safe to log: it contains no address and no query. */
export interface NetworkError {
  readonly code: string;
  readonly cause: Error;
  /** OpenSSL's reason if there is one, otherwise the code. */
  readonly detail: string;
  /** The fingerprint of a certificate that was not accepted. */
  readonly fingerprint?: string;
}

/**
 * Copies the code and the message of a network error. The original may contain the address, and with it the account
 * (`TypeError.input`, errors of sockets and redirects).
 */
export function networkError(error: unknown): NetworkError {
  const { code, message } = root(error);
  const text = message.replace(/\b[a-z][a-z\d+.-]*:\/\/\S+/gi, '[address]');
  const cause = Object.assign(new Error(text), { code });
  if (!(error instanceof CertificateError)) return { code, detail: code, cause };
  return { code, detail: error.detail, fingerprint: error.fingerprint, cause };
}

/** The innermost error: Node wraps the errors of several addresses. */
function root(error: unknown): { code: string; message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return root(error.errors[0]);
  if (!(error instanceof Error)) return { code: 'unknown', message: String(error) };
  if (error.cause instanceof Error) return root(error.cause);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return { code, message: error.message };
}
