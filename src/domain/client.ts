import type { ClientKind } from './client-kind.ts';
import type { ErrorCode, ErrorParams } from './errors.ts';

/** A television or player with a token of its own. Times are epoch milliseconds. */
export interface Client {
  readonly id: number;
  /** As its owner calls it: "Jellyfin in the living room". */
  readonly name: string;
  readonly kind: ClientKind;
  readonly createdAt: number;
  /** To the minute; null if it has never been used. */
  readonly lastUsedAt: number | null;
}

/** The last time that a client could not play a channel. */
export interface ClientRefusal {
  readonly at: number;
  readonly channelName: string;
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

/** A client that lately could not play anything, since all connections were in use. */
export interface TurnedAway {
  readonly name: string;
  /** Epoch milliseconds of the first of its tries. */
  readonly since: number;
  /** Epoch milliseconds until which people are told, counted from its last try. */
  readonly until: number;
}

/** A client with what it is doing. */
export interface ClientInUse extends Client {
  /** The names of the channels that it plays now. */
  readonly playing: readonly string[];
  /** Null if it has been refused nothing since the start. */
  readonly refusal: ClientRefusal | null;
}
