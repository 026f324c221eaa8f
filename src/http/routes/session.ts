import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { rights, rightsOf } from '../../actions/rights.ts';
import { languages, mayAct, roles } from '../../domain/actor.ts';
import { AppError } from '../../domain/errors.ts';
import { allReactions } from '../../domain/reaction.ts';
import type { Screen } from '../../stream/screen/screen.ts';
import { addressForOthers, baseUrl, keyQuery, onlyHere } from '../addresses.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { languageOf } from '../language.ts';
import { letIn } from '../let-in.ts';
import { mayWatch } from '../may-watch.ts';
import { sessionCookie, setSessionCookie } from '../plugins/cookies.ts';
import { findVisitor, requireRight, visitorOf } from '../plugins/visitors.ts';
import { hasBot } from '../problem-page.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const role = z.enum(roles);

type SessionRoutesContext = Pick<
  HttpContext,
  | 'discordLogin'
  | 'etiquette'
  | 'gate'
  | 'host'
  | 'instance'
  | 'language'
  | 'machine'
  | 'people'
  | 'publicUrl'
  | 'sessions'
  | 'version'
  | 'visitors'
>;

/** Who the asker is, and what a page needs to know first. */
export function sessionRoutes(
  context: SessionRoutesContext,
  { reactions }: Pick<Screen, 'reactions'>,
): FastifyPluginAsyncZod {
  const { discordLogin, gate, visitors, machine, language, publicUrl, host, version, instance } = context;
  const { people, sessions, etiquette } = context;

  return async (app) => {
    app.get(
      '/api/info',
      {
        schema: {
          tags: ['session'],
          summary: 'What this is, and what the asker may do',
          response: {
            200: z
              .object({
                name: z.string(),
                version: z.string(),
                language: z.enum(languages),
                demo: z.boolean(),
                operator: z.boolean().describe('The asker is a controller or more'),
                may: z.array(z.string()).describe('What the asker may do, as the table of rights has it'),
                can_watch: z.boolean().describe('/watch opens for the asker'),
                only_here: z
                  .enum(['host', 'address'])
                  .nullable()
                  .describe('Of no use on other devices: because of HOST, or of the address that was asked'),
                bot: z.boolean().describe('A bot is on, which gives log-in links'),
                role: role.nullable().describe('Null: a stranger'),
                discord_login: z.boolean().describe('/login/discord works'),
                reactions: z
                  .array(z.string())
                  .describe('What POST /api/reactions takes; empty where they are off'),
                addresses: z.object({
                  watch: z.string(),
                  hls: z.string(),
                  ts: z.string(),
                }),
              })
              .meta({
                example: {
                  name: 'Zapette',
                  version: '0.1.0',
                  language: 'en',
                  demo: false,
                  operator: true,
                  may: Object.keys(rights),
                  can_watch: true,
                  only_here: null,
                  bot: true,
                  role: 'admin',
                  discord_login: false,
                  reactions: [...allReactions],
                  addresses: {
                    watch: 'https://tv.example.org/watch',
                    hls: 'https://tv.example.org/live.m3u8',
                    ts: 'https://tv.example.org/live.ts',
                  },
                },
              }),
            default: errorSchema,
          },
        },
      },
      async (request, reply) => {
        const visitor = findVisitor(request, visitors);
        const operator = visitor !== null && mayAct(visitor, 'controller');
        const base = baseUrl(request, publicUrl);
        const shared = addressForOthers(request, publicUrl);
        const key = operator ? keyQuery(gate.viewerKey) : '';
        void reply.header('cache-control', 'no-store');
        return {
          name: 'Zapette',
          version,
          language,
          demo: machine.isDemo,
          operator,
          may: visitor ? rightsOf(visitor, etiquette) : [],
          can_watch: visitor !== null || mayWatch(request, context),
          only_here: onlyHere(base, host),
          bot: hasBot(context),
          role: visitor?.role ?? null,
          discord_login: discordLogin !== null,
          reactions: reactions.mode === 'off' ? [] : [...allReactions],
          addresses: {
            watch: `${shared}/watch${gate.isPersonal ? '' : key}`,
            hls: `${base}/live.m3u8${key}`,
            ts: `${base}/live.ts${key}`,
          },
        };
      },
    );

    app.post(
      '/api/session',
      {
        schema: {
          tags: ['session'],
          summary: 'Log in with the admin token, or with an API token and its role',
          body: z.object({ token: z.string().max(500) }).meta({ example: { token: 'zapette_…' } }),
          response: { 204: z.null(), default: errorSchema },
        },
        config: { rateLimit: { max: 10, timeWindow: '1 minute' } },
      },
      async (request, reply) => {
        const visitor = visitors.byToken(request.body.token, request.ip);
        if (!visitor) throw new AppError('unauthorised');
        letIn(request, reply, sessions.begin(visitor, request.headers['user-agent'] ?? ''), context);
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/api/session',
      { schema: { tags: ['session'], summary: 'Log out', response: { 204: z.null() } } },
      async (request, reply) => {
        const visitor = visitors.bySession(sessionCookie(request));
        if (visitor?.sessionId) sessions.end(visitor.sessionId, visitor);
        setSessionCookie(request, reply, '', 0);
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/api/me',
      {
        onRequest: requireRight(visitors, 'own'),
        schema: {
          tags: ['session'],
          summary: 'Who the asker is',
          security: bearerOrCookie,
          response: {
            200: z.object({ id: z.string(), name: z.string(), role, language: z.enum(languages) }).meta({
              example: { id: 'discord:81384788765712384', name: 'Ada', role: 'controller', language: 'fr' },
            }),
            default: errorSchema,
          },
        },
      },
      async (request, reply) => {
        const visitor = visitorOf(request);
        void reply.header('cache-control', 'no-store');
        return {
          id: visitor.id,
          name: visitor.name,
          role: visitor.role,
          language: people.find(visitor.id)?.language ?? languageOf(request, language),
        };
      },
    );

    app.get(
      '/health',
      {
        schema: {
          tags: ['machines'],
          summary: 'Is the server alive',
          response: {
            200: z
              .object({ status: z.literal('ok'), instance: z.string() })
              .meta({ example: { status: 'ok', instance: 'wX3bq0aZk2vd' } }),
          },
        },
      },
      async (_request, reply) => {
        void reply.header('cache-control', 'no-store');
        return { status: 'ok' as const, instance };
      },
    );
  };
}
