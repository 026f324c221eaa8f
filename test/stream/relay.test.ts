import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Slots } from '../../src/accounts/slots.ts';
import type { SourceProvider } from '../../src/domain/source-provider.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { Relay } from '../../src/stream/relay.ts';
import { type ChannelWish, Tuners } from '../../src/stream/tuner/tuners.ts';
import { poolOf } from '../fakes/account-pool.ts';
import { asDelivered } from '../fakes/as-delivered.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { mainId } from '../fakes/main-id.ts';
import { Origin, says, television } from '../fakes/origin.ts';
import { silentLogger } from '../fakes/silent-logger.ts';
import { continuation, pes } from '../fakes/ts-packets.ts';

const never = new AbortController().signal;

let origin: Origin;
/** The provider's side of each connection. */
let lines: ServerResponse[];
let slots: Slots;
let tuners: Tuners;
let clock: FakeClock;
let server: Server;
let relays: Relay[];
let responses: ServerResponse[];
let sockets: Socket[];
/** What each relay is asked for besides the channel. */
let past: Pick<ChannelWish, 'past'>;
let wishes: ChannelWish[];

beforeEach(async () => {
  [lines, relays, responses, sockets] = [[], [], [], []];
  [past, wishes] = [{}, []];
  origin = await new Origin().start();
  origin.answer((_, response) => {
    lines.push(response);
    response.writeHead(200).write(television);
  });
  slots = new Slots(1);
  const timeouts = { firstByte: 2_000, silence: 2_000, refusals: 0 };
  const { http } = origin;
  const urlOf = (id: number) => origin.url(`/${id}`);
  const archive: SourceProvider['archive'] = (channelId, { from, to }) => [
    {
      ...{ channelId, url: origin.url(`/past/${from}-${to}`), format: 'ts', userAgent: 'Player/1' },
      ...{ noteWorked: () => {}, noteLive: () => {} },
    },
  ];
  const accounts = poolOf({ slots, http, urlOf, archive });
  tuners = new Tuners(accounts, { clock: systemClock, logger: silentLogger, timeouts });
  clock = new FakeClock();
  server = createServer((request, response) => {
    const channelId = Number(request.url?.slice(1));
    const asking: Pick<Tuners, 'acquire'> = {
      acquire: (asked, ...more) => {
        wishes.push(asked);
        return tuners.acquire(asked, ...more);
      },
    };
    const relay = new Relay({ ...wish(channelId), ...past }, { tuners: asking, clock });
    relays.push(relay);
    responses.push(response);
    relay.start().then(
      () => {
        response.flushHeaders();
        return relay.send(response);
      },
      (error) => response.writeHead(503).end(error.code),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  server.closeAllConnections();
  server.close();
  await tuners.stop();
  await origin.stop();
});

describe('Relay', () => {
  it('sends the channel from its first keyframe on', async () => {
    const player = await open(1);
    await player.has(asDelivered(television));
    lines[0]?.write(continuation());
    await player.has(asDelivered(television, continuation()));
    expect(slots.holders).toEqual(['Channel 1']);
  });

  it('costs no second connection where the channel is open, and begins with a keyframe there', async () => {
    const screen = await tuners.acquire(wish(1), 'screen', never);
    screen.listen(() => {});
    const player = await open(1);
    lines[0]?.write(Buffer.concat([continuation(), television]));
    const all = asDelivered(television, continuation(), television);
    await player.has(all.subarray(asDelivered(television, continuation()).length));
    expect(origin.requests).toEqual(['/1']);
    await player.leave();
    await expect.poll(() => relays[0]?.backlog).toBe(0);
    expect(slots.holders).toEqual(['Channel 1']);
    await screen.release();
    expect(slots.free).toBe(1);
  });

  it('lets go of the channel when the reader leaves', async () => {
    const player = await open(1);
    await player.has(asDelivered(television));
    await player.leave();
    await expect.poll(() => slots.free).toBe(1);
  });

  it('lets a reader go that does not read', async () => {
    const player = await open(1);
    await player.has(asDelivered(television));
    player.socket.pause();
    const much = Buffer.concat(Array.from({ length: 5_000 }, () => continuation()));
    while (!lines[0]?.destroyed) {
      lines[0]?.write(much);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(slots.free).toBe(1);
  }, 20_000);

  it('ends with a source that cannot be had again', async () => {
    const player = await open(1);
    await player.has(asDelivered(television));
    origin.answer(says(404));
    clock.skip(60_000);
    lines[0]?.end();
    await player.ended();
    expect(origin.requests).toEqual(['/1', '/1']);
    expect(slots.free).toBe(1);
  });

  it('opens a source again that had been there for a while, within the same answer', async () => {
    const player = await open(1);
    await player.has(asDelivered(television));
    clock.skip(60_000);
    lines[0]?.end();
    await player.has(Buffer.concat([asDelivered(television), asDelivered(television)]));
    // … but not one that ends at once.
    lines[1]?.end();
    await player.ended();
    expect(origin.requests).toEqual(['/1', '/1']);
  });

  it('opens a past programme again where it broke off, and not at its end', async () => {
    const hour = 3_600_000;
    past = { past: { from: hour, to: 2 * hour } };
    const player = await open(1);
    const later = Buffer.concat([1, 2, 3].map((second) => pes({ pts: second * 90_000, keyframe: true })));
    await player.has(asDelivered(television));
    clock.skip(60_000);
    lines[0]?.write(later, () => lines[0]?.destroy());
    await expect.poll(() => lines).toHaveLength(2);
    lines[1]?.end();
    await player.ended();
    expect(wishes.map((each) => each.past)).toEqual([past.past, { from: hour + 3_000, to: 2 * hour }]);
  });

  it('gives way to the shared screen, and does not come back', async () => {
    const player = await open(1);
    await player.has(asDelivered(television));
    clock.skip(60_000);
    const screen = await tuners.acquire(wish(2), 'screen', never);
    await player.ended();
    expect(origin.requests).toEqual(['/1', '/2']);
    expect(slots.holders).toEqual(['Channel 2']);
    expect(await (await open(1)).has(Buffer.from('no_slot'))).toBe(503);
    await screen.release();
  });

  it('leaves nothing, once stopped, for a reader that does not read', async () => {
    const player = await open(1);
    await player.has(asDelivered(television));
    player.socket.pause();
    const much = Buffer.concat(Array.from({ length: 5_000 }, () => continuation()));
    while ((relays[0]?.backlog ?? 0) < 2 * much.length) {
      lines[0]?.write(much);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await relays[0]?.stop();
    await expect.poll(() => responses[0]?.destroyed).toBe(true);
    expect(slots.free).toBe(1);
  });

  it('can be stopped, also while the channel is being opened', async () => {
    const player = await open(1);
    await player.has(asDelivered(television));
    await relays[0]?.stop();
    await player.ended();
    expect(slots.free).toBe(1);

    origin.answer(() => {});
    const early = new Relay(wish(1), { tuners, clock });
    const starting = early.start();
    await early.stop(new Error('revoked'));
    await expect(starting).rejects.toThrow('revoked');
    await expect.poll(() => slots.free).toBe(1);
  });
});

function wish(channelId: number): ChannelWish {
  return { channelId: mainId(channelId), name: `Channel ${channelId}` };
}

/** A player that has been answered, in HTTP 1.0, without chunked encoding, to see the bare bytes. */
async function open(channelId: number) {
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let received = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
  });
  const over = once(socket, 'close');
  socket.write(`GET /${channelId} HTTP/1.0\r\n\r\n`);
  const headers = () => received.indexOf('\r\n\r\n');
  await expect.poll(headers).toBeGreaterThan(0);
  return {
    socket,
    /** Waits until exactly this has come; gives the status. */
    has: async (body: Buffer): Promise<number> => {
      await expect
        .poll(() => received.subarray(headers() + 4).toString('hex'), { timeout: 3_000 })
        .toBe(body.toString('hex'));
      return Number(received.toString('latin1', 9, 12));
    },
    ended: () => over,
    leave: async () => {
      socket.destroy();
      await over;
    },
  };
}
