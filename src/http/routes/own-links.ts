import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { endLinks } from '../../commands/links.ts';
import { makeLink } from '../../commands/vlc.ts';
import { asker } from '../../domain/actor.ts';
import { AppError } from '../../domain/errors.ts';
import { baseUrl } from '../addresses.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { isoTime } from '../iso-time.ts';
import { requireRole, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const linkSchema = z
  .object({
    id: z.number(),
    channel_id: z.number(),
    channel_name: z.string(),
    expires_at: z.iso.datetime(),
    last_used_at: z.iso.datetime().nullable(),
    players: z.number().describe('Playing it now'),
  })
  .meta({
    id: 'Link',
    example: {
      id: 7,
      channel_id: 101,
      channel_name: 'TF1 HD',
      expires_at: '2025-12-25T10:00:00.000Z',
      last_used_at: null,
      players: 0,
    },
  });

const newLinkSchema = z.object({ url: z.url(), playlist_url: z.url(), expires_at: z.iso.datetime() }).meta({
  id: 'NewLink',
  example: {
    url: 'https://tv.example/vlc/….ts',
    playlist_url: 'https://tv.example/vlc/….m3u',
    expires_at: '2025-12-25T10:00:00.000Z',
  },
});

/** The asker's own private links; those of others are nobody's business. */
export function ownLinkRoutes({ commands, links, publicUrl, visitors }: HttpContext): FastifyPluginAsyncZod {
  const onRequest = requireRole(visitors, 'viewer');
  const shared = { tags: ['links'], security: bearerOrCookie };

  return async (app) => {
    app.get(
      '/api/links',
      {
        onRequest,
        schema: {
          ...shared,
          summary: 'Your private links, without what opens',
          response: { 200: z.object({ items: z.array(linkSchema) }), default: errorSchema },
        },
      },
      async (request, reply) => {
        void reply.header('cache-control', 'no-store');
        return {
          items: links.of(visitorOf(request).id).map((link) => ({
            id: link.id,
            channel_id: link.channelId,
            channel_name: link.channelName,
            expires_at: isoTime(link.expiresAt),
            last_used_at: isoTime(link.lastUsedAt),
            players: link.players,
          })),
        };
      },
    );

    app.post(
      '/api/links',
      {
        onRequest,
        schema: {
          ...shared,
          summary: 'A private link to one channel, for a day; this answer alone has it',
          body: z.object({ channel_id: z.int() }).meta({ example: { channel_id: 101 } }),
          response: { 201: newLinkSchema, default: errorSchema },
        },
      },
      async (request, reply) => {
        const { channel_id: channelId } = request.body;
        const channel = commands.catalogue.snapshot().byId.get(channelId);
        if (!channel) throw new AppError('channel_not_found', { channelId });
        const { token, expiresAt } = makeLink(commands, asker(visitorOf(request)), channel);
        const address = `${baseUrl(request, publicUrl)}/vlc/${token}`;
        void reply.header('cache-control', 'no-store');
        return reply.code(201).send({
          url: `${address}.ts`,
          playlist_url: `${address}.m3u`,
          expires_at: isoTime(expiresAt),
        });
      },
    );

    app.delete(
      '/api/links/:id',
      {
        onRequest,
        schema: {
          ...shared,
          summary: 'End one of your links, with all who play it',
          params: z.object({ id: z.coerce.number().int().meta({ example: 7 }) }),
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        const visitor = visitorOf(request);
        const { id } = request.params;
        if (!links.of(visitor.id).some((link) => link.id === id)) throw new AppError('not_found');
        endLinks(commands, asker(visitor), id);
        return reply.code(204).send(null);
      },
    );
  };
}
