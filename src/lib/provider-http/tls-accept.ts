import { constants } from 'node:crypto';
import type { ConnectionOptions, TLSSocket } from 'node:tls';

/** Certificates that are taken although nobody known has signed them, or they have expired. */
export interface TlsAccept {
  readonly isAny: boolean;
  /** Names or addresses of hosts, in lower case; `.example.org` for all below it. */
  readonly hosts: readonly string[];
  /** SHA-256 of certificates, 64 hexadecimal digits in capitals. */
  readonly fingerprints: readonly string[];
}

export const acceptNothing: TlsAccept = { isAny: false, hosts: [], fingerprints: [] };

const FINGERPRINT = /^(?:sha-?256[:/=])?((?:[\da-f]{2}:?){32})$/i;
const HOST = /^(?:\*?\.)?[a-z\d](?:[\w.-]*[a-z\d])?$|^\[?[\da-f:]+\]?$/i;

/** @param text `any`, or host names and fingerprints separated by commas. @returns null for what is none of these. */
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

/** A certificate that is not accepted; `detail` is OpenSSL's name of the reason. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
  readonly code = 'CERTIFICATE';
  readonly detail: string;
  /** What to write into TLS_ACCEPT. */
  readonly fingerprint: string;

  constructor(detail: string, fingerprint: string) {
    super(`the certificate is not accepted: ${detail}`);
    this.detail = detail;
    this.fingerprint = fingerprint;
  }
}

/** For hosts that are accepted as they are: old protocols and short keys too, which old middleware has. */
const asTheyAre: ConnectionOptions = {
  minVersion: 'TLSv1',
  ciphers: 'DEFAULT@SECLEVEL=0',
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
};

/** What to connect with. The certificate is looked at by `checkCertificate`, before anything is sent. */
export function tlsOptionsFor(accept: TlsAccept, host: string): ConnectionOptions {
  return { rejectUnauthorized: false, ...(acceptsHost(accept, host) ? asTheyAre : {}) };
}

/** @returns why a connection that has just been made may not be used; null: it may. */
export function checkCertificate(
  accept: TlsAccept,
  host: string,
  socket: TLSSocket,
): CertificateError | null {
  if (socket.authorized || acceptsHost(accept, host)) return null;
  const fingerprint = socket.getPeerX509Certificate()?.fingerprint256.replaceAll(':', '') ?? '';
  if (accept.fingerprints.includes(fingerprint)) return null;
  // An Error by Node's documentation, a code or an Error in fact.
  const reason: unknown = socket.authorizationError;
  const code = reason instanceof Error && 'code' in reason ? reason.code : reason;
  return new CertificateError(typeof code === 'string' ? code : 'unknown', fingerprint);
}

function acceptsHost({ isAny, hosts }: TlsAccept, host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return isAny || hosts.some((known) => (known.startsWith('.') ? name.endsWith(known) : name === known));
}
