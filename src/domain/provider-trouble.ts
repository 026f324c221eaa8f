import { AppError, type ErrorCode, type ErrorParams } from './errors.ts';

/**
 * The one table that maps a failed answer of a provider to its meaning: the error that people are told (commands/texts.*.ts
 * has the sentences) and the time of the next try. docs/providers.md is generated from it.
 */

/** What the provider answered instead of the expected data. */
export interface FailedAnswer {
  /** The HTTP status; absent if there was no answer. */
  readonly status?: number;
  /** True if the answer is a firewall's page that blocks this network or this player. */
  readonly isBarrier?: boolean;
  /** True if the answer is a web page. */
  readonly isPage?: boolean;
  /** The error code if there was no answer, as Node, OpenSSL, llhttp, zlib or lib/provider-http name it. */
  readonly code?: string;
  /** A more precise reason, for people. */
  readonly detail?: string;
  /** The fingerprint of the refused certificate. Only the owner may see it, since it reveals the provider. */
  readonly fingerprint?: string;
}

/** The kind of the request: `api` for the account, the lists and the guide, `stream` for a channel. */
export type RequestKind = 'api' | 'stream';

/**
 * When to retry. `soon`: for some seconds · `freeing`: the same, but only if a connection of the account was closed lately,
 * which providers notice late · `later`: left to the restart policy of the broadcast or to the refresh of the list.
 */
export type RetryPolicy = 'soon' | 'freeing' | 'later';

export type ProviderTroubleKind =
  | 'certificate'
  | 'outdated-https'
  | 'no-https'
  | 'circles'
  | 'silence'
  | 'no-http'
  | 'barrier'
  | 'expired'
  | 'line-full'
  | 'refused'
  | 'missing'
  | 'status'
  | 'broken-off'
  | 'unreachable';

/** The verdict on a failed answer. */
export interface ProviderTrouble {
  readonly kind: ProviderTroubleKind;
  readonly error: AppError;
  readonly again: RetryPolicy;
}

interface Row {
  readonly kind: ProviderTroubleKind;
  /** The description for docs/providers.md. */
  readonly seen: string;
  readonly sees: (sight: FailedAnswer, asked: RequestKind) => boolean;
  readonly code: ErrorCode | Readonly<Record<RequestKind, ErrorCode>>;
  /** Applies to streams. */
  readonly again: RetryPolicy;
}

const status =
  (...wanted: readonly number[]) =>
  (sight: FailedAnswer): boolean =>
    sight.status !== undefined && wanted.includes(sight.status);
const code =
  (pattern: RegExp) =>
  (sight: FailedAnswer): boolean =>
    sight.code !== undefined && pattern.test(sight.code);

