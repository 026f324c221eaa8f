import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type DiscordProgress, DiscordSetUp } from '../../actions/set-up-discord.ts';
import type { Language } from '../../domain/actor.ts';
import { botStates } from '../../domain/bot-state.ts';
import { discordSetUpMessagesIn } from '../../words/discord-set-up.ts';
import { sentence } from '../../words/sentence.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { languageOf } from '../language.ts';
import { requireRight, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const id = z.string().regex(/^\d{1,25}$/);
const idList = z.array(id).max(200);
const rolesSchema = z.object({
  guild_id: id.nullable().describe('null: every server that the bot is in'),
  admin: idList,
  controller: idList,
  viewer: idList,
});
const stateSchema = z
  .object({
    state: z.enum(botStates),
    message: z.string().describe('What it means and what to do'),
    has_token: z.boolean(),
    bot: z
      .object({ name: z.string(), picture: z.string().nullable().describe('A data: address') })
      .nullable(),
    invite_url: z.string().nullable(),
    guilds: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        roles: z.array(z.object({ id: z.string(), name: z.string(), colour: z.string().nullable() })),
      }),
    ),
    chosen: rolesSchema,
  })
  .meta({
    id: 'DiscordState',
    example: {
      state: 'on',
      message: 'The bot is on: type /play in a channel of Living room.',
      has_token: true,
      bot: { name: 'Zapette', picture: null },
      invite_url: 'https://discord.com/oauth2/authorize?…',
      guilds: [{ id: '200000000000000001', name: 'Living room', roles: [] }],
      chosen: { guild_id: '200000000000000001', admin: [], controller: [], viewer: [] },
    },
  });
/** What all routes answer. */
const answer = {
  tags: ['set-up'],
  security: bearerOrCookie,
  response: { 200: stateSchema, default: errorSchema },
};
const USUAL = { rateLimit: { max: 60, timeWindow: '1 minute' } };
/** Each try asks Discord, which counts wrong tokens and blocks an address after too many. */
const TRIES = { rateLimit: { max: 10, timeWindow: '1 minute' } };

/** The set-up of Discord's bot: its token, its server, and which roles may do what. */
export function setupDiscordRoutes(
  context: Pick<HttpContext, 'visitors' | 'clock' | 'language' | 'setupDiscord'>,
): FastifyPluginAsyncZod {
  const { visitors, clock } = context;
  const setUp = new DiscordSetUp(context.setupDiscord, clock);
  const toAnswer = (request: FastifyRequest, progress: DiscordProgress) =>
    toJson(progress, languageOf(request, context.language));

  return async (app) => {
    app.addHook('onRequest', requireRight(visitors, 'administer'));
    app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));

    app.get(
      '/api/setup/discord',
      { schema: { ...answer, summary: 'How far the set-up of Discord is, and what to do next' } },
      async (request) => toAnswer(request, await setUp.see(visitorOf(request))),
    );

    app.put(
      '/api/setup/discord',
      {
        schema: {
          ...answer,
          summary: 'Turns the bot on with a token that Discord accepts',
          body: z.object({ token: z.string().max(2_000) }).meta({ example: { token: 'the token' } }),
        },
        config: TRIES,
      },
      async (request) => toAnswer(request, await setUp.useToken(request.body.token, visitorOf(request))),
    );

    app.delete(
      '/api/setup/discord',
      { schema: { ...answer, summary: 'Turns the bot off and forgets its token' }, config: USUAL },
      async (request) => toAnswer(request, await setUp.turnOff(visitorOf(request))),
    );

    app.put(
      '/api/setup/discord/roles',
      {
        schema: {
          ...answer,
          summary: 'Chooses the server, and the roles of its members',
          body: rolesSchema.meta({
            example: { guild_id: '200000000000000001', admin: [], controller: [], viewer: [] },
          }),
        },
        config: USUAL,
      },
      async (request) => {
        const { guild_id: guildId, ...listed } = request.body;
        return toAnswer(request, await setUp.choose({ guildId, listed }, visitorOf(request)));
      },
    );
  };
}

function toJson(progress: DiscordProgress, language: Language) {
  const { state, hasToken, look, chosen } = progress;
  return {
    state,
    message: messageOf(progress, language),
    has_token: hasToken,
    bot: look && { ...look.bot },
    invite_url: look?.inviteUrl ?? null,
    guilds: (look?.guilds ?? []).map(({ roles, ...guild }) => ({ ...guild, roles: [...roles] })),
    chosen: {
      guild_id: chosen.guildId,
      admin: [...chosen.listed.admin],
      controller: [...chosen.listed.controller],
      viewer: [...chosen.listed.viewer],
    },
  };
}

function messageOf({ stage, look, error, chosen }: DiscordProgress, language: Language): string {
  if (error) return sentence(language, error.code, error.params);
  const messages = discordSetUpMessagesIn(language);
  if (stage !== 'on') return messages[stage];
  const guilds = look?.guilds ?? [];
  const only = guilds.find(({ id: guildId }) => guildId === chosen.guildId);
  return messages.on(only?.name ?? null);
}
