import { createServer as createHttpServer } from 'node:http';
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
});
