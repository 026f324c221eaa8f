import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Visitor } from '../../access/visitor.ts';
import { type ChooseAudioContext, chooseAudio } from '../../actions/choose-audio.ts';
import { goOn, pause } from '../../actions/pause.ts';
import { type PlayContext, play } from '../../actions/play.ts';
import { type RestartContext, restart } from '../../actions/restart.ts';
import { type StopContext, stop } from '../../actions/stop.ts';
import type { BroadcastStatus } from '../../domain/broadcast-status.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { Screen } from '../../stream/screen/screen.ts';
import { auditNameOf } from '../../words/audio-names.ts';
import { givenChannelId } from '../channel-ids.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema, questionSchema } from '../error-schema.ts';
import { languageOf } from '../language.ts';
import { findVisitor, readerOf, requireRight, visitorOf } from '../plugins/visitors.ts';
import { screenAsked, screenField, screenQuery } from '../screen-asked.ts';
import { bearerOrCookie } from '../security-schemes.ts';
import { type StatusSources, statusJson, statusSchema } from '../status-json.ts';

/** Of requests that need no body. */
const onlyScreen = screenQuery.meta({ example: { screen: 'sport' } }).nullish();

type ControlRoutesContext = StatusSources &
  PlayContext &
  StopContext &
  RestartContext &
  ChooseAudioContext &
  Pick<HttpContext, 'gate' | 'language' | 'ownAccount' | 'screens' | 'visitors'>;

/** The remote control of the screens by HTTP. */
export function controlRoutes(context: ControlRoutesContext): FastifyPluginAsyncZod {
  const { gate, ownAccount, visitors } = context;
  const channel = givenChannelId(ownAccount).describe('As in /api/channels');
  const toJson = (
    request: FastifyRequest,
    visitor: Visitor | null,
    { viewerHistory, pictureHealth }: Screen,
    status: BroadcastStatus,
  ) =>
    statusJson(
      context,
      { broadcast: { status }, viewerHistory, pictureHealth },
      languageOf(request, context.language),
      readerOf(visitor, gate),
    );

  return async (app) => {
    app.get(
      '/stream_status',
      {
        schema: {
          tags: ['broadcast'],
          summary: 'What is on',
          querystring: screenQuery,
          response: { 200: statusSchema, default: errorSchema },
        },
      },
      async (request, reply) => {
        void reply.header('cache-control', 'no-store').header('access-control-allow-origin', '*');
        const screen = screenAsked(request, context);
        return toJson(request, findVisitor(request, visitors), screen, screen.broadcast.status);
      },
    );

    app.post(
      '/set_active_stream',
      {
        onRequest: requireRight(visitors, 'play'),
        schema: {
          tags: ['broadcast'],
          summary: 'Start or switch; answers once the channel is on air',
          security: bearerOrCookie,
          body: z
            .object({
              channel_id: channel.optional().describe('Needed without a recording'),
              from: z.iso
                .datetime({ offset: true })
                .transform((text) => Date.parse(text))
                .optional()
                .describe(
                  'A time of the past: the programme of then, from its start, where archive_days go back that far',
                ),
              confirm: z
                .boolean()
                .optional()
                .describe('Switch although others are watching, or a recording is interrupted'),
              recording: z
                .int()
                .optional()
                .describe('In place of channel_id: the id of a recording, from its beginning'),
              screen: screenField,
              instead_of: channel.optional().describe('The confirmation is good for this channel alone'),
              interrupting: z
                .number()
                .optional()
                .describe('The confirmation is good for this recording alone'),
              record_afterwards: z
                .boolean()
                .optional()
                .describe('Takes the interrupted recording from the provider’s archive afterwards'),
            })
            .refine(({ channel_id: channelId, recording }) => (channelId ?? recording) !== undefined, {
              path: ['channel_id'],
              error: 'missing',
            })
            .meta({ example: { channel_id: 123456 } }),
          response: { 200: statusSchema, 409: questionSchema, default: errorSchema },
        },
      },
      async (request) => {
        const { recording, from, confirm = false, instead_of: onAir } = request.body;
        const { channelId } =
          recording === undefined
            ? { channelId: request.body.channel_id as ChannelId }
            : context.recordings.get(recording);
        const { interrupting: cut, record_afterwards: isRecordedAfterwards = false } = request.body;
        const isForAll = confirm && onAir === undefined && cut === undefined;
        const insteadOf = isForAll ? 'anything' : confirm ? onAir : undefined;
        const interrupting = isForAll ? 'anything' : confirm ? cut : undefined;
        const visitor = visitorOf(request);
        const screen = screenAsked(request, context);
        const status = await play(context, screen, visitor, {
          ...{ channelId, from, recording, insteadOf, interrupting },
          isRecordedAfterwards: confirm && isRecordedAfterwards,
        });
        return toJson(request, visitor, screen, status);
      },
    );

    for (const [path, right, change, summary] of [
      ['/stop_stream', 'stop', stop, 'Back to the slate'],
      ['/api/pause', 'stop', pause, 'Let a recording or past programme stand still for everybody'],
      ['/api/resume', 'stop', goOn, 'Go on with what somebody has paused; answers once it plays'],
      [
        '/restart_stream',
        'restart',
        restart,
        'Open the source of what is on air anew; answers once it is back',
      ],
    ] as const)
      app.post(
        path,
        {
          onRequest: requireRight(visitors, right),
          schema: {
            tags: ['broadcast'],
            summary,
            security: bearerOrCookie,
            body: onlyScreen,
            response: { 200: statusSchema, default: errorSchema },
          },
        },
        async (request) => {
          const visitor = visitorOf(request);
          const screen = screenAsked(request, context);
          return toJson(request, visitor, screen, await change(context, screen, visitor));
        },
      );

    app.post(
      '/api/audio',
      {
        onRequest: requireRight(visitors, 'audio'),
        schema: {
          tags: ['broadcast'],
          summary: 'Let all hear another track of what is on; answers once it is heard',
          security: bearerOrCookie,
          body: z
            .object({ track: z.int().describe('The id of one of audio_tracks'), screen: screenField })
            .meta({ example: { track: 258 } }),
          response: { 200: statusSchema, default: errorSchema },
        },
      },
      async (request) => {
        const visitor = visitorOf(request);
        const screen = screenAsked(request, context);
        const status = await chooseAudio(context, screen, visitor, request.body.track, auditNameOf);
        return toJson(request, visitor, screen, status);
      },
    );
  };
}
