import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { mayWatchScreen } from '../../actions/rights.ts';
import { addScreen, changeScreen, removeScreen, type ScreensContext } from '../../actions/screens.ts';
import { labelOf } from '../../catalogue/channel-title.ts';
import { mayAct, type Role, roles } from '../../domain/actor.ts';
import { broadcastStates, chosenChannel } from '../../domain/broadcast-status.ts';
import { toApiChannelId } from '../../domain/ids.ts';
import type { ScreenChanges } from '../../domain/screen-facts.ts';
import { watchPath } from '../../domain/watch-paths.ts';
import { screenPaths } from '../../outputs/screen-paths.ts';
import type { Screen } from '../../stream/screen/screen.ts';
import { addressForOthers, baseUrl, keyQuery } from '../addresses.ts';
import { apiChannelId } from '../channel-ids.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { findVisitor, requireRight, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

/** A screen in a list, for whoever may watch it. */
export const screenSchema = z
  .object({
    id: z.string(),
    number: z.number().describe('By which televisions name it'),
    name: z.string(),
    control: z.enum(roles).describe('The least role that may change what is on'),
    watch: z.enum(roles).nullable().describe('The least role that may watch; null: whoever may watch at all'),
    may_control: z.boolean().describe('The asker may change what is on, as far as the screen itself says'),
    channel_id: apiChannelId.nullable().describe('What is on'),
    channel_label: z.string().nullable(),
    state: z.enum(broadcastStates),
    viewers: z.number(),
  })
  .meta({ id: 'Screen' });

const addressesSchema = z.object({ watch: z.string(), hls: z.string(), ts: z.string() });
const listedSchema = screenSchema.extend({ addresses: addressesSchema }).meta({
  id: 'ListedScreen',
  example: {
    id: 'sport',
    number: 2,
    name: 'Sport',
    control: 'viewer',
    watch: null,
    may_control: true,
    channel_id: 123456,
    channel_label: 'TF1',
    state: 'live',
    viewers: 3,
    addresses: {
      watch: 'https://tv.example.org/watch/sport',
      hls: 'https://tv.example.org/s/sport.m3u8',
      ts: 'https://tv.example.org/s/sport.ts',
    },
  },
});
const name = z.string().max(200).describe('For people, at most 40 characters');

const changesSchema = z.object({
  name: name.optional(),
  control: z.enum(roles).optional(),
  watch: z.enum(roles).nullable().optional(),
});

export type ScreenJson = z.infer<typeof screenSchema>;

type ScreenSources = Pick<HttpContext, 'catalogue' | 'ownAccount' | 'screens'>;
type ScreenRoutesContext = ScreenSources &
  ScreensContext &
  Pick<HttpContext, 'gate' | 'publicUrl' | 'visitors'>;

/** The screens that somebody may watch, as lists show them. @param role null for a stranger */
export function screensJson(sources: ScreenSources, role: Role | null): ScreenJson[] {
  return sources.screens
    .all()
    .filter((screen) => mayWatchScreen(role, screen))
    .map((screen) => screenJson(sources, screen, role));
}

function screenJson(sources: ScreenSources, { id, facts, broadcast }: Screen, role: Role | null): ScreenJson {
  const { status } = broadcast;
  const channel = chosenChannel(status);
  return {
    ...{ id, number: facts.number, name: facts.name, control: facts.control, watch: facts.watch },
    may_control: mayAct({ role }, facts.control),
    channel_id: channel && toApiChannelId(channel.id, sources.ownAccount),
    channel_label: channel && labelOf(sources, channel),
    state: status.state,
    viewers: status.viewers,
  };
}

/** The shared screens: what is on each, and for admins, to add, change and remove them. */
export function screenRoutes(context: ScreenRoutesContext): FastifyPluginAsyncZod {
  const { gate, screens, visitors } = context;
  const onRequest = requireRight(visitors, 'screens');
  const tags = ['screens'];
  const params = z.object({ id: z.string() });

  return async (app) => {
    app.get(
      '/api/screens',
      {
        schema: {
          tags,
          summary: 'The screens that the asker may watch, with what is on each',
          response: { 200: z.object({ items: z.array(listedSchema) }), default: errorSchema },
        },
      },
      async (request, reply) => {
        void reply.header('cache-control', 'no-store');
        const role = findVisitor(request, visitors)?.role ?? null;
        return { items: screensJson(context, role).map((each) => withAddresses(each, request, role)) };
      },
    );

    app.post(
      '/api/screens',
      {
        onRequest,
        schema: {
          tags,
          summary: 'Add a screen; a removed one comes back by its id',
          security: bearerOrCookie,
          body: z
            .object({ id: z.string().optional().describe('Made of the name where it is missing'), name })
            .meta({ example: { id: 'sport', name: 'Sport' } }),
          response: { 201: listedSchema, default: errorSchema },
        },
      },
      async (request, reply) => {
        const visitor = visitorOf(request);
        const screen = await addScreen(context, request.body, visitor);
        return reply.code(201).send(listed(screen, request, visitor.role));
      },
    );

    app.patch(
      '/api/screens/:id',
      {
        onRequest,
        schema: {
          tags,
          summary: 'Change its name, or who may do what',
          security: bearerOrCookie,
          params,
          body: changesSchema.meta({ example: { name: 'Sport', control: 'controller' } }),
          response: { 200: listedSchema, default: errorSchema },
        },
      },
      async (request) => {
        const visitor = visitorOf(request);
        const screen = changeScreen(context, screens.get(request.params.id), given(request.body), visitor);
        return listed(screen, request, visitor.role);
      },
    );

    app.delete(
      '/api/screens/:id',
      {
        onRequest,
        schema: {
          tags,
          summary: 'Remove a screen; its players see the slate',
          security: bearerOrCookie,
          params,
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        await removeScreen(context, screens.get(request.params.id), visitorOf(request));
        return reply.code(204).send(null);
      },
    );
  };

  function listed(screen: Screen, request: FastifyRequest, role: Role) {
    return withAddresses(screenJson(context, screen, role), request, role);
  }

  function withAddresses(screen: ScreenJson, request: FastifyRequest, role: Role | null) {
    const shared = addressForOthers(request, context.publicUrl);
    const base = baseUrl(request, context.publicUrl);
    const { hls, ts } = screenPaths(screen.id);
    const key = mayAct({ role }, 'controller') ? keyQuery(gate.viewerKey) : '';
    return {
      ...screen,
      addresses: {
        watch: `${shared}${watchPath(screen.id)}${gate.isPersonal ? '' : key}`,
        hls: `${base}${hls}${key}`,
        ts: `${base}${ts}${key}`,
      },
    };
  }
}

/** Without what the request leaves out, which stays as it is. */
function given({ name: called, control, watch }: z.infer<typeof changesSchema>): ScreenChanges {
  return {
    ...(called === undefined ? {} : { name: called }),
    ...(control === undefined ? {} : { control }),
    ...(watch === undefined ? {} : { watch }),
  };
}
