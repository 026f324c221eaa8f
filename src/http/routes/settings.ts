import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { settingGroups } from '../../domain/setting.ts';
import { settingMessagesIn } from '../../words/messages-in.ts';
import { settingSentence } from '../../words/setting-sentence.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema, settingsWrongSchema } from '../error-schema.ts';
import { languageOf } from '../language.ts';
import { requireRight, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const settingSchema = z
  .object({
    name: z.string(),
    group: z.enum(settingGroups).describe('The part of the page'),
    group_title: z.string().describe('The part, in the asker’s language'),
    meaning: z.string().describe('What it is for, in the asker’s language'),
    kind: z.enum(['text', 'secret', 'number', 'choice', 'list', 'address']),
    choices: z.array(z.string()).describe('For a choice'),
    value: z.string().nullable().describe('In force; null: there is none, or it is a secret'),
    default_value: z.string().nullable(),
    is_set: z.boolean().describe('Somebody has set it; otherwise the value is the default'),
    is_hidden: z.boolean().describe('The value is never told'),
    source: z.enum(['environment', 'page', 'default']).describe('What decides it; the environment wins'),
    applies: z
      .enum(['at_once', 'next_channel', 'restart', 'environment_only'])
      .describe('When a change takes effect'),
    needs_restart: z.boolean().describe('It was changed, and takes effect with the next start'),
  })
  .meta({
    id: 'Setting',
    example: {
      name: 'PORT',
      group: 'server',
      group_title: 'The server',
      meaning: 'Port to listen on.',
      kind: 'number',
      choices: [],
      value: '8002',
      default_value: '8002',
      is_set: false,
      is_hidden: false,
      source: 'default',
      applies: 'at_once',
      needs_restart: false,
    },
  });

const listSchema = z.object({
  items: z.array(settingSchema),
  can_undo: z.boolean(),
  notices: z.array(z.string()).describe('What the start has found wrong, as sentences'),
});

/** Programs send numbers and truth values as such. */
const changeSchema = z
  .object({
    changes: z.record(
      z.string(),
      z.union([z.string(), z.number(), z.boolean()]).nullable().describe('null: back to the default'),
    ),
  })
  .meta({ example: { changes: { PUBLIC_URL: 'https://tv.example.org', PORT: null } } });

/** The settings, for admins to read and to change. */
export function settingRoutes(
  context: Pick<HttpContext, 'settings' | 'visitors' | 'language'>,
): FastifyPluginAsyncZod {
  const { settings, visitors } = context;
  const onRequest = requireRight(visitors, 'administer');
  const common = { tags: ['server'], security: bearerOrCookie };
  // Each change is written to the disk, and may restart bots.
  const config = { rateLimit: { max: 60, timeWindow: '1 minute' } };
  const response = { 200: listSchema, 400: settingsWrongSchema, default: errorSchema };

  const list = (request: FastifyRequest) => {
    const language = languageOf(request, context.language);
    const { groups, meanings } = settingMessagesIn(language);
    return {
      items: settings.list().map((setting) => ({
        name: setting.name,
        group: setting.group,
        group_title: groups[setting.group],
        meaning: meanings[setting.name],
        kind: setting.isSecret ? ('secret' as const) : setting.kind,
        choices: [...setting.choices],
        value: setting.isSecret ? null : setting.value,
        default_value: setting.defaultValue,
        is_set: setting.isSet,
        is_hidden: setting.isSecret,
        source: setting.source,
        applies: setting.applies,
        needs_restart: setting.needsRestart,
      })),
      can_undo: settings.canUndo,
      notices: settings.notices.map((problem) => settingSentence(language, problem)),
    };
  };

  return async (app) => {
    app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));

    app.get(
      '/api/settings',
      {
        onRequest,
        schema: {
          ...common,
          summary: 'The settings in force, without secrets',
          response: { 200: listSchema, default: errorSchema },
        },
      },
      async (request) => list(request),
    );

    app.put(
      '/api/settings',
      {
        onRequest,
        config,
        schema: { ...common, summary: 'Changes settings: all or none', body: changeSchema, response },
      },
      async (request) => {
        const typed = Object.entries(request.body.changes);
        const changes = Object.fromEntries(
          typed.map(([name, value]) => [name, value === null ? null : String(value)]),
        );
        await settings.change(changes, visitorOf(request));
        return list(request);
      },
    );

    app.post(
      '/api/settings/undo',
      {
        onRequest,
        config,
        schema: { ...common, summary: 'Takes the last change of the settings back', response },
      },
      async (request) => {
        await settings.undo(visitorOf(request));
        return list(request);
      },
    );
  };
}
