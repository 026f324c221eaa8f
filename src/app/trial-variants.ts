import type { AccountNote } from '../domain/account-trial.ts';
import { AppError, type ErrorCode } from '../domain/errors.ts';
import type { ReadAccount } from '../xtream/account-text/read-account.ts';
import type { XtreamAccount } from '../xtream/address.ts';

/** Another way to understand what somebody typed. */
export interface AccountVariant {
  readonly account: XtreamAccount;
  readonly note: AccountNote;
  /** Whether its error says more than that of the first way: a panel has answered. */
  readonly isAnswer: (error: unknown) => boolean;
}

/** Errors that only a panel gives. */
const fromPanel: ReadonlySet<ErrorCode> = new Set(['account_refused', 'account_expired', 'account_disabled']);
/** Errors of a server that speaks HTTP but is no panel there. */
const otherServer: ReadonlySet<ErrorCode> = new Set([
  'provider_garbage',
  'provider_status',
  'provider_redirects',
]);

/** The other ways that are worth trying after this error, the likeliest first. */
export function variantsAfter(error: unknown, { account, decoded }: ReadAccount): AccountVariant[] {
  if (!(error instanceof AppError)) return [];
  const variants: AccountVariant[] = [];
  const url = new URL(account.baseUrl);
  const isAnswer = (own: unknown) => own instanceof AppError && fromPanel.has(own.code);
  if (error.code === 'account_refused' && decoded)
    variants.push({ account: decoded, note: 'decoded', isAnswer: () => false });
  if (otherServer.has(error.code) && url.pathname !== '/')
    variants.push({ account: { ...account, baseUrl: url.origin }, note: 'path_dropped', isAnswer });
  if (mayBeOtherScheme(error, url)) {
    const isHttp = url.protocol === 'http:';
    // A certificate that is not valid shows that https is spoken there, unless plain http was answered properly.
    const isCertificate = (own: unknown) =>
      own instanceof AppError && own.code === 'provider_certificate' && !isGoodHttp(error);
    variants.push({
      account: { ...account, baseUrl: otherScheme(url, error) },
      note: isHttp ? 'https_used' : 'http_used',
      isAnswer: (own) => isAnswer(own) || isCertificate(own),
    });
  }
  return variants;
}

function mayBeOtherScheme({ code, params }: AppError, { port }: URL): boolean {
  if (code === 'provider_no_https' || otherServer.has(code)) return true;
  if (code !== 'provider_unreachable') return false;
  const detail = String(params.detail);
  // Without a port the other scheme has another one.
  if (/^(?:ECONNREFUSED|CONNECT_TIMEOUT|ETIMEDOUT)$/.test(detail)) return port === '';
  // The server waits for a greeting, or hangs up on one that it does not understand.
  return /^(?:HEAD_TIMEOUT|ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE)$/.test(detail);
}

/** 400 and 497 are what servers with https answer to plain http. */
function isGoodHttp({ code, params }: AppError): boolean {
  return otherServer.has(code) && params.status !== 400 && params.status !== 497;
}

function otherScheme(url: URL, { code }: AppError): string {
  const isHttp = url.protocol === 'http:';
  const other = new URL(url);
  other.protocol = isHttp ? 'https:' : 'http:';
  // https was refused by a server that is there, at https's own port.
  if (code === 'provider_no_https' && url.port === '') other.port = '443';
  return other.href.replace(/\/+$/, '');
}
