import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Visitor } from '../../access/visitor.ts';
import type { AccountFields, TriedAccount } from '../../domain/account-trial.ts';
import type { Language } from '../../domain/actor.ts';
import { accountNote } from '../../words/account-notes.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { isoTime } from '../iso-time.ts';
import { languageOf } from '../language.ts';
import { requireRight, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';
import type { Trials } from '../trials.ts';

/** A pasted text may be a whole list. */
export const bodyLimit = 1024 * 1024;
const pasted = z.string().default('');
export const accountFieldsSchema = z.object({
  url: pasted.describe(
    'The address; or any text with all three, such as a get.php address or a whole message',
  ),
  username: pasted,
  password: pasted,
});
const exampleFields = { url: 'http://provider.example:8080', username: 'ada', password: 'secret' };

export const triedSchema = z
  .object({
    connections: z.number().nullable().describe('Null: the provider does not tell'),
    expires_at: z.iso.datetime().nullable(),
    channels: z.number(),
    notes: z.array(z.string()).describe('What was understood where it differs from what was typed'),
  })
  .meta({
    id: 'AccountTried',
    example: { connections: 2, expires_at: '2027-03-03T00:00:00.000Z', channels: 12480, notes: [] },
  });

const categorySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    count: z.number(),
    is_hidden: z.boolean().describe('Left out of the channel list'),
  })
  .meta({ id: 'SetupCategory', example: { id: '3', name: 'France', count: 120, is_hidden: false } });

type SetupAccountRoutesContext = Pick<HttpContext, 'language' | 'setupAccount' | 'visitors'>;

/** The subscription and its categories, for the set-up page. No answer has an address, a user name or a password. */
export function setupAccountRoutes(
  context: SetupAccountRoutesContext,
  trials: Trials,
): FastifyPluginAsyncZod {
  const { setupAccount, visitors } = context;
  const onRequest = requireRight(visitors, 'administer');

  /** @throws AppError rate_limited, and what `try` throws */
  async function tryFor(by: Visitor, fields: AccountFields, signal: AbortSignal): Promise<TriedAccount> {
    trials.count(by);
    return setupAccount.try(fields, signal);
  }

  return async (app) => {
    app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));

    app.post(
      '/api/setup/account/try',
      {
        onRequest,
        schema: {
          tags: ['set-up'],
          summary: 'Try a subscription without using it',
          security: bearerOrCookie,
          body: accountFieldsSchema.meta({ example: exampleFields }),
          response: { 200: triedSchema, default: errorSchema },
        },
        bodyLimit,
      },
      async (request, reply) => {
        const tried = await trials.alone(async () =>
          tryFor(visitorOf(request), request.body, untilGone(reply)),
        );
        return triedToJson(tried, languageOf(request, context.language));
      },
    );

    app.put(
      '/api/setup/account',
      {
        onRequest,
        schema: {
          tags: ['set-up'],
          summary: 'Try a subscription, and use it if it works',
          security: bearerOrCookie,
          body: accountFieldsSchema
            .extend({ confirm: z.boolean().default(false).describe('Although it changes what is on air') })
            .meta({ example: exampleFields }),
          response: { 200: triedSchema, default: errorSchema },
        },
        bodyLimit,
      },
      async (request, reply) => {
        const { confirm, ...fields } = request.body;
        const used = await trials.alone(async () => {
          const by = visitorOf(request);
          const tried = await tryFor(by, fields, untilGone(reply));
          return setupAccount.use(tried, { confirm }, by);
        });
        return triedToJson(used, languageOf(request, context.language));
      },
    );

    app.delete(
      '/api/setup/account',
      {
        onRequest,
        schema: {
          tags: ['set-up'],
          summary: 'Go back to the demo',
          security: bearerOrCookie,
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        await trials.alone(() => setupAccount.leave(visitorOf(request)));
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/api/setup/categories',
      {
        onRequest,
        schema: {
          tags: ['set-up'],
          summary: 'The categories of the provider’s list',
          security: bearerOrCookie,
          response: { 200: z.object({ items: z.array(categorySchema) }), default: errorSchema },
        },
      },
      async () => ({
        items: setupAccount.categories().map(({ isHidden, ...category }) => ({
          ...category,
          is_hidden: isHidden,
        })),
      }),
    );

    app.put(
      '/api/setup/categories',
      {
        onRequest,
        schema: {
          tags: ['set-up'],
          summary: 'Leave exactly these categories out of the channel list',
          security: bearerOrCookie,
          body: z
            .object({ hidden: z.array(z.string().max(200)).max(5_000).describe('Ids of categories') })
            .meta({ example: { hidden: ['9'] } }),
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        await setupAccount.hide([...new Set(request.body.hidden)], visitorOf(request));
        return reply.code(204).send(null);
      },
    );
  };
}

/** A signal that aborts when the asker has gone, so that a trial that nobody waits for does not hold up the next. */
export function untilGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}

/** A trial as the API tells it, without the account's data. */
export function triedToJson({ connections, expiresAt, channels, notes }: TriedAccount, language: Language) {
  return {
    connections,
    expires_at: expiresAt === null ? null : isoTime(expiresAt),
    channels,
    notes: notes.map((note) => accountNote(language, note)),
  };
}
