import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Clients } from '../access/clients.ts';
import type { Client } from '../domain/client.ts';
import { AppError, toAppError } from '../domain/errors.ts';
import type { Clock } from '../lib/clock.ts';
import { Relay } from '../stream/relay.ts';
import type { Screens } from '../stream/screen/screens.ts';
import { streamTransport } from '../stream/screen/transport-stream.ts';
import type { Tuners } from '../stream/tuner/tuners.ts';
import type { ClientRequests } from './client-requests.ts';
import type { LineUpEntry } from './line-up.ts';
import { entryWithNumber, type OfferedEntries } from './offer.ts';
import { playerOf } from './player-of.ts';
import type { SentBytes } from './sent-bytes.ts';
import { transportHeaders } from './transport-headers.ts';

export interface ClientStreamOptions {
  readonly clients: Pick<Clients, 'admit' | 'refused'>;
  readonly screens: Pick<Screens, 'get'>;
  readonly tuners: Pick<Tuners, 'acquire'>;
  readonly sent: Pick<SentBytes, 'follow'>;
  readonly clock: Clock;
}

export interface ClientChannelOptions extends ClientStreamOptions {
  readonly requests: Pick<ClientRequests, 'clientOf'>;
  readonly channels: Pick<OfferedEntries, 'byNumber' | 'settled'>;
}

interface ChannelRoute {
  Params: { file: string };
}

const schema = { tags: ['players'], summary: 'A channel of the line-up, for a client, as one MPEG-TS' };

/** The channels of the line-up by their numbers, below a client's prefix. */
export function clientChannelOutput(options: ClientChannelOptions): FastifyPluginAsync {
  const { requests, channels } = options;
  return async (app) => {
    app.head<ChannelRoute>('/ch/:file', { schema }, async (request, reply) => {
      requests.clientOf(request);
      await find(request);
      return reply.headers(transportHeaders).send();
    });

    app.get<ChannelRoute>('/ch/:file', { schema, exposeHeadRoute: false }, async (request, reply) => {
      const client = requests.clientOf(request);
      await streamEntry(await find(request), client, reply, options);
    });
  };

  /** @throws AppError channel_not_found */
  async function find({ params }: FastifyRequest<ChannelRoute>): Promise<LineUpEntry> {
    const number = Number(/^(\d{1,9})\.ts$/.exec(params.file)?.[1]);
    const entry = await entryWithNumber(channels, number);
    if (!entry) throw new AppError('channel_not_found');
    return entry;
  }
}

/**
 * Sends an entry of the line-up to a client until either ends. A client that cannot have it now gets the error's status and no
 * body, as tuners answer, and is named in the log and in the console.
 */
export async function streamEntry(
  { name, target }: LineUpEntry,
  client: Client,
  reply: FastifyReply,
  options: ClientStreamOptions,
): Promise<void> {
  const { clients, screens, tuners, sent, clock } = options;
  const response = reply.raw;
  if (target.kind === 'screen') {
    const { broadcast } = screens.get(target.screen);
    broadcast.demand();
    reply.hijack();
    response.writeHead(200, transportHeaders);
    sent.follow('ts', response);
    response.once(
      'close',
      clients.admit(client, name, () => response.destroy()),
    );
    streamTransport(broadcast.live, response, playerOf(reply.request));
    return;
  }
  const wish = { channelId: target.channelId, name: `${target.name} (${client.name})` };
  await sendByRelay(
    new Relay(wish, { tuners, clock }),
    { name, client, headers: transportHeaders },
    reply,
    options,
  );
}

/** What a relay is for. */
interface RelayUse {
  readonly name: string;
  readonly client: Client;
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends what a relay brings to a client, as `streamEntry` does. */
export async function sendByRelay(
  relay: Relay,
  { name, client, headers }: RelayUse,
  reply: FastifyReply,
  { clients, sent }: Pick<ClientStreamOptions, 'clients' | 'sent'>,
): Promise<void> {
  const response = reply.raw;
  const leave = clients.admit(client, name, (reason) => void relay.stop(reason));
  response.once('close', () => {
    leave();
    void relay.stop();
  });
  try {
    await relay.start();
  } catch (error) {
    leave();
    // A player that has left needs no reason.
    if (response.destroyed) return;
    const reason = toAppError(error);
    clients.refused(client, name, reason);
    await reply.code(reason.status).headers({ 'cache-control': 'no-store' }).send();
    return;
  }
  reply.hijack();
  // Before the first byte, which may have to wait for a keyframe.
  response.writeHead(200, headers).flushHeaders();
  sent.follow('clients', response);
  await relay.send(response);
}
