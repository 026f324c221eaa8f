import { parseCookie } from 'cookie';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Signer, sameText } from '../../src/access/signer.ts';
import { isLoopback, isPrivateAddress, isReachableFromOutside } from '../../src/lib/private-address.ts';
import { HeadMender } from '../../src/lib/provider-http/head-mender.ts';
import { RateLimit } from '../../src/lib/rate-limit.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { anyText, bytes, lengths, split, textOf } from './arbitraries.ts';

describe('an address', () => {
  it('is private whenever its bits say so, in each of its spellings', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('10.', '127.', '192.168.', '169.254.', '172.16.'),
        fc.ipV4(),
        (start, rest) => {
          const address = `${start}${rest
            .split('.')
            .slice(start.split('.').length - 1)
            .join('.')}`;
          expect(isPrivateAddress(address)).toBe(true);
          expect(isPrivateAddress(`::ffff:${address}`)).toBe(true);
          expect(isReachableFromOutside(address)).toBe(false);
        },
      ),
    );
  });

  it('is judged without fail, and nothing but an address is public', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.ipV4(), fc.ipV6(), fc.domain(), fc.ipV4Extended()), (host) => {
        isReachableFromOutside(host);
        if (!/^[\d.]+$|:/.test(host)) expect(isPrivateAddress(host)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is of this machine only where no other can have it', () => {
    fc.assert(
      fc.property(fc.domain(), fc.constantFrom('127.', '127.0.0.1.', ''), (domain, start) => {
        expect(isLoopback(`${start}${domain}`)).toBe(domain.endsWith('.localhost'));
      }),
    );
    expect(['localhost', 'tv.localhost', '127.0.0.1', '127.9.9.9', '[::1]', '::1'].every(isLoopback)).toBe(
      true,
    );
  });
});

describe('the rate limit', () => {
  it('lets through no more than it says in any stretch, and everybody again after it', () => {
    const step = fc.tuple(fc.constantFrom('ana', 'bob'), fc.integer({ min: 0, max: 40_000 }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), fc.integer({ min: 1, max: 5 }), (steps, most) => {
        const clock = new FakeClock();
        const limit = new RateLimit({ clock, most, stretch: 60_000 });
        const passed = new Map<string, number[]>();
        for (const [from, wait] of steps) {
          clock.skip(wait);
          if (limit.isExceeded(from)) continue;
          limit.count(from);
          passed.set(from, [...(passed.get(from) ?? []), clock.monotonic()]);
        }
        for (const times of passed.values()) {
          // Stretches begin with the first that counts: two of them may touch.
          for (const time of times) {
            const within = times.filter((other) => other >= time && other < time + 60_000);
            expect(within.length).toBeLessThanOrEqual(2 * most);
          }
        }
        clock.skip(60_000);
        expect(limit.isExceeded('ana') || limit.isExceeded('bob')).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a signed token', () => {
  const signer = new Signer('key', new FakeClock());

  it('verifies as it was signed, for its purpose alone, and no other text does', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[\w-]{1,20}$/),
        fc.integer({ min: 1, max: 10 ** 9 }),
        anyText,
        (id, lifetime, other) => {
          const token = signer.sign('watch', id, lifetime);
          expect(signer.verify('watch', token)?.id).toBe(id);
          expect(signer.verify('discord', token)).toBeNull();
          expect(signer.verify('watch', other)).toBeNull();
          expect(signer.verify('watch', `${token}${other}`) === null || other === '').toBe(true);
          expect(sameText(token, other)).toBe(token === other);
        },
      ),
    );
  });

  it('comes out of a cookie header among any others', () => {
    fc.assert(
      fc.property(
        textOf(';', '=', 'a', '"', ' ', '%', '%zz', '__proto__=x'),
        fc.stringMatching(/^[\w.-]{1,20}$/),
        (others, value) => {
          const cookies = parseCookie(`zapette_session=${value}; ${others}`);
          expect(cookies.zapette_session).toBe(value);
          expect(({} as Record<string, unknown>).x).toBeUndefined();
        },
      ),
    );
  });
});

describe('the head of a provider’s answer', () => {
  function mend(chunks: readonly Buffer[]): string {
    const mender = new HeadMender();
    const got = chunks.map((chunk) => mender.take(chunk));
    return Buffer.concat([...got, mender.end()].map((part) => part ?? Buffer.alloc(0))).toString('latin1');
  }

  it('is mended in the same way however it comes, and the body stays as it is', () => {
    const start = fc.constantFrom(
      ...['ICY 200 OK', 'HTTP/1.1 200 OK', 'HTTP/1.0 200', 'http/2 404', 'ICZ', 'IC', ''],
    );
    const headers = textOf(
      '\r\n',
      '\n',
      'A: b',
      'Transfer-Encoding: chunked',
      'Content-Length: 4',
      ' ',
      ':',
      '\0',
    );
    fc.assert(
      fc.property(start, headers, bytes(60), lengths, (status, lines, body, sizes) => {
        const whole = Buffer.concat([Buffer.from(`${status}${lines}\r\n\r\n`), body]);
        const atOnce = mend([whole]);
        expect(mend(split(whole, sizes))).toBe(atOnce);
        expect(atOnce.endsWith(body.toString('latin1'))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
