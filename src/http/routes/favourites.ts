import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  type AddFavouriteContext,
  addFavourite,
  findFavourite,
  removeFavourite,
} from '../../actions/favourites.ts';
import { findAgain } from '../../catalogue/find-again.ts';
import { AppError } from '../../domain/errors.ts';
import { ownIdOf, toApiChannelId } from '../../domain/ids.ts';
import { apiChannelId, channelIdInAddress } from '../channel-ids.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { groupSchema, toGroupJson } from '../group-json.ts';
import { requireRight, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const favouriteSchema = z
  .object({
    channel_id: apiChannelId.describe('The variant that is kept, by its id when it was kept'),
    channel_name: z.string(),
    channel: groupSchema.nullable().describe('As it is in the list now; null where it is no longer there'),
  })
  .meta({ id: 'Favourite' });

/** The asker's own favourites, the same as in the bots. */
export function favouriteRoutes(
  context: AddFavouriteContext & Pick<HttpContext, 'ownAccount' | 'visitors'>,
): FastifyPluginAsyncZod {
  const { catalogue, favourites, ownAccount, visitors } = context;
  const onRequest = requireRight(visitors, 'own');
  const params = z.object({
    channelId: channelIdInAddress(ownAccount)
      .describe('Any variant of the channel')
      .meta({ example: '123456' }),
  });
  const shared = { tags: ['favourites'], security: bearerOrCookie };

  return async (app) => {
    app.get(
      '/api/favourites',
      {
        onRequest,
        schema: {
          ...shared,
          summary: 'Your favourites, in the order in which you added them',
          response: { 200: z.object({ items: z.array(favouriteSchema) }), default: errorSchema },
        },
      },
      async (request, reply) => {
        void reply.header('cache-control', 'no-store');
        const items = favourites.of(visitorOf(request).id).map((favourite) => {
          const channel = findAgain(catalogue, favourite);
          const group = channel && catalogue.groupOf(channel.id);
          return {
            channel_id: toApiChannelId(favourite.channelId, ownAccount),
            channel_name: favourite.channelName,
            channel: group && toGroupJson(group, ownAccount),
          };
        });
        return { items };
      },
    );

    app.put(
      '/api/favourites/:channelId',
      {
        onRequest,
        schema: {
          ...shared,
          summary: 'Keep a channel, in this variant; at most 25',
          params,
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        const { channelId } = request.params;
        const channel = catalogue.snapshot().byId.get(channelId);
        if (!channel) throw new AppError('channel_not_found', { channelId: ownIdOf(channelId) });
        addFavourite(context, visitorOf(request), channel);
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/api/favourites/:channelId',
      {
        onRequest,
        schema: {
          ...shared,
          summary: 'Keep a channel no longer, whichever of its variants was kept',
          params,
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        const visitor = visitorOf(request);
        const { channelId } = request.params;
        const favourite = findFavourite(context, visitor.id, channelId);
        if (!favourite) throw new AppError('no_favourite', { query: `#${ownIdOf(channelId)}` });
        removeFavourite(context, visitor, favourite);
        return reply.code(204).send(null);
      },
    );
  };
}
