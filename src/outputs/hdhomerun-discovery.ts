import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { DiscoveryState } from '../domain/discovery-state.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { shareNetwork } from '../lib/private-address.ts';
import { RateLimit } from '../lib/rate-limit.ts';
import { discoverReply, isMeant, readDiscoverRequest, type TunerDescription } from './hdhomerun-packet.ts';

export interface HdHomeRunDiscoveryOptions {
  readonly deviceId: string;
  /** What to say to those who reach us at this address of ours; null to say nothing. */
  readonly describe: (ownAddress: string) => TunerDescription | null;
  readonly clock: Pick<Clock, 'monotonic' | 'after'>;
  readonly logger: Logger;
  /** UDP port, 65001 by default; 0 for any that is free. */
  readonly port?: number;
}

type SocketState = Extract<DiscoveryState, 'off' | 'on' | 'port_taken' | 'failed'>;

const DISCOVERY_PORT = 65_001;
/** Milliseconds until a port that could not be opened is tried again. */
const RETRY = 60_000;
/** Milliseconds. */
const STRETCH = 10_000;
/** Answers to one address in one stretch; players send a handful of requests at a time. */
const MOST_TO_ONE = 20;
const MOST_TO_ALL = 200;

/**
 * Answers players that look for HDHomeRun tuners in the local network (UDP 65001). An answer is longer than the request and
 * goes where the request says it comes from, so it goes to addresses of the same local network alone, and not often.
 */
export class HdHomeRunDiscovery {
  readonly #options: HdHomeRunDiscoveryOptions;
  readonly #toOne: RateLimit;
  readonly #toAll: RateLimit;
  #socket: Socket | null = null;
  #state: SocketState = 'off';
  #cancelRetry: () => void = () => {};
  #turn: Promise<void> = Promise.resolve();

  constructor(options: HdHomeRunDiscoveryOptions) {
    const { clock } = options;
    this.#options = options;
    this.#toOne = new RateLimit({ clock, most: MOST_TO_ONE, stretch: STRETCH });
    this.#toAll = new RateLimit({ clock, most: MOST_TO_ALL, stretch: STRETCH });
  }

  get state(): SocketState {
    return this.#state;
  }

  /** The port that it listens on; null where it does not. */
  get port(): number | null {
    return this.#socket?.address().port ?? null;
  }

  /** Opens or closes the socket. A port that is taken is logged, shows in `state`, and is tried every minute. Never rejects. */
  switch(isOn: boolean): Promise<void> {
    this.#turn = this.#turn.then(() => (isOn ? this.#open() : this.#close('off')));
    return this.#turn;
  }

  async #open(): Promise<void> {
    if (this.#socket) return;
    const { logger, port = DISCOVERY_PORT } = this.#options;
    const socket = createSocket('udp4');
    this.#socket = socket;
    try {
      socket.bind({ port, exclusive: true });
      await once(socket, 'listening');
    } catch (err) {
      const isTaken = (err as NodeJS.ErrnoException).code === 'EADDRINUSE';
      const reason = isTaken ? 'another program uses' : 'this system does not open';
      // Once is enough.
      if (this.#state === 'off' || this.#state === 'on')
        logger.warn(
          { err },
          `players cannot find this server by themselves, since ${reason} UDP port ${port}`,
        );
      this.#fail(isTaken ? 'port_taken' : 'failed');
      return;
    }
    this.#state = 'on';
    socket.on('message', (packet, from) => this.#answer(socket, packet, from));
    socket.on('error', (err) => {
      logger.warn({ err }, 'players cannot find this server by themselves, since its UDP socket has failed');
      if (this.#socket === socket) this.#fail('failed');
    });
  }

  #fail(state: SocketState): void {
    this.#close(state);
    this.#cancelRetry = this.#options.clock.after(RETRY, () => void this.switch(true));
  }

  #close(state: SocketState): void {
    this.#cancelRetry();
    // Errors that come after the end are nobody's.
    this.#socket?.on('error', () => {}).close();
    this.#socket = null;
    this.#state = state;
  }

  #answer(socket: Socket, packet: Buffer, from: RemoteInfo): void {
    const { deviceId, logger } = this.#options;
    const request = readDiscoverRequest(packet);
    if (!request || !isMeant(request, deviceId) || from.port === 0) return;
    if (this.#toOne.isExceeded(from.address) || this.#toAll.isExceeded('')) return;
    this.#toOne.count(from.address);
    this.#toAll.count('');
    this.#replyTo(socket, from).catch((err: unknown) =>
      logger.debug({ err }, 'a player that looks for tuners could not be answered'),
    );
  }

  async #replyTo(socket: Socket, { address, port }: RemoteInfo): Promise<void> {
    const ownAddress = await addressTowards(address, port);
    if (!shareNetwork(address, ownAddress)) return;
    const description = this.#options.describe(ownAddress);
    if (!description || socket !== this.#socket) return;
    socket.send(discoverReply(description), port, address, () => {});
  }
}

/** Our address in the network through which another one is reached. Sends nothing. @throws the system's error */
async function addressTowards(address: string, port: number): Promise<string> {
  const socket = createSocket('udp4');
  try {
    socket.connect(port, address);
    await once(socket, 'connect');
    return socket.address().address;
  } finally {
    socket.close();
  }
}
