import type { IncomingMessage, ServerResponse } from 'node:http';
import { TICKS_PER_SECOND } from '../../src/stream/mpeg-ts/packets.ts';
import { type Clip, type Look, looks, renderClip } from './chaos-clip.ts';
import { type Behaviour, ChaosStream, wellBehaved } from './chaos-stream.ts';
import { FakePanel } from './xtream-panel.ts';

/** How new connections are answered. */
export type Greeting =
  | { readonly kind: 'television' }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'web page' }
  | { readonly kind: 'redirect loop' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'hang up' }
  /** The stream after this many silent milliseconds. */
  | { readonly kind: 'late television'; readonly after: number }
  /** The stream after headers whose lines end with LF alone. */
  | { readonly kind: 'television after LF' };

/** How open connections misbehave; those opened later behave normally. */
export type Illness = 'stall' | 'drip';

const TICK = 40;
/** Seconds of the stream sent at once to a new connection. */
const BURST = 1;
/** Unread bytes beyond which a connection waits for its reader, as sockets do. */
const MOST_UNREAD = 1024 * 1024;

interface Connection {
  readonly write: (bytes: Buffer) => void;
  readonly unread: () => number;
  readonly destroy: () => void;
  readonly end: () => void;
  readonly openedAt: number;
  readonly stream: ChaosStream;
  /** The position in the stream, in seconds. */
  position: number;
  /** Seconds sent ahead of real time, which the connection waits out once it is no longer fast. */
  ahead: number;
  movedAt: number;
}

/**
 * An Xtream panel with any number of channels that all loop one short clip, which costs no encoding, and with faults on
 * demand.
 */
export class ChaosProvider {
  readonly panel: FakePanel;
  readonly #clips: Readonly<Record<Look, Clip>>;
  readonly #connections = new Set<Connection>();
  readonly #timer: NodeJS.Timeout;
  behaviour: Behaviour = wellBehaved;
  greeting: Greeting = { kind: 'television' };
  /** The longest life of a connection, in milliseconds; null for no limit. */
  longestLife: number | null = null;
  #illness: { readonly kind: Illness; readonly before: number } | null = null;

  private constructor(panel: FakePanel, clips: Readonly<Record<Look, Clip>>) {
    this.panel = panel;
    this.#clips = clips;
    panel.live.set('*', (request, response) => this.#greet(request, response));
    this.#timer = setInterval(() => this.#tick(), TICK);
  }

  /** Starts the provider. @param channels the number of channels, called Chaos 1, Chaos 2 … */
  static async start(ffmpegPath: string, channels: number, maxConnections = 1): Promise<ChaosProvider> {
    const clips = await Promise.all(
      looks.map(async (look) => [look, await renderClip(ffmpegPath, look)] as const),
    );
    const panel = await FakePanel.start({
      maxConnections,
      refusal: 458,
      channels: Array.from({ length: channels }, (_, index) => ({
        id: 101 + index,
        name: `Chaos ${index + 1}`,
      })),
    });
    return new ChaosProvider(panel, Object.fromEntries(clips) as Record<Look, Clip>);
  }

  /** The number of connections that carry a stream. */
  get open(): number {
    return this.#connections.size;
  }

  /** The furthest position of any connection, in seconds. */
  get position(): number {
    return Math.max(0, ...[...this.#connections].map(({ position }) => position));
  }

  /** Ends all connections, cleanly or within a packet. */
  cut(how: 'cleanly' | 'within a packet'): void {
    for (const connection of this.#connections) {
      if (how === 'cleanly') connection.end();
      else {
        connection.write(Buffer.alloc(100, 0x47));
        setImmediate(connection.destroy);
      }
    }
  }

  /** Makes the open connections misbehave until they end. */
  fallIll(kind: Illness): void {
    this.#illness = { kind, before: performance.now() };
  }

  /** Restores the initial behaviour, except for timestamps, which never go back. */
  recover(): void {
    this.behaviour = { ...wellBehaved, timeOffset: this.behaviour.timeOffset };
    this.greeting = { kind: 'television' };
    this.longestLife = null;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.panel.stop();
  }

  #greet(request: IncomingMessage, response: ServerResponse): void {
    const { greeting } = this;
    switch (greeting.kind) {
      case 'television':
        response.writeHead(200, { 'content-type': 'video/mp2t' });
        this.#serve(response);
        return;
      case 'late television': {
        const timer = setTimeout(() => {
          response.writeHead(200, { 'content-type': 'video/mp2t' });
          this.#serve(response);
        }, greeting.after);
        response.once('close', () => clearTimeout(timer));
        return;
      }
      case 'television after LF':
        this.#serveAfterLf(response);
        return;
      case 'status':
        response.writeHead(greeting.status).end();
        return;
      case 'web page':
        response.writeHead(200, { 'content-type': 'text/html' });
        response.end('<!doctype html><title>Line</title><p>This line is not available at the moment.</p>');
        return;
      case 'redirect loop':
        response.writeHead(302, { location: request.url ?? '/' }).end();
        return;
      case 'nothing':
        return;
      case 'hang up':
        response.destroy();
    }
  }

  #serve(response: ServerResponse): void {
    this.#connect(response, {
      write: (bytes) => response.write(bytes),
      unread: () => response.writableLength,
      destroy: () => response.destroy(),
      end: () => response.end(),
    });
  }

  /** Writes to the socket directly, since Node's server writes CRLF. */
  #serveAfterLf(response: ServerResponse): void {
    const { socket } = response;
    if (!socket) return;
    socket.write('HTTP/1.0 200 OK\nContent-Type: video/mp2t\n\n');
    this.#connect(response, {
      write: (bytes) => socket.write(bytes),
      unread: () => socket.writableLength,
      destroy: () => socket.destroy(),
      end: () => socket.end(),
    });
  }

  #connect(response: ServerResponse, wire: Pick<Connection, 'write' | 'unread' | 'destroy' | 'end'>): void {
    const now = performance.now();
    const stream = new ChaosStream(this.#clips);
    const connection: Connection = {
      ...wire,
      stream,
      openedAt: now,
      position: BURST,
      ahead: 0,
      movedAt: now,
    };
    this.#connections.add(connection);
    response.once('close', () => this.#connections.delete(connection));
  }

  #tick(): void {
    const now = performance.now();
    for (const connection of this.#connections) this.#send(connection, now);
  }

  #send(connection: Connection, now: number): void {
    const { longestLife, behaviour } = this;
    const gone = (now - connection.movedAt) / 1000;
    connection.movedAt = now;
    if (longestLife !== null && now - connection.openedAt > longestLife) {
      connection.destroy();
      return;
    }
    if (this.#illness && connection.openedAt < this.#illness.before) {
      if (this.#illness.kind === 'drip' && Math.floor(now / 1000) !== Math.floor(now / 1000 - gone))
        connection.write(Buffer.of(0x47));
      return;
    }
    if (connection.unread() > MOST_UNREAD) return;
    const wait = behaviour.speed === 1 ? Math.min(gone, connection.ahead) : 0;
    connection.ahead += gone * (behaviour.speed - 1) - wait;
    connection.position += gone * behaviour.speed - wait;
    const bytes = connection.stream.until(connection.position * TICKS_PER_SECOND, behaviour);
    if (bytes.length > 0) connection.write(bytes);
  }
}
