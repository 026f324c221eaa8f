import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HdHomeRunDiscovery } from '../../src/outputs/hdhomerun-discovery.ts';
import { discoverReply, type TunerDescription } from '../../src/outputs/hdhomerun-packet.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

const REQUEST = Buffer.from('0002000c0104ffffffff0204ffffffff73cc7d8f', 'hex');
const deviceId = '10ABCDE1';
const clock = new FakeClock();

let player: Socket;
let replies: Buffer[];
const all: HdHomeRunDiscovery[] = [];

beforeEach(async () => {
  replies = [];
  player = createSocket('udp4');
  player.on('message', (packet) => replies.push(packet));
  player.bind(0, '127.0.0.1');
  await once(player, 'listening');
});
afterEach(async () => {
  player.close();
  for (const each of all.splice(0)) await each.switch(false);
});

function create(options: { port?: number; describe?: (address: string) => TunerDescription | null } = {}) {
  const describe = (own: string) => ({ id: deviceId, tuners: 2, baseUrl: `http://${own}:8002` });
  const made = new HdHomeRunDiscovery({
    ...{ deviceId, describe, clock, logger: silentLogger, port: 0 },
    ...options,
  });
  all.push(made);
  return made;
}

async function ask(discovery: HdHomeRunDiscovery, packet = REQUEST, times = 1): Promise<void> {
  const { port } = discovery;
  for (let time = 0; time < times; time++)
    await new Promise((sent) => player.send(packet, port as number, '127.0.0.1', sent));
}

/** Waits until what was sent before has been seen: a well-formed request of its own is answered after it. */
async function nothingMore(discovery: HdHomeRunDiscovery): Promise<void> {
  const before = replies.length;
  clock.skip(60_000);
  await ask(discovery);
  await expect.poll(() => replies.length).toBeGreaterThan(before);
  expect(replies.length).toBe(before + 1);
}

describe('discovery', () => {
  it('answers with our address in the network of whoever asks', async () => {
    const discovery = create();
    await discovery.switch(true);
    await ask(discovery);
    await expect.poll(() => replies.length).toBe(1);
    const expected = { id: deviceId, tuners: 2, baseUrl: 'http://127.0.0.1:8002' };
    expect(replies[0]).toEqual(discoverReply(expected));
  });

  it('says nothing to what is no request, or where there is nothing to say', async () => {
    const described: (TunerDescription | null)[] = [];
    let isOpen = false;
    const discovery = create({
      describe: (own) => {
        described.push(isOpen ? { id: deviceId, tuners: 2, baseUrl: `http://${own}` } : null);
        return described.at(-1) ?? null;
      },
    });
    await discovery.switch(true);
    await ask(discovery, Buffer.from('hello'));
    await ask(discovery, Buffer.alloc(0));
    await ask(discovery);
    await expect.poll(() => described.length).toBe(1);
    isOpen = true;
    await nothingMore(discovery);
    expect(described.length).toBe(2);
  });

  it('answers one asker only so often', async () => {
    const discovery = create();
    await discovery.switch(true);
    await ask(discovery, REQUEST, 60);
    await expect.poll(() => replies.length).toBe(20);
    await nothingMore(discovery);
    expect(replies.length).toBe(21);
  });

  it('opens and closes with the setting', async () => {
    const discovery = create();
    expect(discovery).toMatchObject({ state: 'off', port: null });
    await discovery.switch(true);
    await discovery.switch(true);
    expect(discovery.state).toBe('on');
    const { port } = discovery;
    await Promise.all([discovery.switch(false), discovery.switch(true), discovery.switch(false)]);
    expect(discovery).toMatchObject({ state: 'off', port: null });
    // The port is free again.
    const other = create({ port: port as number });
    await other.switch(true);
    expect(other.state).toBe('on');
  });

  it('does not try again once it is off', async () => {
    const first = create();
    await first.switch(true);
    const second = create({ port: first.port as number });
    await second.switch(true);
    await second.switch(false);
    expect(second.state).toBe('off');
    expect(clock.pending).toBe(0);
  });

  it('goes on without it where the port is taken, and takes it once it is free', async () => {
    const first = create();
    await first.switch(true);
    const second = create({ port: first.port as number });
    await second.switch(true);
    expect(second).toMatchObject({ state: 'port_taken', port: null });
    await clock.advance(60_000);
    expect(second.state).toBe('port_taken');
    await first.switch(false);
    await clock.advance(60_000);
    await expect.poll(() => second.state).toBe('on');
    expect(clock.pending).toBe(0);
    await ask(second);
    await expect.poll(() => replies.length).toBe(1);
  });
});
