import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { AddressTried } from '../../doctor/try-address.ts';
import type { Language } from '../../domain/actor.ts';
import { reachabilityMessagesIn } from '../../words/reachability.ts';
import { sentence } from '../../words/sentence.ts';
import { localOrigin } from '../asked-host.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { isoTime } from '../iso-time.ts';
import { languageOf } from '../language.ts';
import { requireRight, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const watchingSchema = z
  .object({
    where: z.enum(['here', 'house', 'internet']),
    access: z.enum(['public', 'key', 'login']),
    public_url: z.string().nullable(),
  })
  .meta({ example: { where: 'house', access: 'public', public_url: null } });
const watchExample = {
  where: 'house',
  access: 'public',
  public_url: null,
  addresses: ['http://192.168.1.10:8002'],
  instance: 'wX3bq0aZk2vd',
  is_container: false,
} as const;
const watchSchema = watchingSchema
  .extend({
    addresses: z.array(z.string()).describe('Of this machine in its networks, with the port'),
    instance: z.string().describe('What GET /reach answers at an address that leads here'),
    is_container: z.boolean(),
  })
  .meta({
    id: 'WatchState',
    example: watchExample,
  });
const stateSchema = z
  .object({
    is_first: z.boolean().describe('Nobody has answered yet who may watch'),
    account: z.object({
      kind: z.enum(['demo', 'own']),
      trouble: z.string().nullable().describe('What is wrong, as a sentence'),
      connections: z.number().nullable(),
      expires_at: z.iso.datetime().nullable(),
      channels: z.number(),
    }),
    watch: watchSchema,
    locked: z.array(z.string()).describe('Settings that the environment decides'),
    needs_restart: z.array(z.string()).describe('Changed settings that take effect with the next start'),
  })
  .meta({
    id: 'SetupState',
    example: {
      is_first: true,
      account: { kind: 'own', trouble: null, connections: 2, expires_at: null, channels: 12_480 },
      watch: watchExample,
      locked: ['PORT'],
      needs_restart: [],
    },
  });
const addressSchema = z
  .object({
    url: z.string().describe('As it was understood'),
    leads_here: z.boolean(),
    is_https: z.boolean(),
    events_pass: z.boolean().nullable().describe('Null: not tried, since it does not lead here'),
    sentences: z.array(z.string()).describe('What it means and what to do'),
    caddy: z.string().describe('Lines for a Caddyfile'),
  })
  .meta({
    id: 'AddressTried',
    example: {
      url: 'https://tv.example.org',
      leads_here: true,
      is_https: true,
      events_pass: true,
      sentences: ['https://tv.example.org leads here.'],
      caddy: 'tv.example.org {\n\treverse_proxy 127.0.0.1:8002\n}\n',
    },
  });

type SetupRoutesContext = Pick<
  HttpContext,
  'catalogue' | 'firstStart' | 'health' | 'instance' | 'language' | 'machine' | 'setup' | 'visitors'
>;

/** What is set up so far, who may watch and where, and a restart. */
export function setupRoutes(context: SetupRoutesContext): FastifyPluginAsyncZod {
  const { catalogue, firstStart, health, instance, machine, setup, visitors } = context;
  const onRequest = requireRight(visitors, 'administer');
  const common = { tags: ['set-up'], security: bearerOrCookie };

  const watch = (): z.infer<typeof watchSchema> => {
    const { where, access, publicUrl } = setup.watching;
    return {
      where,
      access,
      public_url: publicUrl,
      addresses: [...setup.addresses],
      instance,
      is_container: setup.isInContainer,
    };
  };

  return async (app) => {
    app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));

    app.get(
      '/api/setup',
      {
        onRequest,
        schema: {
          ...common,
          summary: 'What is set up so far',
          response: { 200: stateSchema, default: errorSchema },
        },
      },
      async (request) => {
        const { trouble } = health;
        const language = languageOf(request, context.language);
        const { account } = setup;
        return {
          is_first: firstStart.isOpen,
          account: {
            kind: machine.isDemo ? ('demo' as const) : ('own' as const),
            trouble: trouble && sentence(language, trouble.code, trouble.params),
            connections: account?.maxConnections ?? null,
            expires_at: account?.expiresAt ? isoTime(account.expiresAt) : null,
            channels: catalogue.snapshot().channels.length,
          },
          watch: watch(),
          locked: [...setup.locked],
          needs_restart: [...setup.needsRestart],
        };
      },
    );

    app.put(
      '/api/setup/watch',
      {
        onRequest,
        config: { rateLimit: { max: 60, timeWindow: '1 minute' } },
        schema: {
          ...common,
          summary: 'Who may watch, and where: the server listens there before it answers',
          body: watchingSchema,
          response: { 200: watchSchema, default: errorSchema },
        },
      },
      async (request) => {
        const { where, access, public_url: publicUrl } = request.body;
        await setup.choose({ where, access, publicUrl }, visitorOf(request), localOrigin(request));
        return watch();
      },
    );

    app.post(
      '/api/setup/address',
      {
        onRequest,
        config: { rateLimit: { max: 20, timeWindow: '1 minute' } },
        schema: {
          ...common,
          summary: 'Whether an address leads here, from this machine',
          body: z.object({ url: z.string().max(300) }).meta({ example: { url: 'tv.example.org' } }),
          response: { 200: addressSchema, default: errorSchema },
        },
      },
      async (request) => {
        const tried = await setup.tryAddress(request.body.url);
        return {
          url: tried.url,
          leads_here: tried.is === 'reached',
          is_https: tried.isHttps,
          events_pass: tried.eventsPass,
          sentences: sentencesAbout(tried, languageOf(request, context.language)),
          caddy: caddyLines(tried, setup.port),
        };
      },
    );

    app.post(
      '/api/restart',
      {
        onRequest,
        config: { rateLimit: { max: 10, timeWindow: '1 minute' } },
        schema: {
          ...common,
          summary: 'Start the server anew: players go on',
          response: {
            202: z.object({ instance: z.string() }).meta({ example: { instance: 'wX3bq0aZk2vd' } }),
            default: errorSchema,
          },
        },
      },
      async (request, reply) => {
        setup.restart(visitorOf(request));
        return reply.code(202).send({ instance });
      },
    );
  };
}

function sentencesAbout({ url, is, isHttps, eventsPass }: AddressTried, language: Language): string[] {
  const words = reachabilityMessagesIn(language);
  return [
    words.is[is](url),
    ...(is === 'reached' && !isHttps ? [words.noHttps] : []),
    ...(eventsPass === false ? [words.eventsHeldBack] : []),
  ];
}

/** Caddy fetches a certificate for the name by itself. */
function caddyLines({ url }: AddressTried, port: number): string {
  const name = URL.parse(url)?.host ?? 'tv.example.org';
  return `${name} {\n\treverse_proxy 127.0.0.1:${port}\n}\n`;
}
