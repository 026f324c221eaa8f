import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { loginOf } from '../../access/clients.ts';
import { clientKinds } from '../../domain/client-kind.ts';
import { AppError } from '../../domain/errors.ts';
import { sentence } from '../../words/sentence.ts';
import { baseUrl } from '../addresses.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { isoTime } from '../iso-time.ts';
import { languageOf } from '../language.ts';
import { requireRight, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const name = z.string().trim().min(1).max(60).describe('Such as "Jellyfin in the living room"');
const kind = z.enum(clientKinds);
const clientSchema = z
  .object({
    id: z.number(),
    name,
    kind,
    created_at: z.iso.datetime(),
    last_used_at: z.iso.datetime().nullable(),
    playing: z.array(z.string()).describe('The channels that it plays now'),
    refused: z
      .object({ at: z.iso.datetime(), channel: z.string(), reason: z.string() })
      .nullable()
      .describe('The last channel that it could not have since the start'),
  })
  .meta({
    id: 'Client',
    example: {
      id: 2,
      name: 'Jellyfin in the living room',
      kind: 'jellyfin',
      created_at: '2025-12-24T10:00:00.000Z',
      last_used_at: '2025-12-24T20:15:00.000Z',
      playing: ['Arte'],
      refused: null,
    },
  });

const newClientSchema = z
  .object({
    id: z.number(),
    base_url: z.url().describe('For HDHomeRun tuners'),
    playlist_url: z.url(),
    guide_url: z.url(),
    stream_url: z.url().describe('The shared screen as one stream'),
    xtream: z.object({ url: z.url(), username: z.string(), password: z.string() }),
  })
  .meta({
    id: 'NewClient',
    example: {
      id: 2,
      base_url: 'http://192.168.1.10:8002/t/…',
      playlist_url: 'http://192.168.1.10:8002/t/…/playlist.m3u',
      guide_url: 'http://192.168.1.10:8002/t/…/epg.xml',
      stream_url: 'http://192.168.1.10:8002/t/…/live.ts',
      xtream: { url: 'http://192.168.1.10:8002', username: 'c2', password: '…' },
    },
  });

type ClientsContext = Pick<HttpContext, 'clients' | 'language' | 'publicUrl' | 'visitors'>;

/** Televisions and players, each with addresses of its own. */
export function clientRoutes(context: ClientsContext): FastifyPluginAsyncZod {
  const { clients, visitors } = context;
  const onRequest = requireRight(visitors, 'administer');

  return async (app) => {
    app.get(
      '/api/clients',
      {
        onRequest,
        schema: {
          tags: ['tokens'],
          summary: 'Televisions and players, without what opens',
          security: bearerOrCookie,
          response: { 200: z.object({ items: z.array(clientSchema) }), default: errorSchema },
        },
      },
      async (request, reply) => {
        void reply.header('cache-control', 'no-store');
        const language = languageOf(request, context.language);
        return {
          items: clients.list().map(({ createdAt, lastUsedAt, playing, refusal, ...client }) => ({
            ...client,
            created_at: isoTime(createdAt),
            last_used_at: isoTime(lastUsedAt),
            playing: [...playing],
            refused: refusal && {
              at: isoTime(refusal.at),
              channel: refusal.channelName,
              reason: sentence(language, refusal.code, refusal.params),
            },
          })),
        };
      },
    );

    app.post(
      '/api/clients',
      {
        onRequest,
        schema: {
          tags: ['tokens'],
          summary: 'A new one; this answer alone has its addresses',
          security: bearerOrCookie,
          body: z.object({ name, kind }).meta({ example: { name: 'Kodi', kind: 'kodi' } }),
          response: { 201: newClientSchema, default: errorSchema },
        },
      },
      async (request, reply) => {
        void reply.header('cache-control', 'no-store');
        const { client, token } = clients.make(request.body.name, request.body.kind, visitorOf(request));
        const url = baseUrl(request, context.publicUrl);
        const base = `${url}/t/${token}`;
        return reply.code(201).send({
          id: client.id,
          base_url: base,
          playlist_url: `${base}/playlist.m3u`,
          guide_url: `${base}/epg.xml`,
          stream_url: `${base}/live.ts`,
          xtream: { url, username: loginOf(client), password: token },
        });
      },
    );

    app.delete(
      '/api/clients/:id',
      {
        onRequest,
        schema: {
          tags: ['tokens'],
          summary: 'End one, with everything that it plays',
          security: bearerOrCookie,
          params: z.object({ id: z.coerce.number().int().meta({ example: 2 }) }),
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        if (!clients.end(request.params.id, visitorOf(request))) throw new AppError('not_found');
        return reply.code(204).send(null);
      },
    );
  };
}
