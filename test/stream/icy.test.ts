import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDispatcher } from '../../src/stream/dispatcher.ts';

let server: Server;
let answer: string[];

beforeEach(async () => {
  server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      for (const [index, part] of answer.entries()) setTimeout(() => socket.write(part), 10 * index);
      setTimeout(() => socket.end(), 10 * answer.length);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => server.close());

async function ask(): Promise<{ status: number; type: unknown; text: string }> {
  const { port } = server.address() as AddressInfo;
  const dispatcher = createDispatcher(
    { add() {} },
    { home: `http://127.0.0.1:${port}`, hasNeighbours: true },
  );
  const { statusCode, headers, body } = await request(`http://127.0.0.1:${port}/`, { dispatcher });
  return { status: statusCode, type: headers['content-type'], text: await body.text() };
}

describe('a connection to the provider', () => {
  it('reads what Shoutcast servers say', async () => {
    answer = ['ICY 200 OK\r\nicy-name: Radio\r\ncontent-type: audio/mpeg\r\n\r\nso', 'und'];
    expect(await ask()).toEqual({ status: 200, type: 'audio/mpeg', text: 'sound' });
    answer = ['ICY 401 Service Unavailable\r\n\r\n'];
    expect((await ask()).status).toBe(401);
  });

  it('reads HTTP as it is', async () => {
    answer = ['HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n', 'ICY 200 OK'];
    expect(await ask()).toEqual({ status: 200, type: 'text/plain', text: 'ICY 200 OK' });
  });
});
