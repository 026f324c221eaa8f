import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { chooseAudio } from '../../commands/audio.ts';
import { play } from '../../commands/put-on-air.ts';
import { restart } from '../../commands/restart.ts';
import { stop } from '../../commands/stop.ts';
import { asker } from '../../domain/actor.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { languageOf } from '../language.ts';
import { findVisitor, readerOf, requireRole, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';
import { statusJson, statusSchema } from '../status-json.ts';

/** A number, also in quotes, as shells send it; no other guess at what somebody might have meant. */
const channelId = z
  .union(
    [
      z.int(),
      z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number),
    ],
    { error: 'must be a whole number' },
  )
  .describe('As in /api/channels');

/** The remote control by HTTP. */
export function controlRoutes(context: HttpContext): FastifyPluginAsyncZod {
  const { commands, gate, visitors, language } = context;
  const onRequest = requireRole(visitors, 'controller');
  const toJson = (request: FastifyRequest) =>
    statusJson(context, languageOf(request, language), readerOf(findVisitor(request, visitors), gate));

  return async (app) => {
    app.get(
      '/stream_status',
      {
        schema: {
          tags: ['broadcast'],
          summary: 'What is on',
          response: { 200: statusSchema, default: errorSchema },
        },
      },
      async (request, reply) => {
        void reply.header('cache-control', 'no-store').header('access-control-allow-origin', '*');
        return toJson(request);
      },
    );

    app.post(
      '/set_active_stream',
      {
        onRequest,
        schema: {
          tags: ['broadcast'],
          summary: 'Start or switch; answers once the channel is on air',
          security: bearerOrCookie,
          body: z.object({ channel_id: channelId }).meta({ example: { channel_id: 123456 } }),
          response: { 200: statusSchema, default: errorSchema },
        },
      },
      async (request) => {
        await play(commands, request.body.channel_id, asker(visitorOf(request)));
        return toJson(request);
      },
    );

    app.post(
      '/stop_stream',
      {
        onRequest,
        schema: {
          tags: ['broadcast'],
          summary: 'Back to the slate',
          security: bearerOrCookie,
          response: { 200: statusSchema, default: errorSchema },
        },
      },
      async (request) => {
        await stop(commands, asker(visitorOf(request)));
        return toJson(request);
      },
    );

    app.post(
      '/restart_stream',
      {
        onRequest,
        schema: {
          tags: ['broadcast'],
          summary: 'Open the source of what is on air anew; answers once it is back',
          security: bearerOrCookie,
          response: { 200: statusSchema, default: errorSchema },
        },
      },
      async (request) => {
        await restart(commands, asker(visitorOf(request)));
        return toJson(request);
      },
    );

    app.post(
      '/api/audio',
      {
        onRequest,
        schema: {
          tags: ['broadcast'],
          summary: 'Let all hear another track of what is on; answers once it is heard',
          security: bearerOrCookie,
          body: z
            .object({ track: z.int().describe('The id of one of audio_tracks') })
            .meta({ example: { track: 258 } }),
          response: { 200: statusSchema, default: errorSchema },
        },
      },
      async (request) => {
        await chooseAudio(commands, request.body.track, asker(visitorOf(request)));
        return toJson(request);
      },
    );
  };
}
