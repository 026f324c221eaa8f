import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { mayWatchScreen, rights, rightsOf } from '../../actions/rights.ts';
import { languages, mayAct, roles } from '../../domain/actor.ts';
import { allReactions } from '../../domain/reaction.ts';
import { watchPath } from '../../domain/watch-paths.ts';
import { screenPaths } from '../../outputs/screen-paths.ts';
import { addressForOthers, baseUrl, keyQuery, onlyHere } from '../addresses.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { mayWatch } from '../may-watch.ts';
import { findVisitor } from '../plugins/visitors.ts';
import { hasBot } from '../problem-page.ts';
import { screenAsked, screenQuery } from '../screen-asked.ts';

type InfoRoutesContext = Pick<
  HttpContext,
  | 'discordLogin'
  | 'etiquette'
  | 'gate'
  | 'host'
  | 'language'
  | 'machine'
  | 'publicUrl'
  | 'recordingsPerPerson'
  | 'screens'
  | 'version'
  | 'visitors'
>;

/** What a page needs to know first: what this is, where the streams are, and what the asker may do. */
export function infoRoutes(context: InfoRoutesContext): FastifyPluginAsyncZod {
  const { gate, machine, screens, version, visitors } = context;

  return async (app) => {
    app.get(
      '/api/info',
      {
        schema: {
          tags: ['session'],
          summary: 'What this is, and what the asker may do',
          querystring: screenQuery,
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
                role: z.enum(roles).nullable().describe('Null: a stranger'),
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
        // Where the default screen is not for everybody, people must still learn how to log in.
        const screen = request.query.screen === undefined ? screens.get() : screenAsked(request, context);
        const { hls, ts } = screenPaths(screen.id);
        const { discordLogin, etiquette, host, language, publicUrl, recordingsPerPerson } = context;
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
          may: visitor ? rightsOf(visitor, { etiquette, recordingsPerPerson }) : [],
          can_watch:
            (visitor !== null || mayWatch(request, context)) && mayWatchScreen(visitor?.role ?? null, screen),
          only_here: onlyHere(base, host),
          bot: hasBot(context),
          role: visitor?.role ?? null,
          discord_login: discordLogin !== null,
          reactions: screen.reactions.mode === 'off' ? [] : [...allReactions],
          addresses: {
            watch: `${shared}${watchPath(screen.id)}${gate.isPersonal ? '' : key}`,
            hls: `${base}${hls}${key}`,
            ts: `${base}${ts}${key}`,
          },
        };
      },
    );
  };
}
