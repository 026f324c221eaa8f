import type { GatewayConnection } from './gateway-connection.ts';
import type { Dispatch } from './world.ts';

/** A presence sent by a bot. `at` is on the fake's clock; `initial` if it came with IDENTIFY. */
export interface PresenceUpdate {
  readonly at: number;
  readonly initial: boolean;
  readonly status: string;
  readonly activities: readonly { readonly name: string; readonly type: number; readonly state?: string }[];
}

interface SentEvent {
  readonly op: 0;
  readonly t: string;
  readonly s: number;
  readonly d: unknown;
}

/** The session of an identified bot, which outlives its connections and keeps sent events for a RESUME. */
export class GatewaySession {
  readonly id: string;
  readonly intents: number;
  connection: GatewayConnection | null;
  /** The times of its presence updates: each session has limits of its own. */
  readonly presenceTimes: number[] = [];
  readonly #events: SentEvent[] = [];

  constructor(id: string, intents: number, connection: GatewayConnection) {
    this.id = id;
    this.intents = intents;
    this.connection = connection;
  }

  get sequence(): number {
    return this.#events.length;
  }

  /** Sends an event, or keeps it until the bot is back. */
  dispatch({ event, data, intents }: Dispatch): void {
    if (intents !== 0 && (this.intents & intents) === 0) return;
    const sent: SentEvent = { op: 0, t: event, s: this.#events.length + 1, d: structuredClone(data) };
    this.#events.push(sent);
    this.connection?.send(sent);
  }

  /** Repeats the events after `sequence`, then sends RESUMED. */
  replay(sequence: number): void {
    for (const event of this.#events.slice(sequence)) this.connection?.send(event);
    this.dispatch({ event: 'RESUMED', data: { _trace: [] }, intents: 0 });
  }
}
