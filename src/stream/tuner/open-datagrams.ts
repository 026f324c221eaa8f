import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { BlockList, isIP, isIPv6 } from 'node:net';
import { Readable } from 'node:stream';
import { AppError } from '../../domain/errors.ts';
import { isLoopback } from '../../lib/private-address.ts';
import { SilenceError } from '../../lib/provider-http/provider-http.ts';
import { SYNC_BYTE } from '../mpeg-ts/packets.ts';

/** Bytes that wait for the reader; datagrams beyond are lost, as they are in a network that is too slow. */
const MOST_WAITING = 8 * 1024 * 1024;
/** Bytes that the system keeps for the socket: a tenth of a second of a channel of 20 Mbit/s is 250 kB. */
const SOCKET_BUFFER = 2 * 1024 * 1024;
/** Lower ports belong to the system. */
const LOWEST_PORT = 1024;

const groups = new BlockList();
groups.addSubnet('224.0.0.0', 4, 'ipv4');
groups.addSubnet('ff00::', 8, 'ipv6');

/** True for an address of datagrams: `udp://239.1.1.1:1234`, `rtp://source@239.1.1.1:1234`, `udp://0.0.0.0:1234`. */
export function isDatagramAddress(url: string): boolean {
  return /^(?:udp|rtp):/i.test(url);
}

/**
 * Receives a channel as datagrams: joins a multicast group, or takes what is sent to this machine. FFmpeg could too, but
 * addresses would be in its arguments.
 * @param patience milliseconds until the first datagram.
 * @returns the bytes of the transport stream. @throws AppError channel_unsupported, SilenceError, a network error, or the
 *   signal's reason
 */
export async function openDatagrams(url: string, patience: number, signal: AbortSignal): Promise<Readable> {
  const { hostname, port: portText, username: source } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const port = Number(portText);
  const family = isIPv6(host) ? 'ipv6' : 'ipv4';
  const isGroup = isIP(host) > 0 && groups.check(host, family);
  const isOwn = host === '0.0.0.0' || host === '::' || isLoopback(host);
  if (!(isGroup || isOwn) || port < LOWEST_PORT)
    throw new AppError('channel_unsupported', { kind: new URL(url).protocol.replace(':', '') });
  signal.throwIfAborted();
  const socket = createSocket({ type: family === 'ipv6' ? 'udp6' : 'udp4', reuseAddr: true });
  const body = bodyOf(socket);
  const end = () => body.destroy(signal.reason);
  signal.addEventListener('abort', end, { once: true });
  body.once('close', () => signal.removeEventListener('abort', end));
  const timer = setTimeout(() => body.destroy(new SilenceError('HEAD_TIMEOUT')), patience);
  try {
    // Bound to the group itself, a socket gets no other group's datagrams; Windows allows this for no group.
    socket.bind(port, isGroup && process.platform === 'win32' ? undefined : host, () => {
      try {
        if (isGroup && isIP(source) > 0) socket.addSourceSpecificMembership(source, host);
        else if (isGroup) socket.addMembership(host);
        socket.setRecvBufferSize(SOCKET_BUFFER);
      } catch (error) {
        body.destroy(error as Error);
      }
    });
    await once(body, 'readable');
    return body;
  } catch (error) {
    body.on('error', () => {}).destroy();
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

function bodyOf(socket: Socket): Readable {
  const body = new Readable({
    highWaterMark: MOST_WAITING,
    read: () => {},
    destroy: (error, done) => {
      socket.removeAllListeners('message');
      socket.close(() => done(error));
    },
  });
  socket.on('message', (datagram) => {
    const payload = payloadOf(datagram);
    if (payload.length > 0 && body.readableLength < MOST_WAITING) body.push(payload);
  });
  socket.on('error', (error) => body.destroy(error));
  return body;
}

/**
 * The packets in a datagram, without the header of RTP if it has one (RFC 3550, 5.1). Addresses do not tell which of both is
 * sent. Datagrams of something else, such as error correction, are empty.
 */
export function payloadOf(datagram: Buffer): Buffer {
  const [first = 0] = datagram;
  if (first === SYNC_BYTE) return datagram;
  if (first >> 6 !== 2 || datagram.length < 12) return Buffer.alloc(0);
  let start = 12 + 4 * (first & 0x0f);
  const hasExtension = (first & 0x10) !== 0;
  if (hasExtension && datagram.length >= start + 4) start += 4 + 4 * datagram.readUInt16BE(start + 2);
  const padding = (first & 0x20) !== 0 ? (datagram.at(-1) ?? 0) : 0;
  const payload = datagram.subarray(start, datagram.length - padding);
  return payload[0] === SYNC_BYTE ? payload : Buffer.alloc(0);
}
