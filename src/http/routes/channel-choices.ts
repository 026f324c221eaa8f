import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { chooseChannel, forgetChoice } from '../../actions/choose-channel.ts';
import type { ChosenChannel } from '../../catalogue/channel-chooser.ts';
import { FIRST_CHOSEN_NUMBER, LAST_CHOSEN_NUMBER } from '../../domain/channel-choice.ts';
import { type OwnAccount, toApiChannelId } from '../../domain/ids.ts';
import { apiChannelId, channelIdInAddress, givenChannelId } from '../channel-ids.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { requireRight, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const chosenSchema = z
  .object({
    name: z.string().describe('For people'),
    entries: z
      .array(z.object({ id: apiChannelId, name: z.string().describe('As the provider writes it') }))
      .describe('At least one; some may have left the list'),
    chosen_name: z.string().nullable(),
    number: z.number().nullable(),
    is_hidden: z.boolean(),
    is_alone: z.boolean().describe('Whether it is one entry that was taken out of its channel'),
  })
  .meta({
    id: 'ChosenChannel',
    example: {
      name: 'La Une',
      entries: [
        { id: 123456, name: 'FR| TF1 FHD' },
        { id: 123460, name: 'FR| TF1 UHD HEVC' },
      ],
      chosen_name: 'La Une',
      number: 101,
      is_hidden: false,
      is_alone: false,
    },
  });

/** Characters. */
const LONGEST_NAME = 100;
const name = z
  .string()
  .transform((given) => given.replace(/[\p{Cc}\s]+/gu, ' ').trim())
  .refine((given) => given.length <= LONGEST_NAME && /[\p{L}\p{N}]/u.test(given), {
    ...{ error: 'name', params: { most: LONGEST_NAME } },
  });
const number = z.int().min(FIRST_CHOSEN_NUMBER).max(LAST_CHOSEN_NUMBER);

/** Names and numbers of one's own, hidden channels, and which channels are one. */
export function channelChoiceRoutes(
  context: Pick<HttpContext, 'chooser' | 'ownAccount' | 'visitors' | 'audit' | 'clock'>,
): FastifyPluginAsyncZod {
  const { chooser, ownAccount, visitors } = context;
  const onRequest = requireRight(visitors, 'administer');
  return async (app) => {
    app.get(
      '/api/channels/choices',
      {
        onRequest,
        schema: {
          tags: ['catalogue'],
          summary: 'The channels for which something was chosen',
          security: bearerOrCookie,
          response: { 200: z.object({ items: z.array(chosenSchema) }), default: errorSchema },
        },
      },
      async () => ({ items: chooser.chosen().map((each) => toJson(each, ownAccount)) }),
    );

    app.put(
      '/api/channels/choices',
      {
        onRequest,
        schema: {
          tags: ['catalogue'],
          summary: 'Choose the name or number of a channel, hide it, or make two channels one',
          description:
            'What is left out stays as it is. It holds for all variants of the channel, and follows it when the provider renumbers its list.',
          security: bearerOrCookie,
          body: z
            .object({
              channel_id: givenChannelId(ownAccount),
              name: name
                .nullish()
                .describe('null: as the provider names it; two channels of one name and country are one'),
              number: number
                .nullish()
                .describe('For players and for people who type it; null: as the provider numbers it'),
              is_hidden: z.boolean().optional(),
              same_as: givenChannelId(ownAccount).optional().describe('The channel that it is one with'),
              is_alone: z
                .boolean()
                .optional()
                .describe('Whether it is about this entry of the list alone, which gets a name of its own'),
            })
            .meta({ example: { channel_id: 123456, name: 'La Une', number: 101 } }),
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        const { channel_id: id, is_hidden: isHidden, same_as: sameAs, is_alone: isAlone } = request.body;
        const given = { name: request.body.name, number: request.body.number, isHidden, sameAs, isAlone };
        const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
        await chooseChannel(context, visitorOf(request), id, change);
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/api/channels/choices',
      {
        onRequest,
        schema: {
          tags: ['catalogue'],
          summary: 'Forget what was chosen for a channel',
          security: bearerOrCookie,
          querystring: z.object({ channel: channelIdInAddress(ownAccount) }),
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        await forgetChoice(context, visitorOf(request), request.query.channel);
        return reply.code(204).send(null);
      },
    );
  };
}

function toJson(
  { label, entries, choice, isAlone }: ChosenChannel,
  own: OwnAccount,
): z.infer<typeof chosenSchema> {
  return {
    name: label,
    entries: entries.map(({ channelId, channelName }) => ({
      id: toApiChannelId(channelId, own),
      name: channelName,
    })),
    chosen_name: choice.called?.name ?? null,
    number: choice.number,
    is_hidden: choice.isHidden,
    is_alone: isAlone,
  };
}
