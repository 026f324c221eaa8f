import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Ask, probeDisk, probePublicUrl } from '../../src/doctor/probes.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A fetch that finds tv.example at a server of this test. */
async function tvExample(handle: RequestListener): Promise<Ask> {
  server = createServer(handle);
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const { port } = server.address() as AddressInfo;
  return (url, init) => fetch(url.replace('https://tv.example', `http://127.0.0.1:${port}`), init);
}

const reach = (ask: Ask) => probePublicUrl('https://tv.example', 'me', ask);

describe('probePublicUrl', () => {
  it('recognises this server', async () => {
    const paths: string[] = [];
    const ask = await tvExample((request, response) => {
      paths.push(request.url ?? '');
      response.end(JSON.stringify({ status: 'ok', instance: 'me' }));
    });
    expect(await reach(ask)).toEqual({ url: 'https://tv.example', is: 'reached' });
    expect(paths).toEqual(['/health']);
  });

  it.each([
    ['another Zapette', JSON.stringify({ status: 'ok', instance: 'somebody else' })],
    ['a router’s page', '<html>Welcome</html>'],
    ['an empty answer', ''],
  ])('recognises %s', async (_, body) => {
    expect(await reach(await tvExample((_request, response) => response.end(body)))).toMatchObject({
      is: 'foreign',
    });
  });

  it('recognises a proxy that changes the host name', async () => {
    const refusal = JSON.stringify({ error: { code: 'unknown_host', message: 'Zapette does not answer' } });
    const ask = await tvExample((_request, response) => response.writeHead(421).end(refusal));
    expect(await reach(ask)).toMatchObject({ is: 'renamed' });
  });

  it('recognises that nobody answers', async () => {
    const ask = await tvExample((request) => request.socket.destroy());
    expect(await reach(ask)).toMatchObject({ is: 'unreachable' });
  });

  it('sends no request to an address that cannot be right', async () => {
    const ask = () => Promise.reject(new Error('asked'));
    expect(await probePublicUrl(null, 'me', ask)).toEqual({ url: null, is: 'unset' });
    for (const url of ['http://localhost:8002', 'http://127.0.0.1', 'http://[::1]:8002']) {
      expect(await probePublicUrl(url, 'me', ask)).toEqual({ url, is: 'local' });
    }
  });
});

describe('probeDisk', () => {
  it('measures the free space, and reports what is missing', async () => {
    expect(await probeDisk('.')).toMatchObject({ free: expect.any(Number), isWritable: true });
    expect(await probeDisk('./no-such-folder')).toMatchObject({ free: null, isWritable: false });
  });
});
