import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** The answer to a connection: parts as Latin-1 text or bytes, sent one after another, then the end. */
export type RawAnswer = readonly (string | Buffer)[] | ((socket: Socket, request: string) => void);

/** A server on 127.0.0.1 that answers with any bytes, HTTP or not. */
export class RawServer {
  /** The heads of all requests, oldest first. */
  readonly requests: string[] = [];
  answer: RawAnswer = [];
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => {
    this.#sockets.add(socket);
    socket.on('error', () => {}).on('close', () => this.#sockets.delete(socket));
    socket.once('data', (request) => this.#answer(socket, request.toString('latin1')));
  });

  /** The number of open connections. */
  get open(): number {
    return this.#sockets.size;
  }

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  url(path = '/'): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  #answer(socket: Socket, request: string): void {
    this.requests.push(request);
    if (typeof this.answer === 'function') {
      this.answer(socket, request);
      return;
    }
    const parts = [...this.answer];
    const next = (): void => {
      const part = parts.shift();
      if (part === undefined) socket.end();
      else
        socket.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part, () =>
          setTimeout(next, 5),
        );
    };
    next();
  }
}
