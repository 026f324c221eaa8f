import { describe, expect, it } from 'vitest';
import { trialError } from '../../src/app/trial-error.ts';
import { variantsAfter } from '../../src/app/trial-variants.ts';
import { AppError, type ErrorCode, type ErrorParams } from '../../src/domain/errors.ts';

const variants = (baseUrl: string, code: ErrorCode, params: ErrorParams = {}) => {
  const account = { baseUrl, username: 'bob', password: 'p%40ss' };
  const read = { account, decoded: { ...account, password: 'p@ss' }, notes: [] };
  return variantsAfter(new AppError(code, params), read).map(
    ({ account: { baseUrl: url, password }, note }) => (note === 'decoded' ? password : url),
  );
};
const unreachable = (detail: string) => ['provider_unreachable', { detail }] as const;

describe('after a failure is tried', () => {
  it.each<[string, readonly [ErrorCode, ErrorParams?], string[]]>([
    ['http://a.example:8080', ['account_refused'], ['p@ss']],
    ['http://a.example:8080', ['account_expired'], []],
    ['https://a.example:8080', ['provider_no_https'], ['http://a.example:8080']],
    ['https://a.example', ['provider_no_https'], ['http://a.example:443']],
    ['https://a.example/c', unreachable('ECONNREFUSED'), ['http://a.example/c']],
    ['http://a.example', unreachable('ECONNREFUSED'), ['https://a.example']],
    ['http://a.example', unreachable('CONNECT_TIMEOUT'), ['https://a.example']],
    // One port does not become another.
    ['http://a.example:8080', unreachable('ECONNREFUSED'), []],
    ['http://a.example:8080', unreachable('ECONNRESET'), ['https://a.example:8080']],
    ['http://a.example:443', unreachable('HEAD_TIMEOUT'), ['https://a.example']],
    ['http://a.example', unreachable('ENOTFOUND'), []],
    ['http://a.example/c', ['provider_status', { status: 404 }], ['http://a.example', 'https://a.example/c']],
    ['http://a.example', ['provider_garbage'], ['https://a.example']],
    // The password does not go over a line that anybody may read because a certificate is wrong.
    ['https://a.example', ['provider_certificate', { fingerprint: 'AB' }], []],
    ['http://a.example', ['provider_blocks'], []],
  ])('%s, %j: %j', (baseUrl, [code, params], expected) => {
    expect(variants(baseUrl, code, params)).toEqual(expected);
  });

  it('nothing where the trial itself is broken', () => {
    const account = { baseUrl: 'http://a.example', username: 'a', password: 'b' };
    expect(variantsAfter(new Error('a bug'), { account, decoded: null, notes: [] })).toEqual([]);
  });
});

describe('people are told', () => {
  it.each<[string, ErrorCode]>([
    ['ENOTFOUND', 'trial_unknown_host'],
    ['EAI_AGAIN', 'trial_no_names'],
    ['ECONNREFUSED', 'trial_port_closed'],
    ['ETIMEDOUT', 'trial_silent'],
    ['CONNECT_TIMEOUT', 'trial_silent'],
    ['TimeoutError', 'trial_silent'],
    ['EHOSTUNREACH', 'trial_silent'],
    ['ENETUNREACH', 'trial_unreachable'],
    ['ECONNRESET', 'trial_unreachable'],
  ])('%s as %s', (detail, code) => {
    expect(trialError(new AppError('provider_unreachable', { detail }))).toMatchObject({ code });
  });

  it.each<[ErrorCode, ErrorParams, ErrorCode]>([
    ['provider_certificate', { detail: 'ERR_SSL_UNSUPPORTED_PROTOCOL' }, 'trial_old_https'],
    ['provider_certificate', { detail: 'CERT_HAS_EXPIRED', fingerprint: 'AB' }, 'trial_certificate'],
    ['provider_redirects', {}, 'trial_redirects'],
    ['address_inside', {}, 'trial_inside'],
    ['provider_no_https', {}, 'trial_no_panel'],
    ['provider_status', { status: 502 }, 'trial_panel_error'],
    ['account_expired', { date: '2026-01-01' }, 'account_expired'],
  ])('%s with %j as %s', (code, params, expected) => {
    expect(trialError(new AppError(code, params))).toMatchObject({ code: expected });
  });

  it('nothing else in place of a bug', () => {
    const bug = new TypeError('a bug');
    expect(trialError(bug)).toBe(bug);
  });
});