/** First match wins. */
export const rows: readonly Row[] = [
  {
    kind: 'certificate',
    seen: 'https with a certificate that is self-signed, expired or of another name',
    sees: code(/^CERTIFICATE$/),
    code: 'provider_certificate',
    again: 'later',
  },
  {
    kind: 'no-https',
    seen: 'something else than https where https was asked for',
    sees: code(
      /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|^EPROTO$|UNEXPECTED_MESSAGE|RECORD_LAYER/,
    ),
    code: 'provider_no_https',
    again: 'later',
  },
  {
    kind: 'outdated-https',
    seen: 'https that is too old, or keys that are too short',
    sees: code(/^ERR_SSL_/),
    code: 'provider_certificate',
    again: 'later',
  },
  {
    kind: 'circles',
    seen: 'redirects in a circle, more than twenty, or to what is no web address',
    sees: code(/^REDIRECT$/),
    code: 'provider_redirects',
    again: 'freeing',
  },
  {
    kind: 'silence',
    seen: 'a connection, but no answer',
    sees: code(/^(?:HEAD|BODY)_TIMEOUT$/),
    code: { api: 'provider_unreachable', stream: 'channel_silent' },
    again: 'later',
  },
  {
    kind: 'no-http',
    seen: 'an answer that nobody can read, or that does not unpack',
    sees: code(/^(?:HPE_|Z_|ERR_(?:_?BROTLI|_?ZSTD|ZLIB))/),
    code: { api: 'provider_garbage', stream: 'channel_not_video' },
    again: 'later',
  },
  {
    kind: 'barrier',
    seen: 'a page of a firewall: a challenge, "Access denied", "Blocked"',
    sees: ({ isBarrier }) => isBarrier === true,
    code: 'provider_blocks',
    again: 'freeing',
  },
  {
    kind: 'barrier',
    seen: 'HTTP 407, 451, 511',
    sees: status(407, 451, 511),
    code: 'provider_blocks',
    again: 'later',
  },
  {
    kind: 'barrier',
    // A panel that does not know the account answers with JSON or an empty body, not with a web page.
    seen: 'HTTP 403 with a web page, from the API',
    sees: (sight, asked) => asked === 'api' && sight.status === 403 && sight.isPage === true,
    code: 'provider_blocks',
    again: 'later',
  },
  { kind: 'expired', seen: 'HTTP 402', sees: status(402), code: 'account_expired', again: 'later' },
  {
    kind: 'line-full',
    seen: 'HTTP 429, 458, 509, of a channel',
    sees: (sight, asked) => asked === 'stream' && status(429, 458, 509)(sight),
    code: 'line_in_use',
    again: 'soon',
  },
  {
    kind: 'refused',
    seen: 'HTTP 401, 403; of a channel the account is asked whether the line is in use',
    sees: status(401, 403),
    code: { api: 'account_refused', stream: 'channel_refused' },
    again: 'freeing',
  },
  {
    kind: 'missing',
    seen: 'HTTP 404, 410, of a channel',
    sees: (sight, asked) => asked === 'stream' && status(404, 410)(sight),
    code: 'channel_dead',
    again: 'freeing',
  },
  {
    kind: 'status',
    seen: 'any other status',
    sees: (sight) => sight.status !== undefined,
    code: 'provider_status',
    again: 'freeing',
  },
  {
    kind: 'broken-off',
    seen: 'a connection that breaks before anything has come',
    sees: code(/^(?:ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE)$/),
    code: 'provider_unreachable',
    again: 'freeing',
  },
  {
    kind: 'unreachable',
    seen: 'no connection: an unknown name, a closed port, no route, no time left',
    sees: () => true,
    code: 'provider_unreachable',
    again: 'later',
  },
];

/** Looks up the verdict on a failed answer. @param cause for the log; must not contain an address. */
export function verdictOn(sight: FailedAnswer, asked: RequestKind, cause?: unknown): ProviderTrouble {
  const row = rows.find(({ sees }) => sees(sight, asked)) as Row;
  const params: ErrorParams = {
    ...(sight.status === undefined ? {} : { status: sight.status }),
    ...(sight.code === undefined ? {} : { detail: sight.detail ?? sight.code }),
    ...(sight.fingerprint === undefined ? {} : { fingerprint: sight.fingerprint }),
  };
  const named = typeof row.code === 'string' ? row.code : row.code[asked];
  return { kind: row.kind, error: new AppError(named, params, { cause }), again: row.again };
}

/** Phrases of firewall pages, which come with any status. */
const BARRIER =
  /just a moment|attention required|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|captcha|cf-(?:browser-verification|challenge|chl|error)|challenge-platform|ddos[- ]?(?:guard|protection)|access denied|you have been blocked|(?:ip|country|region|user.?agent|vpn)[^<]{0,40}(?:blocked|banned|not allowed|forbidden)|(?:blocked|banned)[^<]{0,40}(?:ip|country|region|user.?agent|vpn)|^\s*blocked\W*$/i;

/** Classifies an answer that holds neither television nor JSON by its beginning. @param headers with names in lower case. */
export function classifyAnswer(
  statusCode: number,
  headers: Readonly<Record<string, unknown>>,
  beginning: string,
): FailedAnswer {
  const isPage = /^\s*(?:<!doctype|<html|<head|<body|<title)/i.test(beginning);
  const isBarrier = headers['cf-mitigated'] !== undefined || BARRIER.test(beginning);
  return { status: statusCode, isPage, isBarrier };
}

/** The error for an answer of the provider's that is not what was asked for, as other than a stream. */
export function answerFailure(sight: FailedAnswer): AppError {
  return verdictOn(sight, 'api', new Error(`HTTP ${sight.status}`)).error;
}
