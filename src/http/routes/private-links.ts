import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Visitor } from '../../access/visitor.ts';
import { type EndPrivateLinksContext, endPrivateLinks } from '../../actions/end-private-links.ts';
import { type MakePrivateLinkContext, makePrivateLink } from '../../actions/make-private-link.ts';
import { mayAct } from '../../domain/actor.ts';
import { AppError } from '../../domain/errors.ts';
import { ownIdOf, toApiChannelId } from '../../domain/ids.ts';
import { addressForOthers } from '../addresses.ts';
import { apiChannelId, givenChannelId } from '../channel-ids.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { isoTime } from '../iso-time.ts';
import { requireRight, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const linkSchema = z
  .object({
    id: z.number(),
    channel_id: apiChannelId,
    channel_name: z.string(),
    person: z.object({ id: z.string(), name: z.string() }).describe('Whose it is'),
    created_at: z.iso.datetime(),
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
      person: { id: 'discord:81384788765712384', name: 'Ada' },
      created_at: '2025-12-24T10:00:00.000Z',
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

const whose = z.object({
  all: z.stringbool().default(false).describe('Everybody’s, for admins'),
});

type PrivateLinksContext = MakePrivateLinkContext &
  EndPrivateLinksContext &
  Pick<HttpContext, 'catalogue' | 'links' | 'ownAccount' | 'publicUrl' | 'visitors'>;

/** Private links: the asker's own, and everybody's for admins. */
export function privateLinkRoutes(context: PrivateLinksContext): FastifyPluginAsyncZod {
  const { catalogue, links, ownAccount, visitors } = context;
  const onRequest = requireRight(visitors, 'own');
  const shared = { tags: ['links'], security: bearerOrCookie };

  return async (app) => {
    app.get(
      '/api/links',
      {
        onRequest,
        schema: {
          ...shared,
          summary: 'Your private links, or everybody’s, without what opens',
          querystring: whose,
          response: { 200: z.object({ items: z.array(linkSchema) }), default: errorSchema },
        },
      },
      async (request, reply) => {
        void reply.header('cache-control', 'no-store');
        return {
          items: links.of(holderOf(visitorOf(request), request.query.all)).map((link) => ({
            id: link.id,
            channel_id: toApiChannelId(link.channelId, ownAccount),
            channel_name: link.channelName,
            person: link.person,
            created_at: isoTime(link.createdAt),
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
          body: z.object({ channel_id: givenChannelId(ownAccount) }).meta({ example: { channel_id: 101 } }),
          response: { 201: newLinkSchema, default: errorSchema },
        },
      },
      async (request, reply) => {
        const { channel_id: channelId } = request.body;
        const channel = catalogue.snapshot().byId.get(channelId);
        if (!channel) throw new AppError('channel_not_found', { channelId: ownIdOf(channelId) });
        const { token, expiresAt } = makePrivateLink(context, visitorOf(request), channel);
        const address = `${addressForOthers(request, context.publicUrl)}/vlc/${token}`;
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
          summary: 'End one of your links, or for admins anybody’s, with all who play it',
          params: z.object({ id: z.coerce.number().int().meta({ example: 7 }) }),
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        const visitor = visitorOf(request);
        const holder = holderOf(visitor, mayAct(visitor, 'admin'));
        const ended = endPrivateLinks(context, visitor, holder, request.params.id);
        if (ended === 0) throw new AppError('not_found');
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/api/links',
      {
        onRequest,
        schema: {
          ...shared,
          summary: 'End all your links, or everybody’s, with all who play them',
          querystring: whose,
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        const visitor = visitorOf(request);
        endPrivateLinks(context, visitor, holderOf(visitor, request.query.all));
        return reply.code(204).send(null);
      },
    );
  };
}

/** The person whose links are meant; null for everybody's. @throws AppError not_allowed */
function holderOf(visitor: Visitor, all: boolean): string | null {
  if (!all) return visitor.id;
  if (!mayAct(visitor, 'admin')) throw new AppError('not_allowed');
  return null;
}
