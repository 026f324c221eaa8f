import type { Socket } from 'node:net';

const ICY = Buffer.from('ICY ');
const HTTP = Buffer.from('HTTP/1.0 ');

/**
 * Lets a connection to a Shoutcast server be read as HTTP, which its answer is but for the first word of its status line
 * ("ICY 200 OK"): the parser would refuse it.
 */
export function readIcyAsHttp(socket: Socket): void {
  const read = socket.read.bind(socket);
  socket.read = (size?: number) => {
    const chunk: unknown = read(size);
    if (!Buffer.isBuffer(chunk)) return chunk;
    socket.read = read;
    return chunk.subarray(0, ICY.length).equals(ICY)
      ? Buffer.concat([HTTP, chunk.subarray(ICY.length)])
      : chunk;
  };
}
