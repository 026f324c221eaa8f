import type { Socket } from 'node:net';

const ICY = Buffer.from('ICY ');
const HTTP = Buffer.from('HTTP/1.0 ');

/**
 * Lets a connection to a Shoutcast server be read as HTTP, which its answer is but for the first word of its status line
 * ("ICY 200 OK"): the parser would refuse it.
 */
export function readIcyAsHttp(socket: Socket): void {
  const read = socket.read.bind(socket);
  let head: Buffer = Buffer.alloc(0);
  socket.read = (size?: number) => {
    const chunk: unknown = read(size);
    if (!Buffer.isBuffer(chunk)) return chunk;
    head = Buffer.concat([head, chunk]);
    // The first word may come in pieces.
    if (head.length < ICY.length && ICY.subarray(0, head.length).equals(head)) return socket.read(size);
    socket.read = read;
    return head.subarray(0, ICY.length).equals(ICY) ? Buffer.concat([HTTP, head.subarray(ICY.length)]) : head;
  };
}
