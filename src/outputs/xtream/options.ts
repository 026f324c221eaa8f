import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clients } from '../../access/clients.ts';
import type { Programme } from '../../domain/channel.ts';
import type { Client } from '../../domain/client.ts';
import type { ScreenId } from '../../domain/ids.ts';
import type { Clock } from '../../lib/clock.ts';
import type { ArchiveWish } from '../client-archive.ts';
import type { LineUp, LineUpEntry } from '../line-up.ts';
import type { BaseUrl } from '../player-request.ts';

/** A client that has logged in, with the login as it gave it. */
export interface LoggedIn {
  readonly client: Client;
  readonly username: string;
  readonly password: string;
}

/** Answers a request that has been let in. */
export type Answers<T extends readonly unknown[] = []> = (
  request: FastifyRequest,
  reply: FastifyReply,
  login: LoggedIn,
  ...more: T
) => unknown;

export interface XtreamServerOptions {
  readonly lineUp: Pick<LineUp, 'entries' | 'byNumber' | 'settled'>;
  readonly clients: Pick<Clients, 'byLogin' | 'list'>;
  readonly baseUrl: BaseUrl;
  readonly clock: Clock;
  /** The number of different channels that can be open at once. */
  readonly connections: () => number;
  /** The programmes of a channel or a screen in a span, by start. */
  readonly programmes: (entry: LineUpEntry, from: number, to: number) => Promise<readonly Programme[]>;
  /** Sends a channel or a screen as one MPEG-TS, as for every other client. */
  readonly sendTransport: Answers<[entry: LineUpEntry]>;
  /** Sends a screen's HLS playlist. */
  readonly sendPlaylist: Answers<[screen: ScreenId]>;
  /** Sends the guide of the whole line-up as XMLTV. */
  readonly sendGuide: Answers;
  /** Sends a past programme, as for every other client. */
  readonly sendArchive: Answers<[wish: ArchiveWish]>;
}
