import { describe, expect, it } from 'vitest';
import { nextAddress } from '../../../src/lib/provider-http/next-address.ts';

const from = new URL('https://panel.example:8443/live/a/b/1.ts?x=1');
const next = (location: string, status = 302) => nextAddress(status, location, from)?.href;

describe('nextAddress', () => {
  it.each([
    ['another host', 'http://cdn.example/1.ts', 'http://cdn.example/1.ts'],
    ['a path', '/play/1.ts', 'https://panel.example:8443/play/1.ts'],
    ['a relative path', '../2.ts?token=a', 'https://panel.example:8443/live/a/2.ts?token=a'],
    ['a query alone', '?token=a', 'https://panel.example:8443/live/a/b/1.ts?token=a'],
    ['a host without a scheme', '//cdn.example/1.ts', 'https://cdn.example/1.ts'],
    ['a host and port', 'cdn.example:8080/1.ts', 'https://cdn.example:8080/1.ts'],
    ['an address and port', '192.0.2.7:8080/1.ts', 'https://192.0.2.7:8080/1.ts'],
    ['an address', '192.0.2.7/1.ts', 'https://192.0.2.7/1.ts'],
    ['blanks around', '  http://cdn.example/1.ts \t', 'http://cdn.example/1.ts'],
    ['blanks within', 'http://cdn.example/a b.ts?c=d e', 'http://cdn.example/a%20b.ts?c=d%20e'],
    ['quotes', '"http://cdn.example/1.ts"', 'http://cdn.example/1.ts'],
    ['angle brackets', '<http://cdn.example/1.ts>', 'http://cdn.example/1.ts'],
    [
      'letters in UTF-8',
      Buffer.from('/télé.ts').toString('latin1'),
      'https://panel.example:8443/t%C3%A9l%C3%A9.ts',
    ],
    ['letters in Latin-1', '/télé.ts', 'https://panel.example:8443/t%E9l%E9.ts'],
    ['one slash', 'http:/cdn.example/1.ts', 'http://cdn.example/1.ts'],
    ['three slashes', 'http:///cdn.example/1.ts', 'http://cdn.example/1.ts'],
    ['backslashes', 'http:\\\\cdn.example\\1.ts', 'http://cdn.example/1.ts'],
    ['capitals', 'HTTP://CDN.example/1.ts', 'http://cdn.example/1.ts'],
    ['an HTML entity', '/1.ts?a=1&amp;b=2', 'https://panel.example:8443/1.ts?a=1&b=2'],
    ['a fragment', 'http://cdn.example/1.ts#x', 'http://cdn.example/1.ts'],
    ['a file that has a colon', '/live/1:2.ts', 'https://panel.example:8443/live/1:2.ts'],
  ])('reads %s', (_, location, expected) => {
    expect(next(location)).toBe(expected);
  });

  it('returns null for an answer that is no redirect', () => {
    expect(next('http://cdn.example/', 200)).toBeUndefined();
    expect(next('http://cdn.example/', 304)).toBeUndefined();
    expect(next('')).toBeUndefined();
    expect(nextAddress(302, undefined, from)).toBeNull();
  });

  it.each(['rtsp://cdn.example/1', 'file:///etc/passwd', 'javascript:alert(1)', 'http://'])(
    'refuses %s',
    (location) => {
      expect(() => next(location)).toThrow(/no web address/);
    },
  );
});
