import { randomInt } from 'node:crypto';
import { asker } from '../domain/actor.ts';
import type { Client, ClientInUse, ClientRefusal, TurnedAway } from '../domain/client.ts';
import type { ClientKind } from '../domain/client-kind.ts';
import { AppError, type ErrorCode } from '../domain/errors.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/logger.ts';
import type { AuditLog } from '../store/audit-log.ts';
import type { StoredClients } from '../store/clients.ts';
import { hashOf } from './signer.ts';
import type { Visitor } from './visitor.ts';

export interface ClientsOptions {
  readonly clients: StoredClients;
  readonly audit: Pick<AuditLog, 'add'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Pick<Logger, 'error' | 'warn'>;
}

/** A stream that a client plays. */
interface Playing {
  readonly channelName: string;
  readonly stop: (reason: AppError) => void;
}

/** Televisions, remotes and Xtream clients take nothing else in an address or a login. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** 142 bits. */
const TOKEN_LENGTH = 24;
/** More would be somebody's script. */
const MOST = 200;
/** Milliseconds between two records of a client's use. */
const USED_EVERY = 60_000;
/** Milliseconds for which people are told that a client had no free connection. */
const TOLD_FOR = 120_000;
/** A connection would have helped: the own ones are in use, or the provider says so. */
const lackConnection: ReadonlySet<ErrorCode> = new Set(['no_slot', 'line_in_use']);

/** Televisions and players, each with a token that can be ended by itself. The token is shown once and stored as a hash. */
export class Clients {
  readonly #options: ClientsOptions;
  readonly #playing = new Map<number, Set<Playing>>();
  readonly #refusals = new Map<number, ClientRefusal>();
  readonly #turnedAway = new Map<number, TurnedAway>();
  readonly #changes: Emitter;

  constructor(options: ClientsOptions) {
    this.#options = options;
    const { logger } = options;
    this.#changes = new Emitter((err) => logger.error({ err }, 'a listener of the clients failed'));
  }

  /** Makes a client. @returns it with its token, which cannot be read again. @throws AppError clients_full */
  make(name: string, kind: ClientKind, by: Visitor): { readonly client: Client; readonly token: string } {
    const { clients, audit, clock } = this.#options;
    if (clients.list().length >= MOST) throw new AppError('clients_full', { most: MOST });
    const token = randomToken();
    const now = clock.now();
    const id = clients.add({ tokenHash: hashOf(token), name, kind, createdAt: now });
    audit.add({ at: now, by: asker(by), action: 'client_made', detail: name });
    return { client: { id, name, kind, createdAt: now, lastUsedAt: null }, token };
  }

  /** The client with this token; null if there is none, or if it has ended. */
  byToken(token: string): Client | null {
    const { clients, clock } = this.#options;
    const client = clients.find(hashOf(token));
    if (!client) return null;
    const now = clock.now();
    if (Math.abs(now - (client.lastUsedAt ?? 0)) < USED_EVERY) return client;
    clients.used(client.id, now);
    return { ...client, lastUsedAt: now };
  }

  /** The client that logs in as an Xtream client does. @param user its `loginOf` @param password its token */
  byLogin(user: string, password: string): Client | null {
    const client = this.byToken(password);
    return client && user === loginOf(client) ? client : null;
  }

  /** All clients that have not ended, in the order in which they were made. */
  list(): ClientInUse[] {
    return this.#options.clients.list().map((client) => ({
      ...client,
      playing: [...(this.#playing.get(client.id) ?? [])].map(({ channelName }) => channelName),
      refusal: this.#refusals.get(client.id) ?? null,
    }));
  }

  /** Ends a client and everything that it plays. @returns whether there was one. */
  end(id: number, by: Visitor): boolean {
    const { clients, audit, clock } = this.#options;
    const client = clients.list().find((each) => each.id === id);
    if (!client) return false;
    const now = clock.now();
    clients.end(id, now);
    audit.add({ at: now, by: asker(by), action: 'client_ended', detail: client.name });
    this.#refusals.delete(id);
    if (this.#turnedAway.delete(id)) this.#changes.emit();
    const playing = this.#playing.get(id) ?? [];
    this.#playing.delete(id);
    for (const { stop } of playing) stop(new AppError('client_unknown'));
    return true;
  }

  /** Notes that a client plays something. @param stop ends it. @returns a function to call when it has ended. */
  admit({ id }: Client, channelName: string, stop: (reason: AppError) => void): () => void {
    const playing = this.#playing.get(id) ?? new Set();
    const entry = { channelName, stop };
    playing.add(entry);
    this.#playing.set(id, playing);
    return () => {
      playing.delete(entry);
      if (playing.size === 0 && this.#playing.get(id) === playing) this.#playing.delete(id);
    };
  }

  /** Notes, for the log, the console and the cards, that a client could not play a channel. */
  refused({ id, name }: Client, channelName: string, { code, params }: AppError): void {
    const { clock, logger } = this.#options;
    const now = clock.now();
    this.#refusals.set(id, { at: now, channelName, code, params });
    if (lackConnection.has(code)) {
      const before = this.#turnedAway.get(id);
      const since = before && before.until > now ? before.since : now;
      this.#turnedAway.set(id, { name, since, until: now + TOLD_FOR });
      this.#changes.emit();
    }
    logger.warn(
      { client: name, channel: channelName, code, ...params },
      `${name} was refused ${channelName}`,
    );
  }

  /** The clients that lately had no free connection, each once however often it tries. */
  turnedAway(): readonly TurnedAway[] {
    const now = this.#options.clock.now();
    return [...this.#turnedAway.values()].filter(({ until }) => until > now);
  }

  /** Calls the listener whenever a client is turned away, until the returned function is called. */
  onTurnedAway(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** Ends everything that is played. */
  stop(): void {
    const all = [...this.#playing.values()].flatMap((each) => [...each]);
    this.#playing.clear();
    for (const { stop } of all) stop(new AppError('channel_ended'));
  }
}

/** The user name of a client, for players that log in. */
export function loginOf({ id }: Pick<Client, 'id'>): string {
  return `c${id}`;
}

function randomToken(): string {
  return Array.from({ length: TOKEN_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}
