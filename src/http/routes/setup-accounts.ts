import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Visitor } from '../../access/visitor.ts';
import type { TriedAccount } from '../../domain/account-trial.ts';
import type { Language } from '../../domain/actor.ts';
import { type AccountId, accountId } from '../../domain/ids.ts';
import { accountName } from '../../words/account-name.ts';
import { sentence } from '../../words/sentence.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { isoTime } from '../iso-time.ts';
import { languageOf } from '../language.ts';
import { requireRight, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';
import type { SetupAccountState } from '../setup-accounts.ts';
import type { Trials } from '../trials.ts';
import { accountFieldsSchema, bodyLimit, triedSchema, triedToJson, untilGone } from './setup-account.ts';

const accountSchema = z
  .object({
    id: z.string().describe('main, x2, m1 …'),
    kind: z.enum(['subscription', 'list']),
    name: z.string().describe('As people read it'),
    is_off: z.boolean().describe('Set, but not in use'),
    is_locked: z.boolean().describe('The environment decides its login'),
    trouble: z.string().nullable().describe('What is wrong, as a sentence'),
    connections: z.number().nullable().describe('Null: nobody tells'),
    expires_at: z.iso.datetime().nullable(),
    channels: z.number(),
  })
  .meta({
    id: 'SetupAccount',
    example: {
      ...{ id: 'x2', kind: 'subscription', name: 'subscription 2', is_off: false, is_locked: false },
      ...{ trouble: null, connections: 2, expires_at: '2027-03-03T00:00:00.000Z', channels: 12480 },
    },
  });
const listSchema = z
  .object({
    items: z.array(accountSchema),
    may_add: z.object({ subscription: z.boolean(), list: z.boolean() }),
  })
  .meta({ id: 'SetupAccounts' });
const bodySchema = accountFieldsSchema
  .extend({ kind: z.enum(['subscription', 'list']) })
  .meta({ example: { kind: 'list', url: 'http://list.example/tv.m3u' } });
const accountIdSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]{0,9}$/)
  .transform(accountId);
const paramsSchema = z.object({ id: accountIdSchema });

const kinds = { subscription: 'xtream', list: 'm3u' } as const;

type SetupAccountsContext = Pick<HttpContext, 'language' | 'setupAccounts' | 'visitors'>;

/** All subscriptions and M3U lists, for the set-up page. No answer has an address, a user name or a password. */
export function setupAccountsRoutes(context: SetupAccountsContext, trials: Trials): FastifyPluginAsyncZod {
  const { setupAccounts, visitors } = context;
  const onRequest = requireRight(visitors, 'administer');
  const common = { tags: ['set-up'], security: bearerOrCookie };

  /** @param id the account to replace; null to add one. */
  function tryAndUse(
    id: AccountId | null,
    { kind, ...fields }: z.infer<typeof bodySchema>,
    by: Visitor,
    signal: AbortSignal,
  ): Promise<TriedAccount> {
    return trials.alone(async () => {
      trials.count(by);
      const works = await setupAccounts.try(kinds[kind], fields, signal);
      await setupAccounts.use(id, kinds[kind], works, by);
      return works;
    });
  }

  return async (app) => {
    app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));

    app.get(
      '/api/setup/accounts',
      {
        onRequest,
        schema: {
          ...common,
          summary: 'The subscriptions and lists, in the order in which they count',
          response: { 200: listSchema, default: errorSchema },
        },
      },
      async (request) => {
        const language = languageOf(request, context.language);
        return {
          items: setupAccounts.list().map((account) => toJson(account, language)),
          may_add: { subscription: setupAccounts.mayAdd('xtream'), list: setupAccounts.mayAdd('m3u') },
        };
      },
    );

    app.post(
      '/api/setup/accounts',
      {
        onRequest,
        schema: {
          ...common,
          summary: 'Try a further subscription or list, and use it if it works',
          body: bodySchema,
          response: { 200: triedSchema, default: errorSchema },
        },
        bodyLimit,
      },
      async (request, reply) => {
        const tried = await tryAndUse(null, request.body, visitorOf(request), untilGone(reply));
        return triedToJson(tried, languageOf(request, context.language));
      },
    );

    app.put(
      '/api/setup/accounts/:id',
      {
        onRequest,
        schema: {
          ...common,
          summary: 'Try another login or address for an account, and use it if it works',
          params: paramsSchema,
          body: bodySchema,
          response: { 200: triedSchema, default: errorSchema },
        },
        bodyLimit,
      },
      async (request, reply) => {
        const { id } = request.params;
        const tried = await tryAndUse(id, request.body, visitorOf(request), untilGone(reply));
        return triedToJson(tried, languageOf(request, context.language));
      },
    );

    app.delete(
      '/api/setup/accounts/:id',
      {
        onRequest,
        schema: {
          ...common,
          summary: 'Forget an account',
          params: paramsSchema,
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        await trials.alone(() => setupAccounts.remove(request.params.id, visitorOf(request)));
        return reply.code(204).send(null);
      },
    );

    app.put(
      '/api/setup/accounts/order',
      {
        onRequest,
        schema: {
          ...common,
          summary: 'Give the accounts another order: the first that has a channel in a quality plays it',
          body: z
            .object({ ids: z.array(accountIdSchema).max(20).describe('Those that are not named follow') })
            .meta({ example: { ids: ['x2', 'main'] } }),
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        await trials.alone(() => setupAccounts.order(request.body.ids, visitorOf(request)));
        return reply.code(204).send(null);
      },
    );

    app.put(
      '/api/setup/accounts/:id/off',
      {
        onRequest,
        schema: {
          ...common,
          summary: 'Leave an account out for now, or take it into use again',
          params: paramsSchema,
          body: z.object({ off: z.boolean() }).meta({ example: { off: true } }),
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        await trials.alone(() => setupAccounts.pause(id, request.body.off, visitorOf(request)));
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/api/setup/accounts/:id/test',
      {
        onRequest,
        schema: {
          ...common,
          summary: 'Read an account and its list anew',
          params: paramsSchema,
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        await trials.alone(async () => {
          trials.count(visitorOf(request));
          await setupAccounts.read(request.params.id, untilGone(reply));
        });
        return reply.code(204).send(null);
      },
    );
  };
}

function toJson({ id, kind, isOff, isLocked, trouble, ...facts }: SetupAccountState, language: Language) {
  return {
    id,
    kind: kind === 'm3u' ? ('list' as const) : ('subscription' as const),
    name: accountName(id, language),
    is_off: isOff,
    is_locked: isLocked,
    trouble: trouble && sentence(language, trouble.code, trouble.params),
    connections: facts.connections,
    expires_at: facts.expiresAt === null ? null : isoTime(facts.expiresAt),
    channels: facts.channels,
  };
}
