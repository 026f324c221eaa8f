import { AppError } from '../../domain/errors.ts';
import type { GuideTrouble } from '../../domain/guide-trouble.ts';
import { UselessGuide } from './whole-guide.ts';

/** What people are told of the error with which the reading of a guide ended. */
export function guideTroubleOf(error: unknown): GuideTrouble {
  if (error instanceof UselessGuide) return 'no_channel';
  if (!(error instanceof AppError)) return 'broken';
  switch (error.code) {
    case 'provider_unreachable':
      return 'unreachable';
    case 'provider_certificate':
      return 'certificate';
    case 'provider_no_https':
      return 'no_https';
    case 'provider_redirects':
      return 'redirects';
    case 'provider_blocks':
    case 'account_refused':
    case 'account_expired':
      return 'refused';
    case 'provider_status':
      return error.params.status === 404 || error.params.status === 410 ? 'missing' : 'status';
    case 'provider_garbage':
      return 'not_xmltv';
    default:
      return 'broken';
  }
}
