import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBoundedServer, requestLimits } from '../../src/http/bounded-server.ts';
import { Unfinished } from '../../src/http/unfinished-requests.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

describe('the unfinished requests of an address', () => {
  let clock: FakeClock;
  let unfinished: Unfinished;
  const ended: string[] = [];
  const begin = (name: string, from = 'a') => unfinished.begin(from, () => ended.push(name));
  beforeEach(() => {
    ended.length = 0;
    clock = new FakeClock();
    unfinished = new Unfinished({ most: 2, clock });
  });

  it('may take a moment, however many there are', async () => {
    const finish = ['1', '2', '3', '4', '5'].map((name) => begin(name));
    await clock.advance(1_999);
    expect(ended).toEqual([]);
    for (const each of finish) each();
    await clock.advance(10_000);
    expect(ended).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('are ended, oldest first, where there are too many for long', async () => {
    for (const name of ['1', '2', '3', '4']) begin(name);
    await clock.advance(2_000);
    expect(ended).toEqual(['1', '2']);
    await clock.advance(60_000);
    begin('5');
    expect(ended).toEqual(['1', '2', '3']);
  });

  it('do not count once they are finished, nor for another address', async () => {
    const finish = begin('1');
    begin('2');
    finish();
    finish();
    begin('3');
    begin('4', 'b');
    begin('5', 'b');
    await clock.advance(60_000);
    expect(ended).toEqual([]);
  });
});

describe('a server', () => {
  let fake: FakeHttp;
  let url: URL;
  const sockets: Socket[] = [];
  beforeEach(async () => {
    fake = await startFakeHttp({ trustProxy: '127.0.0.2' });
    url = new URL(await fake.listen());
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await fake.stop();
  });

  /** A connection from 127.0.0.1, or another address of this machine, that says this and then nothing. */
  function open(words = '', localAddress = '127.0.0.1') {
    const socket = connect({ port: Number(url.port), host: '127.0.0.1', localAddress });
    sockets.push(socket);
    socket.on('error', () => {}).resume();
    socket.write(words);
    return new Promise<Socket>((resolve) => socket.once('connect', () => resolve(socket)));
  }
  const left = () => sockets.filter((socket) => !socket.closed).length;
  const post = (forwarded = '') =>
    `POST /stop_stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${bearer.authorization}\r\n${forwarded}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`;

  it('keeps few silent connections of one address, and serves all requests', async () => {
    await Promise.all(Array.from({ length: 300 }, () => open()));
    expect((await fetch(new URL('/health', url))).status).toBe(200);
    const other = await open('', '127.0.0.3');
    await expect.poll(left, { timeout: 8_000 }).toBeLessThan(100);
    expect(other.closed).toBe(false);
    // Also whoever shares the address with them.
    const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(new URL('/health', url))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  /** How many are left, some seconds later by the server's clock. */
  const leftLater = async () => {
    await fake.clock.advance(2_000);
    return left();
  };

  it('drops the oldest endless bodies of an address', async () => {
    await Promise.all(Array.from({ length: 60 }, () => open(post())));
    await expect.poll(leftLater, { timeout: 3_000 }).toBe(32);
    expect((await fetch(new URL('/stop_stream', url), { method: 'POST', headers: bearer })).status).toBe(200);
  });

  it('counts by the address that a proxy names, not by the proxy’s own', async () => {
    const from = (client: string) => open(post(`X-Forwarded-For: ${client}\r\n`), '127.0.0.2');
    await Promise.all(Array.from({ length: 60 }, (_, n) => from(`198.51.100.${n}`)));
    // One household, many addresses.
    await Promise.all(Array.from({ length: 60 }, (_, n) => from(`2001:db8::${n + 1}`)));
    await expect.poll(leftLater, { timeout: 3_000 }).toBe(60 + 32);
  });
});

describe('the time for a request', () => {
  const limits = { headers: requestLimits.headers / 10, whole: requestLimits.whole / 10 };

  it('is limited for a slow sender, but not for a client that waits for an answer', async () => {
    const server = createBoundedServer((request, response) => {
      response.writeHead(200);
      response.write('x');
      request.resume();
    }, limits);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const began = performance.now();
    const lives = async (words: string) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(words));
      const drip = setInterval(() => socket.write('a'), 500);
      await new Promise((resolve) =>
        socket
          .on('error', () => {})
          .resume()
          .once('close', resolve),
      );
      clearInterval(drip);
      return performance.now() - began;
    };
    const waiting = fetch(`http://127.0.0.1:${port}/`).then(({ body }) => body?.getReader());
    const [silent, headers, body] = await Promise.all([
      lives(''),
      lives('GET / HTTP/1.1\r\nHost: x\r\nX-A: '),
      lives('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n'),
    ]);
    expect(Math.max(silent, headers)).toBeLessThan(5_000);
    expect(body).toBeLessThan(5_000);
    const reader = await waiting;
    await reader?.read();
    const more = reader?.read().then(
      () => 'ended',
      () => 'ended',
    );
    const patience = new Promise((resolve) => setTimeout(() => resolve('lives'), 300));
    expect(await Promise.race([more, patience])).toBe('lives');
    server.closeAllConnections();
    server.close();
  });
});
