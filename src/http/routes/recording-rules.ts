import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { mayChange } from '../../actions/recording-quota.ts';
import {
  addRule,
  changeRule,
  previewRule,
  type RulesContext,
  removeRule,
} from '../../actions/recording-rules.ts';
import { labelOf, type TitleSource } from '../../catalogue/channel-title.ts';
import { toApiChannelId } from '../../domain/ids.ts';
import { type RecordingRule, titleMatches } from '../../domain/recording-rule.ts';
import type { PreviewedProgramme } from '../../recordings/rules/rule-runner.ts';
import { apiChannelId, givenChannelId } from '../channel-ids.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { isoTime } from '../iso-time.ts';
import { requireRight, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const ruleSchema = z
  .object({
    id: z.number(),
    title: z.string(),
    match: z.enum(titleMatches).describe('exact: the whole title · words: all its words'),
    channel_id: apiChannelId.nullable().describe('Null: on any channel'),
    channel_label: z.string().nullable(),
    new_only: z.boolean().describe('Leaves out what the guide calls a repeat'),
    asked_by: z.string(),
    may_change: z
      .boolean()
      .describe('The asker may change and remove it: it is their own, or they are a controller'),
    created_at: z.iso.datetime(),
  })
  .meta({
    id: 'RecordingRule',
    example: {
      ...{
        id: 3,
        title: 'Le Journal',
        match: 'exact',
        channel_id: 101,
        channel_label: 'TF1',
        new_only: false,
      },
      ...{ asked_by: 'Ada', may_change: true, created_at: '2026-11-29T18:00:00.000Z' },
    },
  });

const matchSchema = z
  .object({
    channel_id: apiChannelId,
    channel_label: z.string(),
    title: z.string(),
    sub_title: z.string().nullable(),
    start: z.iso.datetime(),
    stop: z.iso.datetime(),
    planned: z.boolean().describe('It is to be recorded already, or is being recorded'),
  })
  .meta({
    id: 'RuleMatch',
    example: {
      ...{ channel_id: 101, channel_label: 'TF1', title: 'Le Journal', sub_title: null },
      ...{ start: '2026-11-30T19:00:00.000Z', stop: '2026-11-30T19:40:00.000Z' },
      planned: false,
    },
  });

type RuleRoutesContext = RulesContext &
  TitleSource &
  Pick<HttpContext, 'catalogue' | 'ownAccount' | 'visitors'>;

/** Rules by which programmes are recorded whenever the guide has them, for whoever may record. */
export function recordingRuleRoutes(context: RuleRoutesContext): FastifyPluginAsyncZod {
  const { ownAccount, recordingRules, visitors } = context;
  const onRequest = requireRight(visitors, 'record');
  const params = z.object({ id: z.coerce.number().int().meta({ example: 3 }) });
  const shared = { tags: ['recordings'], security: bearerOrCookie };
  const body = z
    .object({
      title: z.string().max(200),
      match: z.enum(titleMatches).default('exact'),
      channel_id: givenChannelId(ownAccount)
        .nullable()
        .optional()
        .describe('Any channel where it is missing or null'),
      new_only: z.boolean().default(false),
    })
    .meta({ example: { title: 'Le Journal', channel_id: 101 } });
  const wishOf = ({ title, match, channel_id: channelId, new_only: isNewOnly }: z.infer<typeof body>) => ({
    ...{ title, match, channelId: channelId ?? undefined, isNewOnly },
  });

  return async (app) => {
    app.get(
      '/api/recording-rules',
      {
        onRequest,
        schema: {
          ...shared,
          summary: 'All rules',
          response: { 200: z.object({ items: z.array(ruleSchema) }), default: errorSchema },
        },
      },
      async (request, reply) => {
        void reply.header('cache-control', 'no-store');
        return { items: recordingRules.all().map((rule) => toJson(rule, request)) };
      },
    );

    app.post(
      '/api/recording-rules/preview',
      {
        onRequest,
        schema: {
          ...shared,
          summary: 'What a rule takes of what the guide has now',
          body,
          response: { 200: z.object({ items: z.array(matchSchema) }), default: errorSchema },
        },
      },
      async (request) => ({
        items: (await previewRule(context, visitorOf(request), wishOf(request.body))).map(toMatch),
      }),
    );

    app.post(
      '/api/recording-rules',
      {
        onRequest,
        schema: {
          ...shared,
          summary: 'Add a rule, and plan what it wants',
          body,
          response: { 201: ruleSchema, default: errorSchema },
        },
      },
      async (request, reply) =>
        reply
          .code(201)
          .send(toJson(await addRule(context, visitorOf(request), wishOf(request.body)), request)),
    );

    app.patch(
      '/api/recording-rules/:id',
      {
        onRequest,
        schema: {
          ...shared,
          summary: 'Change a rule, and plan what it wants now; what it has planned before stays',
          params,
          body: z
            .object({
              title: z.string().max(200).optional(),
              match: z.enum(titleMatches).optional(),
              channel_id: givenChannelId(ownAccount).nullable().optional().describe('Null: on any channel'),
              new_only: z.boolean().optional(),
            })
            .meta({ example: { new_only: true } }),
          response: { 200: ruleSchema, default: errorSchema },
        },
      },
      async (request) => {
        const { title, match, channel_id: channelId, new_only: isNewOnly } = request.body;
        const changes = {
          ...(title === undefined ? {} : { title }),
          ...(match === undefined ? {} : { match }),
          ...(isNewOnly === undefined ? {} : { isNewOnly }),
          channelId,
        };
        return toJson(await changeRule(context, visitorOf(request), request.params.id, changes), request);
      },
    );

    app.delete(
      '/api/recording-rules/:id',
      {
        onRequest,
        schema: {
          ...shared,
          summary: 'Remove a rule; what it has planned stays',
          params,
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        removeRule(context, visitorOf(request), request.params.id);
        return reply.code(204).send(null);
      },
    );
  };

  function toJson(rule: RecordingRule, request: FastifyRequest) {
    const { id, title, match, channel, isNewOnly, by, createdAt } = rule;
    return {
      may_change: mayChange(visitorOf(request), rule),
      ...{ id, title, match, new_only: isNewOnly, asked_by: by.name, created_at: isoTime(createdAt) },
      channel_id: channel && toApiChannelId(channel.channelId, ownAccount),
      channel_label: channel && labelOf(context, { id: channel.channelId, name: channel.channelName }),
    };
  }

  function toMatch({ channelId, programme, isPlanned }: PreviewedProgramme) {
    const name = context.catalogue.snapshot().byId.get(channelId)?.name ?? '';
    return {
      channel_id: toApiChannelId(channelId, ownAccount),
      channel_label: labelOf(context, { id: channelId, name }),
      title: programme.title,
      sub_title: programme.subTitle ?? null,
      start: isoTime(programme.start),
      stop: isoTime(programme.stop),
      planned: isPlanned,
    };
  }
}
