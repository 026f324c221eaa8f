import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { chooseGuide } from '../../actions/choose-guide.ts';
import { labelOf } from '../../catalogue/channel-title.ts';
import type { GuideChoice } from '../../catalogue/guide/guide-choices.ts';
import { guideKey } from '../../catalogue/guide/guide-key.ts';
import type { Language } from '../../domain/actor.ts';
import { AppError } from '../../domain/errors.ts';
import { channelIdInAddress, givenChannelId } from '../channel-ids.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { languageOf } from '../language.ts';
import { requireRight, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';
import { programmeSchema, toProgrammeJson } from '../status-json.ts';

/** Instead of a guide's id. */
const NONE = 'none';
const PATIENCE = 10_000;

const guideId = z.string().min(1).max(500);
const candidateSchema = z.object({
  guide_id: guideId.describe('Its id in XMLTV'),
  name: z.string(),
  confidence: z.number().describe('From 0 to 1'),
  now: programmeSchema.nullable().describe('What is on there'),
});
const matchSchema = z
  .object({
    match: candidateSchema
      .extend({ by: z.enum(['hand', 'id', 'name']) })
      .nullable()
      .describe('The guide that the channel has'),
    is_chosen: z.boolean().describe('Whether somebody has chosen it, or that there is none'),
    candidates: z.array(candidateSchema).describe('The guides with the most similar names, the best first'),
  })
  .meta({
    id: 'GuideMatch',
    example: {
      match: null,
      is_chosen: false,
      candidates: [{ guide_id: 'tf1.fr', name: 'TF1', confidence: 0.93, now: null }],
    },
  });

/** Which guide a channel has, and the choice of another one by hand. */
export function guideMatchRoutes(
  context: Pick<
    HttpContext,
    'language' | 'catalogue' | 'guideChoices' | 'ownAccount' | 'visitors' | 'audit' | 'clock'
  >,
): FastifyPluginAsyncZod {
  const { catalogue, guideChoices, ownAccount, visitors } = context;
  const onRequest = requireRight(visitors, 'administer');
  return async (app) => {
    app.get(
      '/api/guide/match',
      {
        onRequest,
        schema: {
          tags: ['catalogue'],
          summary: 'The guide of a channel, and those that it could have',
          security: bearerOrCookie,
          querystring: z.object({
            channel: channelIdInAddress(ownAccount),
            q: z.string().max(200).optional().describe('A name to look for; the channel’s own by default'),
          }),
          response: { 200: matchSchema, default: errorSchema },
        },
      },
      async (request) => {
        const { channel: id, q = '' } = request.query;
        const language = languageOf(request, context.language);
        const channel = catalogue.snapshot().byId.get(id);
        if (!channel) throw new AppError('channel_gone');
        const present = guideChoices.present(id);
        const text = q.trim() || labelOf({ catalogue }, channel);
        const candidates = await guideChoices.candidates(text, AbortSignal.timeout(PATIENCE));
        return {
          match: present ? { ...toCandidateJson(present, language), by: present.by } : null,
          is_chosen: present === null || present?.by === 'hand',
          candidates: candidates.map((each) => toCandidateJson(each, language)),
        };
      },
    );

    app.put(
      '/api/guide/match',
      {
        onRequest,
        schema: {
          tags: ['catalogue'],
          summary: 'Choose the guide of a channel, for all its variants',
          security: bearerOrCookie,
          body: z
            .object({
              channel_id: givenChannelId(ownAccount),
              guide_id: guideId
                .nullable()
                .describe(`An id in XMLTV, "${NONE}" for none, or null to have it found by itself again`),
            })
            .meta({ example: { channel_id: 123456, guide_id: 'tf1.fr' } }),
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        const { channel_id: id, guide_id: given } = request.body;
        const chosen = given === null ? undefined : given === NONE ? null : guideKey(given);
        await chooseGuide(context, visitorOf(request), id, chosen);
        return reply.code(204).send(null);
      },
    );
  };
}

function toCandidateJson(
  { key, name, confidence, now }: GuideChoice,
  language: Language,
): z.infer<typeof candidateSchema> {
  return {
    guide_id: key,
    name,
    confidence: Math.round(confidence * 100) / 100,
    now: now && toProgrammeJson(now, language),
  };
}
