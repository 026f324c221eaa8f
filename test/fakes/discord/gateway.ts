import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { GatewayConnection, ops } from './gateway-connection.ts';
import { intents, readIdentify, readPresence, readResume, type ShownPresence } from './gateway-payloads.ts';
import { GatewaySession, type PresenceUpdate } from './gateway-session.ts';
import { wireGuildCreate, wireUser } from './wire.ts';
import type { Dispatch, World } from './world.ts';

const mostPresences = 5;
const presenceWindowMs = 20_000;

export interface GatewayOptions {
  readonly world: World;
  readonly token: () => string;
  readonly heartbeatIntervalMs: number;
  readonly privilegedIntents: number;
  /** ws://…, known once the server listens. */
  readonly url: () => string;
}

/** The WebSocket side: connections, sessions and their events. */
export class Gateway {
  readonly presences: PresenceUpdate[] = [];
  /** Whether every new connection is refused, as in an outage. */
  isDown = false;
  /** Whether heartbeats are answered; false simulates a dead connection. */
  acknowledgesHeartbeats = true;
  /** How often bots identified and resumed. */
  identified = 0;
  resumed = 0;
  readonly #options: GatewayOptions;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #connections = new Set<GatewayConnection>();
  readonly #sessions = new Map<string, GatewaySession>();

  constructor(options: GatewayOptions) {
    this.#options = options;
  }

  /** Handles the server's WebSocket handshakes. */
  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  stop(): void {
    for (const connection of this.#connections) connection.cut();
    this.#sockets.close();
  }

  /** The connected bots that can get events. */
  get online(): readonly GatewaySession[] {
    return [...this.#sessions.values()].filter(({ connection }) => connection !== null);
  }

  get connections(): readonly GatewayConnection[] {
    return [...this.#connections];
  }

  dispatch(dispatch: Dispatch): void {
    for (const session of this.#sessions.values()) session.dispatch(dispatch);
  }

  /** Sends op 9 and forgets sessions that may not be resumed. */
  invalidate(resumable: boolean): void {
    for (const session of this.online) {
      const { connection } = session;
      if (!connection) continue;
      connection.session = null;
      session.connection = null;
      if (!resumable) this.#sessions.delete(session.id);
      connection.send({ op: ops.invalidSession, s: null, t: null, d: resumable });
    }
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.isDown) {
      socket.destroy();
      return;
    }
    const query = new URL(request.url ?? '/', 'ws://127.0.0.1').searchParams;
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new GatewayConnection(
        webSocket,
        {
          identify: (from, data) => this.#identify(from, data),
          resume: (from, data) => this.#resume(from, data),
          presence: (from, data) => this.#presence(from, data),
          acknowledges: () => this.acknowledgesHeartbeats,
          complain: (detail) => this.#options.world.violations.note('gateway', detail),
          closed: (from, code) => this.#closed(from, code),
        },
        this.#options.heartbeatIntervalMs,
      );
      this.#connections.add(connection);
      connection.start();
      if (query.get('v') !== '10' || query.get('encoding') !== 'json' || query.has('compress')) {
        connection.refuse('invalidVersion');
      }
    });
  }

  #identify(connection: GatewayConnection, data: unknown): void {
    const asked = readIdentify(data, this.#credentials());
    if (typeof asked === 'string') {
      connection.refuse(asked);
      return;
    }
    const { intents: wanted, presence: shown } = asked;
    const { world } = this.#options;
    const { intents: permitted } = world.violations.rules;
    if (permitted !== null && wanted & ~permitted) {
      world.violations.note('intents', `IDENTIFY asks for ${wanted}, which is more than ${permitted}`);
    }
    const session = new GatewaySession(randomBytes(16).toString('hex'), wanted, connection);
    this.#sessions.set(session.id, session);
    connection.session = session;
    this.identified += 1;
    if (shown) this.#record(shown, true);
    this.#welcome(session);
    world.changes.notify();
  }

  #welcome(session: GatewaySession): void {
    const { world, url } = this.#options;
    const guilds = [...world.guilds.values()];
    session.dispatch({
      event: 'READY',
      intents: 0,
      data: {
        v: 10,
        user: { ...wireUser(world, world.applicationId), verified: true, mfa_enabled: true, email: null },
        guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
        session_id: session.id,
        resume_gateway_url: url(),
        shard: [0, 1],
        application: { id: world.applicationId, flags: 0 },
        private_channels: [],
        relationships: [],
        _trace: [],
      },
    });
    const members = (session.intents & intents.guildMembers) !== 0;
    for (const guild of guilds) {
      const data = wireGuildCreate(world, guild, { members });
      session.dispatch({ event: 'GUILD_CREATE', data, intents: intents.guilds });
    }
  }

  #resume(connection: GatewayConnection, data: unknown): void {
    const asked = readResume(data, this.#credentials());
    if (typeof asked === 'string') {
      connection.refuse(asked);
      return;
    }
    const { session_id: id, seq } = asked;
    const session = this.#sessions.get(id);
    if (!session) {
      connection.send({ op: ops.invalidSession, s: null, t: null, d: false });
      return;
    }
    if (seq > session.sequence) {
      connection.refuse('invalidSequence');
      return;
    }
    session.connection?.cut();
    session.connection = connection;
    connection.session = session;
    this.resumed += 1;
    session.replay(seq);
    this.#options.world.changes.notify();
  }

  #credentials() {
    return { token: this.#options.token(), privilegedIntents: this.#options.privilegedIntents };
  }

  #presence(connection: GatewayConnection, data: unknown): void {
    const shown = readPresence(data);
    if (typeof shown === 'string') {
      connection.refuse(shown);
      return;
    }
    const { world } = this.#options;
    const now = world.now();
    const times = connection.session?.presenceTimes ?? [];
    const gap = now - (times.at(-1) ?? -Infinity);
    if (gap < world.violations.rules.presenceIntervalMs) {
      world.violations.note('presence-rate', `a presence update ${Math.round(gap)} ms after the last`);
    }
    this.#record(shown, false);
    if (times.filter((at) => now - at < presenceWindowMs).length >= mostPresences)
      connection.refuse('rateLimited');
    times.push(now);
  }

  #record(shown: ShownPresence, initial: boolean): void {
    const { status = 'online', activities = [] } = shown;
    const kept = activities.map(({ name, type, state }) => ({
      name,
      type,
      ...(typeof state === 'string' && { state }),
    }));
    this.presences.push({ at: this.#options.world.now(), initial, status, activities: kept });
    this.#options.world.changes.notify();
  }

  #closed(connection: GatewayConnection, code: number): void {
    this.#connections.delete(connection);
    const { session } = connection;
    if (session && session.connection === connection) {
      session.connection = null;
      // A clean close by the bot ends its session; it shows as offline.
      if (code === 1000 || code === 1001) this.#sessions.delete(session.id);
    }
    this.#options.world.changes.notify();
  }
}
