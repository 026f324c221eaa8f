import type { FastifyRequest } from 'fastify';
import type { Clients } from '../../access/clients.ts';
import { AppError } from '../../domain/errors.ts';
import { clientNetwork } from '../../lib/client-network.ts';
import type { Clock } from '../../lib/clock.ts';
import { RateLimit } from '../../lib/rate-limit.ts';
import type { LoggedIn } from './options.ts';

/** Wrong logins of one network, beyond which it is refused. Apps with a valid login are never limited. */
const WRONG_LOGINS = { most: 20, stretch: 60_000 };

export interface LoginsOptions {
  readonly clients: Pick<Clients, 'byLogin'>;
  readonly clock: Clock;
}

/** Tells which client logs in, and slows down whoever tries passwords. */
export class Logins {
  readonly #clients: LoginsOptions['clients'];
  readonly #wrong: RateLimit;

  constructor({ clients, clock }: LoginsOptions) {
    this.#clients = clients;
    this.#wrong = new RateLimit({ clock, ...WRONG_LOGINS });
  }

  /** The client of a login; null for a wrong one. @throws AppError rate_limited after many wrong ones. */
  find({ ip }: Pick<FastifyRequest, 'ip'>, username: string, password: string): LoggedIn | null {
    const client = this.#clients.byLogin(username, password);
    if (client) return { client, username, password };
    const network = clientNetwork(ip);
    if (this.#wrong.isExceeded(network)) throw new AppError('rate_limited');
    this.#wrong.count(network);
    return null;
  }
}
