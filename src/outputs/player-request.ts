import type { FastifyRequest } from 'fastify';
import type { Screen } from '../stream/screen/screen.ts';

/** What players may put behind an address. */
export interface PlayerQuery {
  /** The viewers' key. */
  key?: string | string[];
}

/** Lets a player's request pass. @param screen what it asks for; absent for what is about no screen alone. @throws AppError viewer_key_needed, screen_needs_login */
export type ViewerCheck = (
  request: FastifyRequest<{ Querystring: PlayerQuery }>,
  screen?: Pick<Screen, 'facts'>,
) => void;

/** Our address for the player that asks, without a trailing slash. */
export type BaseUrl = (request: FastifyRequest) => string;
