import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ownedCopy } from '../../../src/lib/owned-bytes.ts';
import { PACKET_SIZE } from '../../../src/stream/mpeg-ts/packets.ts';
import type { LiveChannel } from '../../../src/stream/screen/live-channel.ts';
import { streamTransport } from '../../../src/stream/screen/transport-stream.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { makeLiveChannel } from '../../fakes/live-channel.ts';
import { labelOf, segmentOf } from '../../fakes/synthetic-segment.ts';

const SEGMENT = 3 * PACKET_SIZE;
let server: Server | null = null;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

describe('streamTransport', () => {
  it('begins four seconds back, with a keyframe, and goes on across a switch', async () => {
    const live = makeLiveChannel(new FakeClock());
    for (const [index, independent] of [true, true, false, true, false, false].entries())
      live.publish(segmentOf(`a${index}`, { start: 2 * index, independent }), live);
    const { body } = await open(live);
    live.publish(segmentOf('b0', { start: 900 }), {});
    expect(await read(body, 4)).toEqual(['a3', 'a4', 'a5', 'b0']);
    expect(live.viewers.count).toBe(1);
  });

  it('begins with the first segment if there are fewer seconds', async () => {
    const live = makeLiveChannel(new FakeClock());
    live.publish(segmentOf('a0'), live);
    const { body } = await open(live);
    expect(await read(body, 1)).toEqual(['a0']);
  });

  it('forgets a reader that leaves', async () => {
    const live = makeLiveChannel(new FakeClock());
    live.publish(segmentOf('a0'), live);
    const { body, response } = await open(live);
    const closed = once(response, 'close');
    body.destroy();
    await closed;
    expect(live.viewers.count).toBe(0);
    live.publish(segmentOf('a1', { start: 2 }), live);
    expect(response.writableLength).toBe(0);
  });

  it('sends nothing to a reader that has left before', async () => {
    const live = makeLiveChannel(new FakeClock());
    live.publish(segmentOf('a0'), live);
    const { response, body } = await open(live, false);
    const closed = once(response, 'close');
    body.destroy();
    await closed;
    streamTransport(live, response);
    expect(live.viewers.count).toBe(0);
  });

  it('cuts off a reader that has stopped reading', async () => {
    const live = makeLiveChannel(new FakeClock());
    live.publish(segmentOf('a0'), live);
    const { body, response } = await open(live);
    body.pause();
    const closed = once(response, 'close');
    const large = {
      ...segmentOf('big', { start: 2 }),
      bytes: ownedCopy(Buffer.alloc(100_000 * PACKET_SIZE, 0x47)),
    };
    for (let index = 0; index < 6; index++) live.publish(large, live);
    await closed;
    expect(live.viewers.count).toBe(0);
  });
});

async function open(
  live: LiveChannel,
  stream = true,
): Promise<{ body: IncomingMessage; response: ServerResponse }> {
  const response = Promise.withResolvers<ServerResponse>();
  server = createServer((_, answer) => {
    answer.flushHeaders();
    if (stream) streamTransport(live, answer);
    response.resolve(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const request = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', agent: false });
  const [body] = (await once(request, 'response')) as [IncomingMessage];
  body.on('error', () => {});
  return { body, response: await response.promise };
}

/** Labels of the next `count` segments. */
async function read(body: IncomingMessage, count: number): Promise<string[]> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size >= count * SEGMENT) break;
  }
  const bytes = Buffer.concat(chunks);
  return Array.from({ length: count }, (_, index) =>
    labelOf({ bytes: bytes.subarray(index * SEGMENT, (index + 1) * SEGMENT) }),
  );
}
