/** A process with many connections that read what comes: a stream, whose bytes it counts, or events, whose times it notes. */
import { connect } from 'node:net';

export interface ReadersOrder {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly connections: number;
  readonly reads: 'bytes' | 'events';
}

export interface ReadersReport {
  /** Bytes since the last report. */
  readonly bytes: number;
  /** Of the connection that got the fewest. */
  readonly leastBytes: number;
  readonly open: number;
  /** For each connection, when `active` of the status was another one than before, in epoch milliseconds. */
  readonly flips: readonly (readonly number[])[];
}

const shared = Buffer.allocUnsafe(256 * 1024);
let open = 0;
/** For each connection, since the last report. */
let bytes: number[] = [];
const flips: number[][] = [];

process.on('message', (message: ReadersOrder | 'report' | 'end') => {
  if (message === 'end') process.exit();
  if (message === 'report') {
    const sum = bytes.reduce((all, each) => all + each, 0);
    process.send?.({ bytes: sum, leastBytes: Math.min(...bytes), open, flips } satisfies ReadersReport);
    bytes = bytes.map(() => 0);
  } else for (let at = 0; at < message.connections; at++) setTimeout(() => read(message, at), at);
});

function read({ host, port, path, reads }: ReadersOrder, at: number): void {
  const times: number[] = [];
  flips[at] = times;
  bytes[at] = 0;
  let active: string | undefined;
  let rest = '';
  const take = (text: string): void => {
    const events = (rest + text).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const now = /event: status\ndata: \{"active":(true|false)/.exec(event)?.[1];
      if (now !== undefined && active !== undefined && now !== active) times.push(Date.now());
      active = now ?? active;
    }
  };
  const socket = connect({
    ...{ host, port },
    onread: {
      buffer: shared,
      callback: (length, buffer) => {
        bytes[at] = (bytes[at] ?? 0) + length;
        if (reads === 'events')
          take(Buffer.from(buffer.buffer, buffer.byteOffset, length).toString('latin1'));
        return true;
      },
    },
  });
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nUser-Agent: reader ${at}\r\n\r\n`);
  socket.on('connect', () => open++);
  socket.on('error', () => {});
  socket.on('close', () => open--);
}
