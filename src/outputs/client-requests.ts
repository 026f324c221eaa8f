import type { FastifyRequest } from 'fastify';
import type { Clients } from '../access/clients.ts';
import type { Client } from '../domain/client.ts';
import { AppError } from '../domain/errors.ts';
import { clientNetwork } from '../lib/client-network.ts';
import type { Clock } from '../lib/clock.ts';
import { RateLimit } from '../lib/rate-limit.ts';
import type { BaseUrl } from './player-request.ts';

export interface ClientRequestsOptions {
  readonly clients: Pick<Clients, 'byToken'>;
  /** Our address, without the client's prefix. */
  readonly baseUrl: BaseUrl;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/** Where the addresses of clients are registered. */
export const CLIENT_PREFIX = '/t/:token';
/** Wrong tokens from one network. A client with a token of its own is never limited. */
const wrongTokens = { most: 20, stretch: 60_000 };

/** Recognises clients by the token in the address. */
export class ClientRequests {
  readonly #options: ClientRequestsOptions;
  readonly #guesses: RateLimit;

  constructor(options: ClientRequestsOptions) {
    this.#options = options;
    this.#guesses = new RateLimit({ clock: options.clock, ...wrongTokens });
  }

  /** The client of a request below `/t/:token`. @throws AppError client_unknown, rate_limited */
  clientOf(request: Pick<FastifyRequest, 'params' | 'ip'>): Client {
    const client = this.#options.clients.byToken(tokenOf(request));
    if (client) return client;
    const network = clientNetwork(request.ip);
    if (this.#guesses.isExceeded(network)) throw new AppError('rate_limited');
    this.#guesses.count(network);
    throw new AppError('client_unknown');
  }

  /** Our address with the client's prefix. */
  baseUrl(request: FastifyRequest): string {
    return `${this.#options.baseUrl(request)}/t/${tokenOf(request)}`;
  }
}

function tokenOf(request: Pick<FastifyRequest, 'params'>): string {
  const { token } = request.params as { readonly token?: string };
  return token ?? '';
}
