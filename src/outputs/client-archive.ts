import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Client } from '../domain/client.ts';
import { AppError } from '../domain/errors.ts';
import { Relay } from '../stream/relay.ts';
import type { Tuners } from '../stream/tuner/tuners.ts';
import { type ClientStreamOptions, sendByRelay } from './client-channel.ts';
import type { ClientRequests } from './client-requests.ts';
import type { LineUpEntry } from './line-up.ts';
import { entryWithNumber, type OfferedEntries } from './offer.ts';
import { archiveHeaders } from './transport-headers.ts';
import { parseArchiveMinutes, parseArchiveStart } from './xtream/archive-time.ts';

export interface ClientArchiveOptions extends Omit<ClientStreamOptions, 'screens' | 'tuners'> {
  readonly tuners: Pick<Tuners, 'acquire' | 'canOpen'>;
  readonly requests: Pick<ClientRequests, 'clientOf'>;
  readonly channels: Pick<OfferedEntries, 'byNumber' | 'settled'>;
}

/** A stretch of an entry's past. */
export interface ArchiveWish {
  readonly entry: LineUpEntry;
  /** Epoch milliseconds. */
  readonly start: number;
  readonly minutes: number;
}

interface ArchiveRoute {
  Params: { number: string; start: string; file: string };
}

const schema = { tags: ['players'], summary: 'What a channel of the line-up has shown, as one MPEG-TS' };

/** The past of the line-up's channels, below a client's prefix. */
export function clientArchiveOutput(options: ClientArchiveOptions): FastifyPluginAsync {
  const { requests, channels, clock } = options;
  const archive = new ClientArchive(options);
  const url = '/archive/:number/:start/:file';
  return async (app) => {
    // Players ask by HEAD what this is: that opens nothing.
    app.head<ArchiveRoute>(url, { schema }, async (request, reply) => {
      requests.clientOf(request);
      await find(request);
      return reply.headers(archiveHeaders).send();
    });

    app.get<ArchiveRoute>(url, { schema, exposeHeadRoute: false }, async (request, reply) => {
      const client = requests.clientOf(request);
      await archive.send(await find(request), client, reply);
    });
  };

  /** @throws AppError channel_not_found, archive_missing */
  async function find({ params }: FastifyRequest<ArchiveRoute>): Promise<ArchiveWish> {
    const number = /^\d{1,9}$/.test(params.number) ? Number(params.number) : 0;
    const entry = await entryWithNumber(channels, number);
    if (!entry) throw new AppError('channel_not_found');
    const start = parseArchiveStart(params.start);
    const minutes = parseArchiveMinutes(/^(\d+)\.ts$/.exec(params.file)?.[1] ?? '');
    if (!entry.archive || start === null || minutes === null || start > clock.now())
      throw new AppError('archive_missing');
    return { entry, start, minutes };
  }
}

/** Sends past programmes to clients. */
export class ClientArchive {
  readonly #options: Pick<ClientArchiveOptions, 'clients' | 'tuners' | 'sent' | 'clock'>;
  /** What each client plays, by its id. */
  readonly #playing = new Map<number, Relay>();

  constructor(options: Pick<ClientArchiveOptions, 'clients' | 'tuners' | 'sent' | 'clock'>) {
    this.#options = options;
  }

  /**
   * Sends a past programme until either ends, with its status alone where that cannot be. A player that winds asks for
   * another stretch before the server has noticed that it has left the last one, whose connection it gets.
   * @throws AppError archive_missing
   */
  async send({ entry, start, minutes }: ArchiveWish, client: Client, reply: FastifyReply): Promise<void> {
    const { tuners, clock, clients, sent } = this.#options;
    if (!entry.archive) throw new AppError('archive_missing');
    const { channelId, name } = entry.archive;
    const past = { from: start, to: start + minutes * 60_000 };
    const wish = { channelId, name: `${name} (${client.name})`, past };
    if (!tuners.canOpen(wish)) await this.#playing.get(client.id)?.stop();
    const relay = new Relay(wish, { tuners, clock });
    this.#playing.set(client.id, relay);
    reply.raw.once('close', () => {
      if (this.#playing.get(client.id) === relay) this.#playing.delete(client.id);
    });
    await sendByRelay(relay, { name: entry.name, client, headers: archiveHeaders }, reply, {
      clients,
      sent,
    });
  }
}
