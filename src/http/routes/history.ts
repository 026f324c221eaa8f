import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findAgain } from '../../catalogue/find-again.ts';
import { recentChannels } from '../../catalogue/recent-channels.ts';
import type { Channel } from '../../domain/channel.ts';
import { toApiChannelId } from '../../domain/ids.ts';
import { apiChannelId } from '../channel-ids.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { groupSchema, toGroupJson } from '../group-json.ts';
import { isoTime } from '../iso-time.ts';
import { requireRight } from '../plugins/visitors.ts';
import { screenAsked, screenQuery } from '../screen-asked.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const MOST = 200;

const entrySchema = z
  .object({
    id: z.number(),
    channel_id: apiChannelId
      .nullable()
      .describe('As it is in the list now; null where it is no longer there'),
    channel_name: z.string(),
    asked_by: z.string().nullable(),
    started_at: z.iso.datetime(),
    ended_at: z.iso.datetime().nullable().describe('Null while it is on air'),
  })
  .meta({
    example: {
      id: 7,
      channel_id: 123456,
      channel_name: 'TF1 HD',
      asked_by: 'Ada',
      started_at: '2025-12-24T10:30:00.000Z',
      ended_at: null,
    },
  });

type HistoryRoutesContext = Pick<
  HttpContext,
  'catalogue' | 'history' | 'ownAccount' | 'screens' | 'visitors'
>;

/** Who put what on air, when, and for how long; and the channels that were on, for whoever may watch. */
export function historyRoutes(context: HistoryRoutesContext): FastifyPluginAsyncZod {
  const { catalogue, history, ownAccount, visitors } = context;
  const idOf = (channel: Channel | null) => channel && toApiChannelId(channel.id, ownAccount);

  return async (app) => {
    app.get(
      '/api/history',
      {
        onRequest: requireRight(visitors, 'look'),
        schema: {
          tags: ['broadcast'],
          summary: 'What was on, the latest first',
          querystring: screenQuery,
          security: bearerOrCookie,
          response: { 200: z.object({ items: z.array(entrySchema) }), default: errorSchema },
        },
      },
      async (request) => ({
        items: history.latest(MOST, screenAsked(request, context).id).map((entry) => ({
          id: entry.id,
          channel_id: idOf(findAgain(catalogue, entry)),
          channel_name: entry.channelName,
          asked_by: entry.askedBy?.name ?? null,
          started_at: isoTime(entry.startedAt),
          ended_at: isoTime(entry.endedAt),
        })),
      }),
    );

    app.get(
      '/api/recents',
      {
        onRequest: requireRight(visitors, 'look'),
        schema: {
          tags: ['catalogue'],
          summary: 'The channels that were on lately, each once, the latest first',
          querystring: screenQuery,
          security: bearerOrCookie,
          response: { 200: z.object({ items: z.array(groupSchema) }), default: errorSchema },
        },
      },
      async (request) => ({
        items: recentChannels({ catalogue, history }, screenAsked(request, context).id).map((group) =>
          toGroupJson(group, ownAccount),
        ),
      }),
    );
  };
}
