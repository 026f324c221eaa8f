import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type DoorOptions, FrontDoor } from '../../src/http/front-door.ts';

const free = { host: '127.0.0.1', port: 0, inheritedSocket: null };
const doors: FrontDoor[] = [];
afterEach(() => Promise.all(doors.splice(0).map((door) => door.close())));

function makeDoor(options: Partial<DoorOptions> = {}): FrontDoor {
  const door = new FrontDoor({ ...free, ...options });
  doors.push(door);
  return door;
}

const inside = () => createHttpServer((_request, response) => response.end('come in'));

describe('the front door', () => {
  it('keeps connections waiting until the server is ready, and refuses none', async () => {
    const door = makeDoor();
    const url = await door.listen();
    const early = Promise.all([fetch(url), fetch(url)]);
    door.open(inside());
    for (const response of [...(await early), await fetch(url)])
      expect(await response.text()).toBe('come in');
  });

  it('explains what is wrong with the port', async () => {
    const { port } = new URL(await makeDoor().listen());
    await expect(makeDoor({ port: Number(port) }).listen()).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('gives an address that a browser can open where it listens on all addresses', async () => {
    expect(await makeDoor({ host: '0.0.0.0' }).listen()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('closes all connections, also waiting ones, and can be closed twice', async () => {
    const door = makeDoor();
    const waiting = fetch(await door.listen());
    const refused = expect(waiting).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all([door.close(), door.close()]);
    await refused;
  });

  // Other systems give the loopback interface one address.
  it.skipIf(process.platform !== 'linux')(
    'answers nobody any more who came by an address that it has left, except for what is on its way',
    async () => {
      const door = makeDoor({ host: '0.0.0.0' });
      const { port } = new URL(await door.listen());
      const { promise: isLeft, resolve: leave } = Promise.withResolvers<void>();
      const server = createHttpServer(({ url }, response) => {
        const answer = () => void response.end(`answer to ${url}`);
        if (url === '/slow') void isLeft.then(answer);
        else answer();
      });
      door.open(server);
      const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
      const from = async (host: string) => {
        const socket = connect(Number(port), host);
        let got = '';
        socket
          .on('error', () => {})
          .on('data', (bytes) => {
            got += String(bytes);
          });
        const closed = once(socket, 'close');
        await once(socket, 'connect');
        return { socket, closed, got: () => got };
      };
      const [idle, busy, stays] = await Promise.all([
        from('127.0.0.2'),
        from('127.0.0.2'),
        from('127.0.0.1'),
      ]);
      idle.socket.write(get('/first'));
      busy.socket.write(get('/slow'));
      stays.socket.write(get('/first'));
      for (const { got } of [idle, stays]) await expect.poll(got).toContain('answer to /first');

      await door.move({ host: '127.0.0.1', port: 0 });
      for (const { socket } of [idle, busy, stays]) if (socket.writable) socket.write(get('/second'));
      leave();
      await Promise.all([idle.closed, busy.closed]);
      expect(idle.got()).not.toContain('/second');
      expect(busy.got()).toContain('answer to /slow');
      expect(busy.got()).not.toContain('/second');
      await expect.poll(stays.got).toContain('answer to /second');
      stays.socket.destroy();
    },
  );

  it('stays where it is if the new address leads nowhere', async () => {
    const door = makeDoor();
    const url = await door.listen();
    door.open(inside());
    await expect(door.move({ host: 'no-such-name.invalid', port: 0 })).rejects.toThrow();
    expect(await (await fetch(url)).text()).toBe('come in');
  });
});
