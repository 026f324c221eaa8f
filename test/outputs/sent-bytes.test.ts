import { Agent, createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SentBytes } from '../../src/outputs/sent-bytes.ts';

const SIZE = 100_000;
let sent: SentBytes;
let server: Server;
let goOn = () => {};
beforeEach(async () => {
  sent = new SentBytes();
  server = createServer((request, response) => {
    if (request.url === '/plain') return void response.end('x'.repeat(SIZE));
    sent.follow('recordings', response);
    response.write('x'.repeat(SIZE));
    goOn = () => void response.end('x'.repeat(SIZE));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

/** Asks over one connection. */
function ask(agent: Agent, path: string, onBytes: (length: number) => void = () => {}): Promise<void> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, agent }, (response) => {
      response.on('data', (bytes: Buffer) => onBytes(bytes.length)).on('end', resolve);
    }).on('error', reject);
  });
}

it('counts an answer while it goes on, without those before and after it on its connection', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  await ask(agent, '/plain');
  let received = 0;
  const answer = ask(agent, '/', (length) => {
    received += length;
  });
  await expect.poll(() => received).toBe(SIZE);
  expect(sent.openOf('recordings')).toBe(1);
  expect(sent.total('recordings')).toBeGreaterThanOrEqual(SIZE);
  expect(sent.total('recordings')).toBeLessThan(SIZE + 1_000);
  goOn();
  await answer;
  await expect.poll(() => sent.openOf('recordings')).toBe(0);
  await ask(agent, '/plain');
  expect(sent.total('recordings')).toBeGreaterThanOrEqual(2 * SIZE);
  expect(sent.total('recordings')).toBeLessThan(2 * SIZE + 1_000);
  expect(sent.total('links')).toBe(0);
  agent.destroy();
});
