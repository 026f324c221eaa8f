import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Dispatcher, request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDispatcher } from '../../src/app/create-logo-dispatcher.ts';

/** Two servers of the owner's own machine: the provider, and something else that nobody outside may reach. */
let provider: Server;
let router: Server;
let dispatcher: Dispatcher;
const asked: (string | undefined)[] = [];
const portOf = (server: Server) => (server.address() as AddressInfo).port;

beforeEach(async () => {
  asked.length = 0;
  router = createServer((incoming, outgoing) => {
    asked.push(incoming.url);
    outgoing.end('secret');
  });
  provider = createServer((incoming, outgoing) => {
    if (incoming.url === '/logo.png') outgoing.end('logo');
    else outgoing.writeHead(302, { location: `http://127.0.0.1:${portOf(router)}/by-redirect` }).end();
  });
  for (const server of [router, provider]) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }
  dispatcher = createDispatcher({ add: () => {} }, `http://127.0.0.1:${portOf(provider)}`);
});
afterEach(async () => {
  await dispatcher.destroy();
  for (const server of [router, provider]) await new Promise((resolve) => server.close(resolve));
});

describe('createDispatcher', () => {
  it('requests the provider at any address', async () => {
    const { body } = await request(`http://127.0.0.1:${portOf(provider)}/logo.png`, { dispatcher });
    expect(await body.text()).toBe('logo');
  });

  it.each([
    ['an address', (port: number) => `http://127.0.0.1:${port}/`],
    ['an address in another spelling', (port: number) => `http://0x7f.1:${port}/`],
    ['an IPv6 address', (port: number) => `http://[::1]:${port}/`],
    ['an IPv4 address in IPv6', (port: number) => `http://[::ffff:127.0.0.1]:${port}/`],
    ['a name', (port: number) => `http://localhost:${port}/`],
    ['the provider’s redirect', () => `http://127.0.0.1:${portOf(provider)}/away`],
  ])('requests no other private address by %s', async (_, addressOf) => {
    await expect(request(addressOf(portOf(router)), { dispatcher })).rejects.toMatchObject({
      code: 'address_inside',
    });
    expect(asked).toEqual([]);
  });
});
