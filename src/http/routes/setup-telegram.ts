import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { TelegramSetup, type TelegramSetupContext } from '../../actions/set-up-telegram.ts';
import { botStates } from '../../domain/bot-state.ts';
import { telegramStateSentences } from '../../words/setup-telegram.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { languageOf } from '../language.ts';
import { requireRight, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const stateSchema = z
  .object({
    state: z.enum(botStates),
    message: z.string().describe('The state as a sentence that says what to do'),
    has_token: z.boolean(),
    bot: z.object({ name: z.string(), username: z.string() }).nullable(),
    start_url: z.string().nullable().describe('Who first presses Start there becomes an admin'),
    admins: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
    groups: z.array(z.object({ id: z.string(), title: z.string(), is_allowed: z.boolean() })),
  })
  .meta({
    id: 'TelegramSetup',
    example: {
      state: 'on',
      message: 'The bot is on.',
      has_token: true,
      bot: { name: 'Living room', username: 'living_room_bot' },
      start_url: null,
      admins: [{ id: '123456789', name: 'Ada' }],
      groups: [{ id: '-1001234567890', title: 'Film night', is_allowed: true }],
    },
  });
const response = { 200: stateSchema, default: errorSchema };
const rateLimit = { max: 10, timeWindow: '1 minute' };

type SetupTelegramContext = TelegramSetupContext & Pick<HttpContext, 'visitors' | 'language'>;

/** Telegram's part of the set-up page: the bot's token, its admins and its groups. */
export function setupTelegramRoutes(context: SetupTelegramContext): FastifyPluginAsyncZod {
  const setup = new TelegramSetup(context);
  const onRequest = requireRight(context.visitors, 'administer');
  const schema = (summary: string) => ({
    tags: ['setup'],
    summary,
    security: bearerOrCookie,
    response,
  });

  return async (app) => {
    app.get(
      '/api/setup/telegram',
      { onRequest, schema: schema('How far the set-up of the Telegram bot is') },
      (request, reply) => answer(request, reply),
    );

    app.put(
      '/api/setup/telegram',
      {
        onRequest,
        schema: {
          ...schema('Set the bot’s token, if Telegram knows it'),
          body: z
            .object({ token: z.string().max(8_192).describe('The token, or a text that holds it') })
            .meta({ example: { token: '123456789:AAF…' } }),
        },
        config: { rateLimit },
      },
      async (request, reply) => {
        await setup.useToken(visitorOf(request), request.body.token);
        return answer(request, reply);
      },
    );

    app.delete(
      '/api/setup/telegram',
      { onRequest, schema: schema('Turn the bot off') },
      async (request, reply) => {
        await setup.turnOff(visitorOf(request));
        return answer(request, reply);
      },
    );

    app.put(
      '/api/setup/telegram/groups/:id',
      {
        onRequest,
        schema: {
          ...schema('Let the members of a group watch and choose, or no longer'),
          params: z.object({ id: z.string().max(40).meta({ example: '-1001234567890' }) }),
          body: z.object({ is_allowed: z.boolean() }).meta({ example: { is_allowed: true } }),
        },
      },
      async (request, reply) => {
        await setup.allowGroup(visitorOf(request), request.params.id, request.body.is_allowed);
        return answer(request, reply);
      },
    );

    app.post(
      '/api/setup/telegram/code',
      {
        onRequest,
        schema: schema('Make a new link that makes an admin: it works once, within 15 minutes'),
        config: { rateLimit },
      },
      async (request, reply) => {
        setup.makeCode(visitorOf(request));
        return answer(request, reply);
      },
    );
  };

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<z.output<typeof stateSchema>> {
    const { state, hasToken, bot, startUrl, admins, groups } = await setup.view(visitorOf(request));
    void reply.header('cache-control', 'no-store');
    return {
      state,
      message: telegramStateSentences(languageOf(request, context.language))[state],
      has_token: hasToken,
      bot,
      start_url: startUrl,
      admins: [...admins],
      groups: groups.map(({ id, title, isAllowed }) => ({ id, title, is_allowed: isAllowed })),
    };
  }
}
