import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';
import type { GatewaySession } from './gateway-session.ts';

/** The gateway operations that the fake knows. */
export const ops = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  resume: 6,
  reconnect: 7,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const;

/** The gateway's close codes. */
const closings = {
  unknownOpcode: [4001, 'Unknown opcode.'],
  decodeError: [4002, 'Error while decoding payload.'],
  notAuthenticated: [4003, 'Not authenticated.'],
  authenticationFailed: [4004, 'Authentication failed.'],
  alreadyAuthenticated: [4005, 'Already authenticated.'],
  invalidSequence: [4007, 'Invalid sequence.'],
  rateLimited: [4008, 'You are being rate limited.'],
  sessionTimedOut: [4009, 'Session timed out.'],
  invalidShard: [4010, 'Invalid shard.'],
  invalidVersion: [4012, 'Only v=10&encoding=json, uncompressed.'],
  invalidIntents: [4013, 'Invalid intent(s).'],
  disallowedIntents: [4014, 'Disallowed intent(s).'],
} as const satisfies Readonly<Record<string, readonly [code: number, reason: string]>>;

export type Closing = keyof typeof closings;

const packet = z.object({ op: z.number(), d: z.unknown().optional() });
const mostPackets = 120;
const perMs = 60_000;

export interface ConnectionEvents {
  identify(connection: GatewayConnection, data: unknown): void;
  resume(connection: GatewayConnection, data: unknown): void;
  presence(connection: GatewayConnection, data: unknown): void;
  /** Whether heartbeats are answered. */
  acknowledges(): boolean;
  complain(detail: string): void;
  closed(connection: GatewayConnection, code: number): void;
}

/** One WebSocket: sends HELLO, checks heartbeats, hands on the bot's operations. */
export class GatewayConnection {
  session: GatewaySession | null = null;
  /** The number of heartbeats received. */
  heartbeats = 0;
  readonly #socket: WebSocket;
  readonly #events: ConnectionEvents;
  readonly #intervalMs: number;
  readonly #received: number[] = [];
  #deadline: NodeJS.Timeout | undefined;

  constructor(socket: WebSocket, events: ConnectionEvents, intervalMs: number) {
    this.#socket = socket;
    this.#events = events;
    this.#intervalMs = intervalMs;
  }

  start(): void {
    this.#socket.on('message', (data) => this.#receive(data));
    this.#socket.on('close', (code) => {
      clearTimeout(this.#deadline);
      this.#events.closed(this, code);
    });
    this.send({ op: ops.hello, s: null, t: null, d: { heartbeat_interval: this.#intervalMs, _trace: [] } });
    this.#expectHeartbeat();
  }

  send(payload: unknown): void {
    this.#socket.send(JSON.stringify(payload));
  }

  /** Closes the connection because of a fault of the bot. */
  refuse(closing: Closing): void {
    const [code, reason] = closings[closing];
    this.#events.complain(`closed with ${code}: ${reason}`);
    this.close(code, reason);
  }

  close(code: number, reason = ''): void {
    this.#socket.close(code, reason);
  }

  /** Cuts the connection like a pulled cable. */
  cut(): void {
    this.#socket.terminate();
  }

  #receive(data: RawData): void {
    const parsed = packet.safeParse(parseJson(data));
    if (!parsed.success) this.refuse('decodeError');
    else if (this.#tooMany()) this.refuse('rateLimited');
    else this.#handle(parsed.data.op, parsed.data.d);
  }

  #handle(op: number, data: unknown): void {
    switch (op) {
      case ops.heartbeat:
        this.#heartbeat(data);
        break;
      case ops.identify:
      case ops.resume:
        if (this.session) this.refuse('alreadyAuthenticated');
        else if (op === ops.identify) this.#events.identify(this, data);
        else this.#events.resume(this, data);
        break;
      case ops.presence:
        if (this.session) this.#events.presence(this, data);
        else this.refuse('notAuthenticated');
        break;
      default:
        this.refuse('unknownOpcode');
    }
  }

  #heartbeat(sequence: unknown): void {
    const known = this.session?.sequence ?? 0;
    if (sequence !== null && (typeof sequence !== 'number' || sequence > known)) {
      this.refuse('invalidSequence');
      return;
    }
    this.heartbeats += 1;
    this.#expectHeartbeat();
    if (this.#events.acknowledges()) this.send({ op: ops.heartbeatAck, s: null, t: null, d: null });
  }

  /** Uses real time, as clients' heartbeats do. */
  #expectHeartbeat(): void {
    clearTimeout(this.#deadline);
    const patienceMs = this.#intervalMs + Math.max(200, this.#intervalMs / 2);
    this.#deadline = setTimeout(() => this.refuse('sessionTimedOut'), patienceMs);
  }

  #tooMany(): boolean {
    const now = performance.now();
    this.#received.push(now);
    while (now - (this.#received[0] ?? now) > perMs) this.#received.shift();
    return this.#received.length > mostPackets;
  }
}

function parseJson(data: RawData): unknown {
  try {
    return JSON.parse(Buffer.isBuffer(data) ? data.toString('utf8') : '');
  } catch {
    return undefined;
  }
}
