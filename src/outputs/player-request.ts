import type { FastifyRequest } from 'fastify';

/** What players may put behind an address. */
export interface PlayerQuery {
  /** The viewers' key. */
  key?: string | string[];
}

/** Lets a player's request pass. @throws AppError viewer_key_needed */
export type ViewerCheck = (request: FastifyRequest<{ Querystring: PlayerQuery }>) => void;

/** Our address for the player that asks, without a trailing slash. */
export type BaseUrl = (request: FastifyRequest) => string;
