import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isPlayable } from '../../actions/play-recording.ts';
import {
  changeRecording,
  programmeAt,
  type RecordContext,
  type RecordWish,
  record,
  removeRecording,
} from '../../actions/record.ts';
import { mayChange } from '../../actions/recording-quota.ts';
import { shortageOf } from '../../actions/recording-shortage.ts';
import { recordFromNow, takeWayOut, type WaysOutContext, waysOutOf } from '../../actions/ways-out.ts';
import { labelOf } from '../../catalogue/channel-title.ts';
import { AppError } from '../../domain/errors.ts';
import { type ChannelId, toApiChannelId } from '../../domain/ids.ts';
import { hasFile, isIndexed, isUnderWay, type Recording } from '../../domain/recording.ts';
import { sentence } from '../../words/sentence.ts';
import { shortageSentence } from '../../words/shortage-sentence.ts';
import { toTracksJson } from '../audio-tracks.ts';
import { givenChannelId } from '../channel-ids.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { type GivenTime, givenTime, readTime } from '../given-time.ts';
import { isoTime } from '../iso-time.ts';
import { languageOf } from '../language.ts';
import { findVisitor, requireRight, requireViewer, visitorOf } from '../plugins/visitors.ts';
import { listSchema, oneSchema, plannedSchema, recordingSchema } from '../recording-schema.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const title = z.string().max(500);
const params = z.object({ id: z.coerce.number().int().meta({ example: 7 }) });

type RecordingRoutesContext = WaysOutContext &
  Pick<HttpContext, 'gate' | 'language' | 'ownAccount' | 'playback' | 'recordings' | 'visitors'>;

