import { AppError, type ErrorCode, type ErrorParams } from '../domain/errors.ts';
import { UnexpectedAnswer } from '../xtream/failure.ts';

/**
 * The error of a trial's login as people at the set-up page are told it: the provider's usual sentences name settings and a
 * restart, which are no help there. Any other error stays as it is.
 */
export function trialError(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  const { params } = error;
  const as = (code: ErrorCode, kept: ErrorParams = {}) => new AppError(code, kept, { cause: error });
  switch (error.code) {
    case 'account_refused':
      return as('trial_refused');
    case 'provider_unreachable':
      return unreachable(String(params.detail ?? ''), as);
    case 'provider_certificate':
      return params.fingerprint ? as('trial_certificate', params) : as('trial_old_https', params);
    case 'provider_garbage':
      switch (kindOf(error)) {
        case 'page':
          return as('trial_web_page');
        case 'm3u':
          return as('trial_m3u');
        case 'other':
          return as('trial_no_panel');
      }
      break;
    case 'provider_no_https':
      return as('trial_no_panel');
    case 'provider_redirects':
      return as('trial_redirects');
    case 'provider_blocks':
      return as('trial_blocked');
    case 'address_inside':
      return as('trial_inside');
    case 'provider_status':
      // 408 and 429 pass, as errors of the server do; all others say that there is nothing of the kind.
      return [408, 429].includes(Number(params.status)) || Number(params.status) >= 500
        ? as('trial_panel_error', params)
        : as('trial_no_panel');
    default:
  }
  return error;
}

/** The error of a list that did not arrive although the login succeeded. */
export function trialListError(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  switch (error.code) {
    case 'account_expired':
    case 'account_disabled':
    case 'provider_blocks':
    case 'address_inside':
      return trialError(error);
    default:
      return new AppError('trial_no_list', {}, { cause: error });
  }
}

function kindOf({ cause }: AppError) {
  return cause instanceof UnexpectedAnswer ? cause.kind : 'other';
}

function unreachable(detail: string, as: (code: ErrorCode, params?: ErrorParams) => AppError): AppError {
  if (/^(?:ENOTFOUND|ENODATA|EAI_NODATA|EAI_NONAME)$/.test(detail)) return as('trial_unknown_host');
  if (/^(?:EAI_|ESERVFAIL$|ETIMEOUT$)/.test(detail)) return as('trial_no_names');
  if (detail === 'ECONNREFUSED') return as('trial_port_closed');
  if (/TIMEDOUT|TIMEOUT|TimeoutError|^EHOSTUNREACH$/.test(detail)) return as('trial_silent');
  return as('trial_unreachable', { detail: detail || 'unknown' });
}
