import { parseCookie } from 'cookie';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Signer, sameText } from '../../src/access/signer.ts';
import { isLoopback, isPrivateAddress, isReachableFromOutside } from '../../src/lib/private-address.ts';
import { ResponseHeadRepairer } from '../../src/lib/provider-http/response-head-repairer.ts';
import { RateLimit } from '../../src/lib/rate-limit.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { anyText, bytes, lengths, split, textOf } from './arbitraries.ts';

describe('an address', () => {
  it('is private by its bits in every spelling', () => {
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

  it('is classified without an error, and only a valid address is public', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.ipV4(), fc.ipV6(), fc.domain(), fc.ipV4Extended()), (host) => {
        isReachableFromOutside(host);
        if (!/^[\d.]+$|:/.test(host)) expect(isPrivateAddress(host)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is a loopback address only if no other machine can have it', () => {
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
  it('admits at most its limit in any stretch, and everybody again afterwards', () => {
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
          // A stretch begins with the first counted event, so two stretches may touch.
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

  it('is valid as it was signed and only for its purpose, and no other text is valid', () => {
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

  it('is found in a cookie header among any other cookies', () => {
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
    const mender = new ResponseHeadRepairer();
    const got = chunks.map((chunk) => mender.take(chunk));
    return Buffer.concat([...got, mender.end()].map((part) => part ?? Buffer.alloc(0))).toString('latin1');
  }

  it('is repaired in the same way at any chunk boundaries, and the body stays unchanged', () => {
    const start = fc.constantFrom(
      'ICY 200 OK',
      'HTTP/1.1 200 OK',
      'HTTP/1.0 200',
      'http/2 404',
      'ICZ',
      'IC',
      '',
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
