import { lookup } from 'node:dns/promises';
import type { Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { clientNetwork } from '../lib/client-network.ts';
import { systemClock } from '../lib/clock.ts';
import { Unfinished } from './unfinished-requests.ts';

export interface DoorOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** A socket that listens already, handed over by systemd; goes before host and port. */
  readonly inheritedSocket: number | null;
}

/** Connections from one address that have not asked for anything yet. */
const MOST_SILENT = 64;

/**
 * Listens from the first moment of the process to its last, and keeps visitors waiting while there is nobody yet to
 * serve them: a player that asks for its playlist in the midst of a restart gets it a little later, where a refused
 * connection would have ended it.
 */
export class FrontDoor {
  #options: DoorOptions;
  #server: Server = createServer();
  readonly #sockets = new Set<Socket>();
  readonly #silent = new Unfinished({ most: MOST_SILENT, clock: systemClock });
  /** What to call once they have asked for something. */
  readonly #asked = new WeakMap<Socket, () => void>();
  /** The number of answers that are on their way. */
  readonly #answers = new WeakMap<Socket, number>();
  /** Connections to an address that is not listened on any more. */
  readonly #left = new WeakSet<Socket>();
  #inside: HttpServer | null = null;

  constructor(options: DoorOptions) {
    this.#options = options;
  }

  /** @returns the address, such as `http://127.0.0.1:8002`. @throws the system's error, such as EADDRINUSE. */
  async listen(): Promise<string> {
    await this.#begin(this.#options.port);
    return this.url;
  }

  /**
   * Listens at another address from now on. Connections to the former one end with the answer that is on its way, so that
   * nobody who was there before stays in. A socket that was handed over stays as it is.
   * @throws the system's error; then the door is where it was.
   */
  async move({ host, port }: Pick<DoorOptions, 'host' | 'port'>): Promise<void> {
    const before = this.#options;
    const isThere = host === before.host && port === before.port;
    if (before.inheritedSocket !== null || isThere) return;
    // A name that leads nowhere, perhaps after a while, closes nothing.
    await lookup(host);
    const { port: oldPort } = this.#server.address() as AddressInfo;
    // Two sockets cannot share the port, so for a moment there is none.
    this.#server.close();
    try {
      this.#options = { ...before, host, port };
      await this.#begin(port === before.port ? oldPort : port);
    } catch (error) {
      this.#options = before;
      await this.#begin(oldPort);
      throw error;
    }
    for (const socket of this.#sockets) if (!this.listensAt(socket.localAddress)) this.#leave(socket);
  }

  /** Where it listens, for a browser on this machine. */
  get url(): string {
    const { address, family, port: chosen } = this.#server.address() as AddressInfo;
    // Every address of this machine; a browser here needs one that it can open.
    if (address === '0.0.0.0' || address === '::') return `http://127.0.0.1:${chosen}`;
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${chosen}`;
  }

  async #begin(port: number): Promise<void> {
    const { host, inheritedSocket } = this.#options;
    this.#server = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => this.#welcome(socket));
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(inheritedSocket === null ? { host, port } : { fd: inheritedSocket }, resolve);
    });
  }

  /** From now on this server serves, first those who have been waiting. It must not listen itself. */
  open(server: HttpServer): void {
    this.#inside = server;
    // Node looks after slow and silent clients from this event on (setupConnectionsTracking in lib/_http_server.js).
    server.emit('listening');
    server.prependListener('request', ({ socket }, answer) => {
      this.#asked.get(socket)?.();
      this.#answers.set(socket, this.#answersTo(socket) + 1);
      answer.once('close', () => {
        this.#answers.set(socket, this.#answersTo(socket) - 1);
        if (this.#left.has(socket)) this.#leave(socket);
      });
    });
    for (const socket of this.#sockets) this.#show(socket, server);
  }

  /** Closes, and ends every connection. May be called twice. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** Whether a connection to this address of this machine reaches it. */
  listensAt(address = ''): boolean {
    const { address: ours } = this.#server.address() as AddressInfo;
    return ours === '0.0.0.0' || ours === '::' || ours === address.replace(/^::ffff:/, '');
  }

  #answersTo(socket: Socket): number {
    return this.#answers.get(socket) ?? 0;
  }

  /** Reads no further request, and ends the connection after the last answer. */
  #leave(socket: Socket): void {
    this.#left.add(socket);
    socket.pause();
    if (this.#answersTo(socket) === 0) socket.destroySoon();
  }

  #welcome(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    // Who leaves while waiting is no failure of ours; inside, the server has its own listener.
    socket.on('error', () => {});
    if (this.#inside) this.#show(socket, this.#inside);
  }

  #show(socket: Socket, server: HttpServer): void {
    const asked = this.#silent.begin(clientNetwork(socket.remoteAddress), () => socket.destroy());
    this.#asked.set(socket, asked);
    socket.once('close', asked);
    server.emit('connection', socket);
    socket.resume();
  }
}