/** Recordings: whoever may watch sees them; people plan their own, and controllers change those of all. */
export function recordingRoutes(context: RecordingRoutesContext): FastifyPluginAsyncZod {
  const { ownAccount, playback, recordings, visitors } = context;
  const onRequest = requireRight(visitors, 'record');
  const shared = { tags: ['recordings'], security: bearerOrCookie };

  return async (app) => {
    app.get(
      '/api/recordings',
      {
        onRequest: requireViewer(context),
        schema: {
          tags: ['recordings'],
          summary: 'All recordings, by when they begin',
          response: { 200: listSchema, default: errorSchema },
        },
      },
      async (request, reply) => {
        void reply.header('cache-control', 'no-store');
        return {
          items: recordings.all().map((recording) => toJson(recording, request)),
          disk: await recordings.disk(),
        };
      },
    );

    app.get(
      '/api/recordings/:id',
      {
        onRequest: requireViewer(context),
        schema: {
          tags: ['recordings'],
          summary: 'One recording',
          params,
          response: { 200: oneSchema, default: errorSchema },
        },
      },
      async (request, reply) => {
        void reply.header('cache-control', 'no-store');
        const { id } = request.params;
        const { tracks, track } = await playback.soundOf(id);
        const named = toTracksJson(tracks, languageOf(request, context.language));
        return {
          ...toJson(recordings.get(id), request),
          audio_tracks: named.map((each) => ({
            ...each,
            playlist: `/recordings/${id}/sound/${each.id}/index.m3u8`,
          })),
          audio_track: track?.id ?? null,
        };
      },
    );

    app.post(
      '/api/recordings',
      {
        onRequest,
        schema: {
          ...shared,
          summary: 'Record a channel; it begins at once if it is due',
          body: z
            .object({
              channel_id: givenChannelId(ownAccount),
              start: givenTime.optional().describe('Now where it is missing'),
              stop: givenTime.optional().describe('Needed without a programme'),
              programme: givenTime
                .optional()
                .describe(
                  'In place of start and stop: a time within a programme, which is recorded and followed',
                ),
              from_archive: z
                .boolean()
                .optional()
                .describe(
                  'From the provider’s archive once it is over. Where it is missing: for times that are over, and for programmes whose beginning was missed, if there is an archive',
                ),
              title: title.optional().describe('What the guide says where it is missing, else the channel'),
            })
            .meta({
              example: {
                channel_id: 101,
                start: '2026-11-29T20:00:00+01:00',
                stop: '2026-11-29T20:45:00+01:00',
                title: 'Le Journal',
              },
            }),
          response: { 201: plannedSchema, default: errorSchema },
        },
      },
      async (request, reply) => {
        const { channel_id: channelId, title: called, from_archive: isFromArchive, ...times } = request.body;
        const wish = await wishOf(context, channelId, times);
        const planned = await record(context, visitorOf(request), {
          ...{ ...wish, title: called, isFromArchive },
        });
        const shortage = shortageOf(context, planned);
        const language = languageOf(request, context.language);
        const warning = shortage && shortageSentence(language, shortage);
        const ways = waysOutOf(context, visitorOf(request), planned, shortage);
        return reply.code(201).send({ ...toJson(planned, request), warning, ways_out: ways });
      },
    );

    app.patch(
      '/api/recordings/:id',
      {
        onRequest,
        schema: {
          ...shared,
          summary: 'Change its times, its title or its protection; an end that is over ends it now',
          params,
          body: z
            .object({
              title: title.optional(),
              start: givenTime.optional().describe('Until it begins'),
              stop: givenTime.optional(),
              more_minutes: z.number().min(-1440).max(1440).optional().describe('Moves the end'),
              protected: z.boolean().optional(),
              from_archive: z
                .boolean()
                .optional()
                .describe(
                  'true: takes it from the provider’s archive once it is over; it then keeps its times. false: records it from now on',
                ),
              without_margins: z
                .literal(true)
                .optional()
                .describe('Takes the minutes before and after programmes away, also of those in its way'),
            })
            .meta({ example: { more_minutes: 15 } }),
          response: { 200: recordingSchema, default: errorSchema },
        },
      },
      async (request) => {
        const { id } = request.params;
        const { title: called, start, stop, more_minutes: minutes, protected: isProtected } = request.body;
        const { from_archive: isFromArchive, without_margins: isShorter } = request.body;
        const by = visitorOf(request);
        const end = stop === undefined ? recordings.get(id).stop : readTime(stop);
        const isMoved = stop !== undefined || minutes !== undefined;
        const edit = {
          ...(called === undefined ? {} : { title: called }),
          ...(start === undefined ? {} : { start: readTime(start) }),
          ...(isMoved ? { stop: end + (minutes ?? 0) * 60_000 } : {}),
          ...(isProtected === undefined ? {} : { isProtected }),
        };
        if (Object.keys(edit).length > 0) changeRecording(context, by, id, edit);
        if (isShorter) await takeWayOut(context, by, id, 'shorter');
        if (isFromArchive) await takeWayOut(context, by, id, 'archive');
        if (isFromArchive === false) recordFromNow(context, by, id);
        return toJson(recordings.get(id), request);
      },
    );

    app.delete(
      '/api/recordings/:id',
      {
        onRequest,
        schema: {
          ...shared,
          summary: 'End it if it runs, and delete it with its file',
          params,
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        await removeRecording(context, visitorOf(request), recordings.get(request.params.id));
        return reply.code(204).send(null);
      },
    );
  };

  function toJson(recording: Recording, request: FastifyRequest): z.infer<typeof recordingSchema> {
    const { id, channelId, channelName, programme, reason } = recording;
    const language = languageOf(request, context.language);
    const visitor = findVisitor(request, visitors);
    return {
      id,
      channel_id: toApiChannelId(channelId, ownAccount),
      channel_label: labelOf(context, { id: channelId, name: channelName }),
      title: recording.title,
      start: isoTime(recording.start),
      stop: isoTime(recording.stop),
      programme: programme && {
        from: isoTime(programme.start),
        to: isoTime(programme.stop),
        sub_title: programme.subTitle ?? null,
        description: programme.description || null,
      },
      follows_guide: recording.isFollowing,
      from_archive: recording.isFromArchive,
      state: recording.state,
      reason: reason && { code: reason.code, message: sentence(language, reason.code, reason.params) },
      holes: recording.holes.map(({ from, to }) => ({ from: isoTime(from), to: isoTime(to) })),
      protected: recording.isProtected,
      bytes: recording.bytes,
      file: hasFile(recording) ? recording.file : null,
      url: hasFile(recording) ? `/recordings/${id}` : null,
      playlist: isUnderWay(recording) || isIndexed(recording) ? `/recordings/${id}/index.m3u8` : null,
      page: isPlayable(recording) ? `/watch/recordings/${id}` : null,
      asked_by: visitor ? recording.by.name : null,
      may_change: visitor !== null && mayChange(visitor, recording),
      created_at: isoTime(recording.createdAt),
    };
  }
}

/** @throws AppError time_unreadable, recording_no_end, and as `programmeAt` */
async function wishOf(
  context: RecordContext,
  channelId: ChannelId,
  {
    start,
    stop,
    programme,
  }: Readonly<Partial<Record<'start' | 'stop' | 'programme', GivenTime | undefined>>>,
): Promise<RecordWish> {
  if (programme !== undefined)
    return { channelId, programme: await programmeAt(context, channelId, readTime(programme)) };
  if (stop === undefined) throw new AppError('recording_no_end');
  return { channelId, stop: readTime(stop), start: start === undefined ? undefined : readTime(start) };
}
