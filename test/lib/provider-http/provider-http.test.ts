import { lookup } from 'node:dns';
import { once } from 'node:events';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GetOptions, ProviderHttp } from '../../../src/lib/provider-http/provider-http.ts';
import { acceptValidOnly } from '../../../src/lib/provider-http/tls-accept.ts';
import { RawServer } from '../../fakes/raw-server.ts';

let server: RawServer;
let http: ProviderHttp;
let hosts: string[];

beforeEach(async () => {
  server = await new RawServer().start();
  hosts = [];
  http = new ProviderHttp({
    accept: acceptValidOnly,
    admit: async ({ hostname }) => {
      hosts.push(hostname);
      return lookup;
    },
  });
});
afterEach(async () => {
  http.close();
  await server.stop();
});

async function get(path = '/', more: Partial<GetOptions> = {}) {
  const answer = await http.get(server.url(path), {
    headers: { 'user-agent': 'Player/1' },
    signal: AbortSignal.timeout(5_000),
    timeouts: { firstByte: 1_000, silence: 1_000 },
    ...more,
  });
  const chunks: Buffer[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  const { status, headers, address } = answer;
  return { status, headers, address: address.href, text: Buffer.concat(chunks).toString('latin1') };
}

const redirect = (location: string, ...more: string[]) =>
  ['HTTP/1.1 302 Found', `Location: ${location}`, ...more, '', 'moved'].join('\r\n');
const wanted = (request: string) => request.split(' ')[1] ?? '';

describe('ProviderHttp', () => {
  it.each([
    ['lines that end in LF', 'HTTP/1.0 200 OK\nContent-type: x\n\nbody'],
    ['Shoutcast', 'ICY 200 OK\r\nicy-name: x\r\n\r\nbody'],
    ['a control character', 'HTTP/1.1 200 OK\r\nA: \u0001\r\n\r\nbody'],
    ['a blank in a name', 'HTTP/1.1 200 OK\r\nContent Type: x\r\n\r\nbody'],
    [
      'chunks with LF and blanks',
      'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n0004  \r\nbody\r\n0\r\n\r\n',
    ],
    ['an interim answer', 'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\n\r\nbody'],
    ['no head', 'body'],
    ['a large head', `HTTP/1.1 200 OK\r\nA: ${'a'.repeat(100_000)}\r\n\r\nbody`],
  ])('reads an answer with %s', async (_, answer) => {
    server.answer = [answer];
    expect(await get()).toMatchObject({ status: 200, text: 'body' });
  });

  it('reads an answer that arrives byte by byte', async () => {
    server.answer = 'ICY 200 OK\r\nA: b\r\n\r\nbody'.split('');
    expect(await get()).toMatchObject({ headers: { a: 'b' }, text: 'body' });
  });

  it('uses each connection for one answer', async () => {
    server.answer = ['HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 4\r\n\r\nbody'];
    await get();
    await get();
    expect(server.requests).toHaveLength(2);
    expect(server.requests[0]).toMatch(/connection: close/i);
    expect(server.requests[0]).toMatch(/user-agent: Player\/1/i);
  });

  it.each([
    ['gzip', 'gzip', gzipSync('{"a":1}')],
    ['gzip in gzip', 'gzip', gzipSync(gzipSync('{"a":1}'))],
    ['gzip that nobody told of', undefined, gzipSync('{"a":1}')],
    ['gzip that is none', 'gzip', Buffer.from('{"a":1}')],
    ['gzip that is called br', 'br', gzipSync('{"a":1}')],
    ['deflate', 'deflate', deflateSync('{"a":1}')],
    ['deflate without a head', 'deflate', deflateRawSync('{"a":1}')],
    ['deflate that is none', 'deflate', Buffer.from('{"a":1}')],
    ['br', 'br', brotliCompressSync('{"a":1}')],
    ['br that is none', 'br', Buffer.from('{"a":1}')],
    ['zstd', 'zstd', zstdCompressSync('{"a":1}')],
    ['gzip without its end', 'gzip', gzipSync('{"a":1}').subarray(0, -8)],
    ['an unknown coding', 'aws-chunked', Buffer.from('{"a":1}')],
    ['less than a word', 'gzip', Buffer.from('{"')],
    ['nothing', 'gzip', Buffer.alloc(0)],
  ])('decompresses %s', async (_, coding, body) => {
    const head = `HTTP/1.1 200 OK\r\n${coding ? `Content-Encoding: ${coding}\r\n` : ''}\r\n`;
    server.answer = [head, body.subarray(0, 3), body.subarray(3)];
    const isWhole = body.length > 3;
    expect((await get('/', { looksIntoBody: true })).text).toBe(isWhole ? '{"a":1}' : body.toString());
  });

  it('follows twenty redirects and calls admit for each host first', async () => {
    server.answer = (socket, request) => {
      const hop = Number(wanted(request).slice(1) || 0);
      socket.end(hop < 20 ? redirect(`/${hop + 1}`) : 'HTTP/1.1 200 OK\r\n\r\nbody');
    };
    const { text, address } = await get('/0');
    expect(text).toBe('body');
    expect(address).toBe(server.url('/20'));
    expect(hosts).toHaveLength(21);
  });

  it('sends no request to a host that admit rejects', async () => {
    const refusal = new Error('inside');
    server.answer = [redirect('http://localhost/')];
    const strict = new ProviderHttp({
      accept: acceptValidOnly,
      admit: ({ hostname }) => (hostname === 'localhost' ? Promise.reject(refusal) : Promise.resolve(lookup)),
    });
    const options = {
      headers: {},
      signal: AbortSignal.timeout(5_000),
      timeouts: { firstByte: 0, silence: 0 },
    };
    await expect(strict.get(server.url(), options)).rejects.toBe(refusal);
    expect(server.requests).toHaveLength(1);
    strict.close();
  });

  it('rejects endless and circular redirects', async () => {
    let hops = 0;
    server.answer = (socket) => socket.end(redirect(`/${hops++}`));
    await expect(get('/start')).rejects.toMatchObject({ code: 'REDIRECT' });
    expect(hops).toBeLessThan(30);
    server.requests.length = 0;
    server.answer = (socket, request) => socket.end(redirect(wanted(request) === '/a' ? '/b' : '/a'));
    await expect(get('/a')).rejects.toMatchObject({ code: 'REDIRECT' });
    expect(server.requests).toHaveLength(2);
  });

  it('sends cookies along redirects, even to the same address', async () => {
    server.answer = (socket, request) =>
      socket.end(
        /cookie: a=1%2F; b=2/i.test(request)
          ? 'HTTP/1.1 200 OK\r\n\r\nbody'
          : redirect('/', 'Set-Cookie: a=1%2F; Path=/; HttpOnly', 'Set-Cookie: b=2'),
      );
    expect((await get()).text).toBe('body');
  });

  it('sends no cookies to hosts of another domain', async () => {
    const { port } = new URL(server.url());
    server.answer = (socket, request) =>
      socket.end(
        /host: localhost/i.test(request)
          ? 'HTTP/1.1 200 OK\r\n\r\nbody'
          : redirect(`http://localhost:${port}/`, 'Set-Cookie: a=1', 'Set-Cookie: b=2; Domain=localhost'),
      );
    expect((await get()).text).toBe('body');
    expect(server.requests[1]).not.toMatch(/cookie/i);
  });

  it('closes the connection of a redirect with an endless body', async () => {
    server.answer = (socket, request) => {
      if (wanted(request) === '/') socket.write(`${redirect('/to')}`);
      else socket.end('HTTP/1.1 200 OK\r\n\r\nbody');
    };
    expect((await get('/', { looksIntoBody: true })).text).toBe('body');
    await expect.poll(() => server.open).toBe(0);
  });

  it('closes the connection of a compressed answer whose body is destroyed', async () => {
    server.answer = (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n');
    const { body } = await http.get(server.url(), {
      headers: {},
      signal: new AbortController().signal,
      timeouts: { firstByte: 1_000, silence: 0 },
    });
    body.destroy();
    await expect.poll(() => server.open).toBe(0);
  });

  it('limits the wait for the first byte and between bytes', async () => {
    server.answer = () => {};
    await expect(get('/', { timeouts: { firstByte: 50, silence: 0 } })).rejects.toMatchObject({
      code: 'HEAD_TIMEOUT',
    });
    server.answer = (socket) => socket.write('HTTP/1.1 200 OK\r\n\r\nbo');
    await expect(get('/', { timeouts: { firstByte: 500, silence: 50 } })).rejects.toMatchObject({
      code: 'BODY_TIMEOUT',
    });
    await expect.poll(() => server.open).toBe(0);
  });

  it('does not time out while nobody reads the body', async () => {
    server.answer = (socket) => socket.write('HTTP/1.1 200 OK\r\n\r\nbody');
    const { body } = await http.get(server.url(), {
      headers: {},
      signal: AbortSignal.timeout(10_000),
      timeouts: { firstByte: 5_000, silence: 200 },
    });
    await new Promise((resolve) => setTimeout(resolve, 700));
    const [first] = await once(body, 'data');
    expect(String(first)).toBe('body');
  });

  it('rejects with the signal’s reason at every stage', async () => {
    const reason = new Error('enough');
    for (const answer of [
      () => {},
      (socket: { write(text: string): void }) => socket.write('HTTP/1.1 200 OK\r\n\r\nbo'),
    ]) {
      server.answer = answer as typeof server.answer;
      const abort = new AbortController();
      setTimeout(() => abort.abort(reason), 50);
      await expect(get('/', { signal: abort.signal, looksIntoBody: true })).rejects.toBe(reason);
    }
    await expect(get('/', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect.poll(() => server.open).toBe(0);
  });

  it('rejects a switch of protocols', async () => {
    server.answer = ['HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n'];
    await expect(get()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('reports a broken connection as an error or to onCut', async () => {
    const cut = ['HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n', 'body'];
    server.answer = cut;
    await expect(get()).rejects.toMatchObject({ code: 'ECONNRESET' });
    const cuts: unknown[] = [];
    const { text } = await get('/', { looksIntoBody: true, onCut: (error) => cuts.push(error) });
    expect(text).toBe('body');
    expect(cuts).toMatchObject([{ code: 'ECONNRESET' }]);
  });
});
