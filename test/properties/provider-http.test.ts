import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostnameOf, isOurName } from '../../src/http/asked-host.ts';
import { CookieJar } from '../../src/lib/provider-http/cookie-jar.ts';
import { decompress } from '../../src/lib/provider-http/decompress.ts';
import { nextAddress, RedirectError } from '../../src/lib/provider-http/next-address.ts';
import { ResponseHeadRepairer } from '../../src/lib/provider-http/response-head-repairer.ts';
import { anyText, bytes, lengths, split, textOf } from './arbitraries.ts';

describe('the head of an answer', () => {
  const line = fc.oneof(
    fc.constantFrom(
      'HTTP/1.1 200 OK',
      'HTTP/1.0 302 Found',
      'ICY 200 OK',
      'HTTP/1.1 100 Continue',
      'http/1.1 200',
      'Content-Length: 5',
      'Content-Length: 5, 5',
      'content-length: x',
      'Transfer-Encoding: chunked',
      'Content Type : video/mp2t',
      ' folded',
      ':',
      'X: \x01\x02',
      '',
    ),
    anyText,
  );
  const head = fc
    .tuple(
      fc.array(line, { maxLength: 8 }),
      fc.constantFrom('\r\n', '\n', '\r'),
      fc.constantFrom('', '\r\n', '\n\n'),
    )
    .map(([lines, end, start]) => Buffer.from(`${start}${lines.join(end)}${end}${end}`, 'latin1'));

  function mend(chunks: readonly Buffer[]): string {
    const mender = new ResponseHeadRepairer();
    const parts = chunks.map((chunk) => mender.take(Buffer.from(chunk)));
    return Buffer.concat([...parts, mender.end()].filter((part) => part !== null)).toString('latin1');
  }

  it('is repaired to the same valid lines at any chunk boundaries, and the body is kept', () => {
    fc.assert(
      fc.property(head, bytes(60), lengths, (start, body, sizes) => {
        const whole = Buffer.concat([start, body]);
        const mended = mend(split(whole, sizes));
        expect(mended).toBe(mend([whole]));
        if (mended === '') return;
        const [statusLine = '', ...headers] = (mended.split('\r\n\r\n')[0] ?? '').split('\r\n');
        if (!/^HTTP\/1\.1 \d{3} -$/.test(statusLine)) return;
        for (const header of headers)
          expect(header).toMatch(/^[\w!#$%&'*+.^`|~-]+: [\t\x20-\x7e\x80-\xff]*$/);
        expect(mended.endsWith(body.toString('latin1'))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('is passed on at the greatest length of a head', () => {
    for (const part of ['\r\n', 'HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 200 OK\r\nX: y\r\n', 'ICY']) {
      const mender = new ResponseHeadRepairer();
      let given = 0;
      for (let count = 0; count < 40 && !mender.isDone; count++) {
        given++;
        mender.take(Buffer.from(part.repeat(8_000)));
      }
      expect([mender.isDone, given < 40]).toEqual([true, true]);
    }
  });
});

describe('a redirect', () => {
  it('gives a web address, null or a RedirectError', () => {
    const from = new URL('http://panel.test:8080/live/a/b/1.ts');
    const location = fc.oneof(
      anyText,
      fc.webUrl(),
      textOf(
        'http://',
        'https:',
        '//',
        '\\',
        '1.2.3.4',
        ':80',
        '/x',
        '"',
        ' ',
        '&amp;',
        '[',
        '@',
        'file:',
        '#a',
        '?q=é',
      ),
    );
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.option(location), (status, said) => {
        try {
          const next = nextAddress(status, said ?? undefined, from);
          if (!next) return;
          expect(next.protocol).toMatch(/^https?:$/);
          expect([next.hostname === '', next.hash]).toEqual([false, '']);
        } catch (error) {
          if (!(error instanceof RedirectError)) throw error;
          expect(error.message).not.toContain('panel.test');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('sends cookies only to their own domain', () => {
    const cookie = fc.oneof(
      anyText,
      textOf('a=b', ';', 'domain=.test', 'domain=com', 'max-age=-1', 'expires=x', '=', ' '),
    );
    fc.assert(
      fc.property(fc.array(cookie, { maxLength: 6 }), (headers) => {
        const jar = new CookieJar();
        jar.keep(new URL('http://panel.test/'), headers);
        expect(jar.headerFor(new URL('http://other.example/'))).toBe('');
        expect(jar.headerFor(new URL('http://elsewhere.com/'))).toBe('');
      }),
      { numRuns: 300 },
    );
  });
});

describe('a body', () => {
  const packers = [gzipSync, deflateSync, zstdCompressSync];

  async function unpack(chunks: readonly Buffer[], coding: string): Promise<Buffer> {
    const body = (async function* () {
      for (const chunk of chunks) yield Buffer.from(chunk);
    })();
    const out: Buffer[] = [];
    for await (const chunk of decompress(body, coding)) out.push(Buffer.from(chunk as Buffer));
    return Buffer.concat(out);
  }

  it('is decompressed by its bytes at any number of layers and any chunk boundaries', async () => {
    const layers = fc.array(fc.constantFrom(...packers), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        layers,
        fc.string({ maxLength: 300 }),
        lengths,
        anyText,
        async (packed, text, sizes, coding) => {
          const plain = Buffer.from(`{"a":${JSON.stringify(text)}}`);
          const body = packed.reduce<Buffer>((inner, pack) => pack(inner), plain);
          expect((await unpack(split(body, sizes), coding)).toString()).toBe(plain.toString());
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is decompressed by its header if the format has no magic number', async () => {
    const plain = Buffer.from('[1,2,3]'.repeat(40));
    expect((await unpack([brotliCompressSync(plain)], 'br')).toString()).toBe(plain.toString());
    expect((await unpack([deflateRawSync(plain)], 'deflate')).toString()).toBe(plain.toString());
  });

  it('is left unchanged if it is a transport stream', async () => {
    await fc.assert(
      fc.asyncProperty(
        bytes(800),
        lengths,
        fc.constantFrom('', 'gzip', 'br', 'deflate'),
        async (rest, sizes, coding) => {
          const ts = Buffer.concat([Buffer.of(0x47), rest]);
          expect((await unpack(split(ts, sizes), coding)).equals(ts)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a Host header', () => {
  it('is parsed to a host name or null, and is ours only if no web site can have it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          fc.domain(),
          fc.webAuthority(),
          fc.ipV6().map((ip) => `[${ip}]`),
        ),
        (host) => {
          const name = hostnameOf(host);
          if (name === null) return;
          expect(name).not.toMatch(/[\s/\\?#@]/);
          if (/\.[a-z]{2,}$/.test(name) && !/\.(?:local|localhost|lan|home|internal|arpa)$/.test(name))
            expect(isOurName(name, 'https://tv.example.org')).toBe(name === 'tv.example.org');
        },
      ),
      { numRuns: 300 },
    );
  });
});
