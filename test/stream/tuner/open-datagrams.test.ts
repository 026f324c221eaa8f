import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/lib/clock.ts';
import { openDatagrams, payloadOf } from '../../../src/stream/tuner/open-datagrams.ts';
import { Tuner } from '../../../src/stream/tuner/tuner.ts';
import { mainId } from '../../fakes/main-id.ts';
import { television } from '../../fakes/origin.ts';
import { plainHttp } from '../../fakes/plain-http.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

const timeouts = { firstByte: 8_000, silence: 8_000, refusals: 0 };
const never = new AbortController().signal;
const packet = Buffer.from([0x47, 0x1f, 0xff, 0x10]);
let sender: Socket | undefined;
let timer: NodeJS.Timeout | undefined;

afterEach(() => {
  clearInterval(timer);
  sender?.close();
  sender = undefined;
});

/** A port that is free. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(resolve));
  return port;
}

/** Sends the same datagram over and over. */
function send(datagram: Buffer, port: number): void {
  sender = createSocket('udp4');
  timer = setInterval(() => sender?.send(datagram, port, '127.0.0.1'), 20);
}

function rtp(payload: Buffer, { csrcs = 0, extension = 0, padding = 0 } = {}): Buffer {
  const first = 0x80 | csrcs | (extension > 0 ? 0x10 : 0) | (padding > 0 ? 0x20 : 0);
  const extended = Buffer.alloc(extension > 0 ? 4 + 4 * extension : 0);
  if (extension > 0) extended.writeUInt16BE(extension, 2);
  const filling = Buffer.alloc(padding, padding);
  return Buffer.concat([Buffer.from([first, 33]), Buffer.alloc(10 + 4 * csrcs), extended, payload, filling]);
}

describe('payloadOf', () => {
  it.each([
    ['packets alone', packet, packet],
    ['packets behind a header of RTP', rtp(packet), packet],
    ['sources, an extension and padding', rtp(packet, { csrcs: 2, extension: 3, padding: 5 }), packet],
    ['error correction', rtp(Buffer.from([0x12, 0x34])), Buffer.alloc(0)],
    ['an extension that is cut off', rtp(packet, { extension: 9 }).subarray(0, 20), Buffer.alloc(0)],
    ['too much padding', rtp(Buffer.alloc(3, 200), { padding: 200 }).subarray(0, 30), Buffer.alloc(0)],
    ['something else', Buffer.from('hello'), Buffer.alloc(0)],
    ['nothing', Buffer.alloc(0), Buffer.alloc(0)],
  ])('finds the packets in %s', (_, datagram, expected) => {
    expect(payloadOf(datagram)).toEqual(expected);
  });
});

describe('openDatagrams', () => {
  it('makes a channel of datagrams with a header of RTP', async () => {
    const port = await freePort();
    send(rtp(television), port);
    const source = {
      channelId: mainId(1),
      url: `rtp://127.0.0.1:${port}`,
      format: 'ts' as const,
      userAgent: 'Player/1',
    };
    const tuner = new Tuner(
      { channelId: mainId(1), source: async () => source },
      { http: plainHttp, clock: systemClock, logger: silentLogger, timeouts },
    );
    try {
      await expect(tuner.start()).resolves.toMatchObject({ video: 'h264' });
    } finally {
      await tuner.stop();
    }
    // The port is free again.
    const next = createSocket('udp4').bind({ port, address: '127.0.0.1', exclusive: true });
    await once(next, 'listening');
    next.close();
  });

  it.each([
    ['another machine', 'udp://192.0.2.1:5000'],
    ['a name', 'udp://router.example:5000'],
    ['no port', 'udp://239.1.1.1'],
    ['a port of the system', 'rtp://0.0.0.0:53'],
  ])('refuses %s', async (_, url) => {
    const refused = { name: 'AppError', code: 'channel_unsupported', params: { kind: url.slice(0, 3) } };
    await expect(openDatagrams(url, 1_000, never)).rejects.toMatchObject(refused);
  });

  it('gives up when nothing comes, and when it is aborted', async () => {
    const url = `udp://127.0.0.1:${await freePort()}`;
    await expect(openDatagrams(url, 20, never)).rejects.toMatchObject({ code: 'HEAD_TIMEOUT' });
    const abort = new AbortController();
    const opening = openDatagrams(url, 8_000, abort.signal);
    abort.abort(new Error('gone'));
    await expect(opening).rejects.toThrow('gone');
  });
});
