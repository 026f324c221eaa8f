import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/domain/errors.ts';
import {
  classifyAnswer,
  type FailedAnswer,
  type ProviderTroubleKind,
  type RequestKind,
  type RetryPolicy,
  rows,
  verdictOn,
} from '../../src/domain/provider-trouble.ts';
import { sentence } from '../../src/words/sentence.ts';

describe('troubleOf', () => {
  it.each<[FailedAnswer, RequestKind, ProviderTroubleKind, ErrorCode, RetryPolicy]>([
    [{ code: 'CERTIFICATE' }, 'api', 'certificate', 'provider_certificate', 'later'],
    [{ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'api', 'no-https', 'provider_no_https', 'later'],
    [{ code: 'ERR_SSL_UNSUPPORTED_PROTOCOL' }, 'api', 'outdated-https', 'provider_certificate', 'later'],
    [{ code: 'ERR_SSL_DH_KEY_TOO_SMALL' }, 'stream', 'outdated-https', 'provider_certificate', 'later'],
    [{ code: 'REDIRECT' }, 'stream', 'circles', 'provider_redirects', 'freeing'],
    [{ code: 'HEAD_TIMEOUT' }, 'api', 'silence', 'provider_unreachable', 'later'],
    [{ code: 'HEAD_TIMEOUT' }, 'stream', 'silence', 'channel_silent', 'later'],
    [{ code: 'HPE_INVALID_CONSTANT' }, 'api', 'no-http', 'provider_garbage', 'later'],
    [{ code: 'Z_DATA_ERROR' }, 'stream', 'no-http', 'channel_not_video', 'later'],
    [{ code: 'ECONNRESET' }, 'stream', 'broken-off', 'provider_unreachable', 'freeing'],
    [{ code: 'ENOTFOUND' }, 'api', 'unreachable', 'provider_unreachable', 'later'],
    [{ code: 'CONNECT_TIMEOUT' }, 'stream', 'unreachable', 'provider_unreachable', 'later'],
    [{}, 'api', 'unreachable', 'provider_unreachable', 'later'],
    [{ status: 401 }, 'api', 'refused', 'account_refused', 'freeing'],
    [{ status: 403 }, 'stream', 'refused', 'channel_refused', 'freeing'],
    [{ status: 403, isPage: true }, 'api', 'barrier', 'provider_blocks', 'later'],
    // A server's own page behind a 403 is how many panels say that the line is in use.
    [{ status: 403, isPage: true }, 'stream', 'refused', 'channel_refused', 'freeing'],
    [{ status: 503, isBarrier: true }, 'stream', 'barrier', 'provider_blocks', 'freeing'],
    [{ status: 451 }, 'stream', 'barrier', 'provider_blocks', 'later'],
    [{ status: 402 }, 'api', 'expired', 'account_expired', 'later'],
    [{ status: 458 }, 'stream', 'line-full', 'line_in_use', 'soon'],
    [{ status: 429 }, 'api', 'status', 'provider_status', 'freeing'],
    [{ status: 404 }, 'stream', 'missing', 'channel_dead', 'freeing'],
    [{ status: 404 }, 'api', 'status', 'provider_status', 'freeing'],
    [{ status: 884 }, 'stream', 'status', 'provider_status', 'freeing'],
    [{ status: 302 }, 'stream', 'status', 'provider_status', 'freeing'],
  ])('takes %j of the %s for %s', (sight, asked, kind, code, again) => {
    expect(verdictOn(sight, asked)).toMatchObject({ kind, again, error: { code } });
  });
});

describe('sightOf', () => {
  it.each([
    '<!DOCTYPE html><title>Just a moment...</title>',
    '<html><title>Attention Required! | Cloudflare</title>',
    '<html><body>Your IP has been blocked</body></html>',
    '<html><body>Access Denied</body></html>',
    '<h1>VPN not allowed</h1>',
    'Blocked',
    'Your country is not allowed here',
    '<script src="/cdn-cgi/challenge-platform/x.js">',
  ])('sees a barrier in %j', (beginning) => {
    expect(classifyAnswer(403, {}, beginning).isBarrier).toBe(true);
  });

  it.each([
    '',
    '{"user_info":{"auth":0}}',
    '<html><h1>404 Not Found</h1><hr>nginx</html>',
    'User banned',
    'busy',
  ])('sees none in %j', (beginning) => {
    expect(classifyAnswer(403, {}, beginning).isBarrier).toBe(false);
  });
});

describe('docs/providers.md', () => {
  const asked = { api: 'API', stream: 'stream' } as const;
  const actions: Readonly<Record<RetryPolicy, string>> = {
    soon: 'again every 0.4 s for 6 s, then later',
    freeing:
      'again every 0.4 s for 6 s if a connection of the account was closed in the last 15 s; else later',
    later: 'later',
  };

  /** The table in code, in Markdown. */
  function table(): string {
    const lines = rows.map(({ kind, seen, code, again }) => {
      const codes = typeof code === 'string' ? [['', code] as const] : Object.entries(code);
      const words = codes.map(([of, one]) => {
        const who = of === '' ? '' : `${asked[of as RequestKind]}: `;
        const said = (language: 'en' | 'fr') =>
          sentence(language, one as ErrorCode, { status: 'N', detail: '…', date: '…' });
        return `${who}\`${one}\` ${said('en')} / ${said('fr')}`;
      });
      return `| ${kind} | ${seen} | ${words.join('<br>')} | ${actions[again]} |`;
    });
    return ['| Kind | Seen | Said | Tried |', '| --- | --- | --- | --- |', ...lines].join('\n');
  }

  it('has the table as it is in code', () => {
    const text = readFileSync(new URL('../../docs/providers.md', import.meta.url), 'utf8');
    const unpadded = text.replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---');
    expect(unpadded).toContain(table());
  });
});
