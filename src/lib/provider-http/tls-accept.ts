import { constants } from 'node:crypto';
import type { ConnectionOptions, TLSSocket } from 'node:tls';

/** The certificates to accept although they are self-signed, expired or issued by an unknown authority. */
export interface TlsAccept {
  readonly isAny: boolean;
  /** Host names or addresses in lower case; `.example.org` means all its subdomains. */
  readonly hosts: readonly string[];
  /** SHA-256 fingerprints of certificates: 64 hexadecimal digits in capitals. */
  readonly fingerprints: readonly string[];
}

/** Accepts valid certificates only. */
export const acceptValidOnly: TlsAccept = { isAny: false, hosts: [], fingerprints: [] };

const FINGERPRINT = /^(?:sha-?256[:/=])?((?:[\da-f]{2}:?){32})$/i;
const HOST = /^(?:\*?\.)?[a-z\d](?:[\w.-]*[a-z\d])?$|^\[?[\da-f:]+\]?$/i;

/** Parses TLS_ACCEPT. @param text `any`, or host names and fingerprints separated by commas. @returns null for any other text. */
export function parseTlsAccept(text: string): TlsAccept | null {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const fingerprints = parts.flatMap((part) => FINGERPRINT.exec(part)?.[1] ?? []);
  const hosts = parts.filter((part) => part.toLowerCase() !== 'any' && !FINGERPRINT.test(part));
  if (!hosts.every((host) => HOST.test(host))) return null;
  return {
    isAny: parts.some((part) => part.toLowerCase() === 'any'),
    hosts: hosts.map((host) => host.toLowerCase().replace(/^\*|^\[|\]$/g, '')),
    fingerprints: fingerprints.map((fingerprint) => fingerprint.replaceAll(':', '').toUpperCase()),
  };
}

/** A certificate was not accepted; `detail` is OpenSSL's name of the reason. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
  readonly code = 'CERTIFICATE';
  readonly detail: string;
  /** The value that TLS_ACCEPT would need. */
  readonly fingerprint: string;

  constructor(detail: string, fingerprint: string) {
    super(`the certificate is not accepted: ${detail}`);
    this.detail = detail;
    this.fingerprint = fingerprint;
  }
}

/** Accepted hosts may also use old protocols and short keys, as old middleware does. */
const asTheyAre: ConnectionOptions = {
  minVersion: 'TLSv1',
  ciphers: 'DEFAULT@SECLEVEL=0',
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
};

/** The options for a TLS connection. `checkCertificate` checks the certificate afterwards, before anything is sent. */
export function tlsOptionsFor(accept: TlsAccept, host: string): ConnectionOptions {
  return { rejectUnauthorized: false, ...(acceptsHost(accept, host) ? asTheyAre : {}) };
}

/** Checks the certificate of a new connection. @returns null if the connection may be used. */
export function checkCertificate(
  accept: TlsAccept,
  host: string,
  socket: TLSSocket,
): CertificateError | null {
  if (socket.authorized || acceptsHost(accept, host)) return null;
  const fingerprint = socket.getPeerX509Certificate()?.fingerprint256.replaceAll(':', '') ?? '';
  if (accept.fingerprints.includes(fingerprint)) return null;
  // Node documents an Error here, but it can also be a string code.
  const reason: unknown = socket.authorizationError;
  const code = reason instanceof Error && 'code' in reason ? reason.code : reason;
  return new CertificateError(typeof code === 'string' ? code : 'unknown', fingerprint);
}

function acceptsHost({ isAny, hosts }: TlsAccept, host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return isAny || hosts.some((known) => (known.startsWith('.') ? name.endsWith(known) : name === known));
}
