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
import { hasFile, isIndexed, isUnderWay, type Recording, recordingStates } from '../../domain/recording.ts';
import { waysOut } from '../../domain/recording-shortage.ts';
import { sentence } from '../../words/sentence.ts';
import { shortageSentence } from '../../words/shortage-sentence.ts';
import { apiChannelId, givenChannelId } from '../channel-ids.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { isoTime } from '../iso-time.ts';
import { languageOf } from '../language.ts';
import { findVisitor, requireRight, requireViewer, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const state = z
  .enum(recordingStates)
  .describe(
    'planned · waiting: due, but there is no connection or no picture · recording · finishing: becoming one file · done · incomplete: a file with holes · failed: nothing was recorded',
  );
const time = z.iso.datetime();
const span = z.object({ from: time, to: time });

const example = {
  id: 7,
  channel_id: 101,
  channel_label: 'TF1',
  title: 'Le Journal',
  start: '2026-11-29T19:00:00.000Z',
  stop: '2026-11-29T19:45:00.000Z',
  programme: {
    from: '2026-11-29T19:02:00.000Z',
    to: '2026-11-29T19:40:00.000Z',
    sub_title: null,
    description: 'L’actualité du jour.',
  },
  follows_guide: true,
  from_archive: false,
  state: 'done',
  reason: null,
  holes: [],
  protected: false,
  bytes: 1_800_000_000,
  file: 'Shows/Le Journal/Season 2026/Le Journal - 2026-11-29 20-00 - TF1.mkv',
  url: '/recordings/7',
  playlist: '/recordings/7/index.m3u8',
  page: '/watch/recordings/7',
  asked_by: 'Ada',
  may_change: true,
  created_at: '2026-11-29T18:00:00.000Z',
};

const recordingSchema = z
  .object({
    id: z.number(),
    channel_id: apiChannelId,
    channel_label: z.string(),
    title: z.string(),
    start: time,
    stop: time,
    programme: span
      .extend({ sub_title: z.string().nullable(), description: z.string().nullable() })
      .nullable()
      .describe('What the guide told of it, with its own times'),
    from_archive: z
      .boolean()
      .describe(
        'It is taken from the provider’s archive once its time is over; then its times stay as they are',
      ),
    follows_guide: z.boolean().describe('Its times follow the programme in the guide'),
    state,
    reason: z
      .object({ code: z.string(), message: z.string() })
      .nullable()
      .describe('Why it waits, is incomplete or has failed'),
    holes: z.array(span).describe('What is missing'),
    protected: z.boolean().describe('Only a person may remove it'),
    bytes: z.number().describe('Of the file; 0 until it is there'),
    file: z.string().nullable().describe('Its place in the folder of recordings'),
    url: z.string().nullable().describe('The path of the file for players'),
    playlist: z
      .string()
      .nullable()
      .describe(
        'The path of a playlist (HLS) from its beginning; of a file other than Matroska only while it runs',
      ),
    page: z
      .string()
      .nullable()
      .describe('The path of a page that plays it; null while there is nothing to play'),
    asked_by: z.string().nullable().describe('Who wants it; null for those who are not logged in'),
    may_change: z
      .boolean()
      .describe('The asker may change and delete it: it is their own, or they are a controller'),
    created_at: time,
  })
  .meta({
    id: 'Recording',
    example,
  });

const plannedSchema = recordingSchema
  .extend({
    warning: z.string().nullable().describe('Why there may be no connection, as far as it can be foreseen'),
    ways_out: z
      .array(z.enum(waysOut))
      .describe(
        'What would help. archive: PATCH `from_archive` · shorter: PATCH `without_margins` · give_up: DELETE',
      ),
  })
  .meta({
    id: 'PlannedRecording',
    example: {
      ...example,
      state: 'planned',
      bytes: 0,
      file: null,
      url: null,
      playlist: null,
      page: null,
      warning: null,
      ways_out: [],
    },
  });

const listSchema = z.object({
  items: z.array(recordingSchema),
  disk: z
    .object({
      used: z.number().describe('By all recordings, also by those that run'),
      free: z.number().nullable().describe('In their folder; null where the disk does not tell'),
    })
    .describe('Bytes'),
});

/** ISO 8601 with a zone, or seconds since 1970, also in quotes, as shells send them. */
const givenTime = z
  .union([z.number(), z.string()], { error: 'must be a time' })
  .describe('ISO 8601 with its zone, or seconds since 1970');
type GivenTime = z.infer<typeof givenTime> | undefined;
const title = z.string().max(500);
const params = z.object({ id: z.coerce.number().int().meta({ example: 7 }) });

type RecordingRoutesContext = WaysOutContext &
  Pick<HttpContext, 'gate' | 'language' | 'ownAccount' | 'recordings' | 'visitors'>;

/** Recordings: whoever may watch sees them; people plan their own, and controllers change those of all. */
export function recordingRoutes(context: RecordingRoutesContext): FastifyPluginAsyncZod {
  const { ownAccount, recordings, visitors } = context;
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
          response: { 200: recordingSchema, default: errorSchema },
        },
      },
      async (request, reply) => {
        void reply.header('cache-control', 'no-store');
        return toJson(recordings.get(request.params.id), request);
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

/** @throws AppError recording_time, recording_no_end, and as `programmeAt` */
async function wishOf(
  context: RecordContext,
  channelId: ChannelId,
  { start, stop, programme }: Readonly<Partial<Record<'start' | 'stop' | 'programme', GivenTime>>>,
): Promise<RecordWish> {
  if (programme !== undefined)
    return { channelId, programme: await programmeAt(context, channelId, readTime(programme)) };
  if (stop === undefined) throw new AppError('recording_no_end');
  return { channelId, stop: readTime(stop), start: start === undefined ? undefined : readTime(start) };
}

/** @returns epoch milliseconds. @throws AppError recording_time */
function readTime(given: NonNullable<GivenTime>): number {
  const seconds = typeof given === 'number' ? given : /^\d{1,12}$/.test(given.trim()) ? Number(given) : null;
  const isIso = typeof given === 'string' && z.iso.datetime({ offset: true }).safeParse(given.trim()).success;
  const at = seconds === null ? (isIso ? Date.parse(given) : Number.NaN) : Math.round(seconds * 1000);
  if (Number.isNaN(at) || Math.abs(at) > 8.64e15)
    throw new AppError('recording_time', { time: String(given) });
  return at;
}
