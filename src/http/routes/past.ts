import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { toApiChannelId } from '../../domain/ids.ts';
import type { PlayerQuery, ViewerCheck } from '../../outputs/player-request.ts';
import type { Screen } from '../../stream/screen/screen.ts';
import { apiChannelId } from '../channel-ids.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { isoTime } from '../iso-time.ts';
import { languageOf } from '../language.ts';
import { renewPass } from '../may-watch.ts';
import { pastProgrammes } from '../past-programmes.ts';
import { watchCookie } from '../plugins/cookies.ts';
import { screenAsked, screenQuery } from '../screen-asked.ts';
import { bearerOrCookie } from '../security-schemes.ts';
import { untilGone } from './setup-account.ts';

const viewerQuery = screenQuery.extend({ key: z.string().optional().describe('The viewers’ key') });
const thumbnailQuery = viewerQuery.extend({ at: z.coerce.number().describe('Epoch seconds') });

const pastSchema = z
  .object({
    from: z.iso.datetime().nullable().describe('How far one can go back; null where nothing is kept'),
    to: z.iso.datetime().describe('The live edge'),
    programmes: z
      .array(
        z.object({
          start: z.iso.datetime(),
          stop: z.iso.datetime(),
          title: z.string().nullable().describe('Null where the guide does not tell it'),
          channel_id: apiChannelId,
          channel_label: z.string(),
        }),
      )
      .describe('What was on the screen in that time; gaps where nothing was'),
  })
  .meta({
    id: 'Past',
    example: {
      from: '2025-12-24T10:00:00.000Z',
      to: '2025-12-24T10:30:00.000Z',
      programmes: [
        {
          start: '2025-12-24T10:00:00.000Z',
          stop: '2025-12-24T10:30:00.000Z',
          title: 'Journal',
          channel_id: 123456,
          channel_label: 'TF1',
        },
      ],
    },
  });

/** Of a moment that is over; it never changes. A cache that viewers share does not ask for the key. */
const THUMBNAIL_LIFETIME = 'private, max-age=86400, immutable';

type PastRoutesContext = Pick<
  HttpContext,
  | 'catalogue'
  | 'clock'
  | 'gate'
  | 'guide'
  | 'history'
  | 'language'
  | 'ownAccount'
  | 'screens'
  | 'thumbnails'
  | 'visitors'
>;

/** How far one can go back on a screen, what was on it, and what it looked like; for whoever may watch it. */
export function pastRoutes(context: PastRoutesContext, checkViewer: ViewerCheck): FastifyPluginAsyncZod {
  const { clock, gate, ownAccount, thumbnails } = context;

  return async (app) => {
    app.get(
      '/api/past',
      {
        schema: {
          tags: ['players'],
          summary: 'How far one can go back on a screen, and what was on it',
          security: bearerOrCookie,
          querystring: viewerQuery,
          response: { 200: pastSchema, default: errorSchema },
        },
      },
      async (request, reply) => {
        const screen = screenToSee(request);
        keepPass(request, reply);
        const span = spanOf(screen);
        const language = languageOf(request, context.language);
        const programmes =
          span.from === null
            ? []
            : pastProgrammes(screen.id, { ...span, from: span.from }, language, context);
        reply.header('cache-control', 'no-store');
        return {
          from: isoTime(span.from),
          to: isoTime(span.to),
          programmes: programmes.map(({ start, stop, title, channelId, channelLabel }) => ({
            start: isoTime(start),
            stop: isoTime(stop),
            title,
            channel_id: toApiChannelId(channelId, ownAccount),
            channel_label: channelLabel,
          })),
        };
      },
    );

    app.get(
      '/api/past/thumbnail',
      {
        schema: {
          tags: ['players'],
          summary: 'A small picture of what a screen showed at a moment (JPEG)',
          security: bearerOrCookie,
          querystring: thumbnailQuery,
        },
      },
      async (request, reply) => {
        const screen = screenToSee(request);
        const { from, to } = spanOf(screen);
        const time = request.query.at * 1000;
        if (from === null || time < from || time >= to) throw new AppError('past_missing');
        const gone = untilGone(reply);
        const picture = await thumbnails.at(screen, time, gone).catch((error: unknown) => {
          if (gone.aborted) return null;
          throw error;
        });
        if (!picture) throw new AppError('past_missing');
        return reply
          .headers({ 'content-type': 'image/jpeg', 'cache-control': THUMBNAIL_LIFETIME })
          .send(picture);
      },
    );
  };

  /** @throws AppError screen_unknown, screen_closed_to_you, viewer_key_needed, log_in_to_watch */
  function screenToSee(request: FastifyRequest): Screen {
    const screen = screenAsked(request, context);
    checkViewer(request as FastifyRequest<{ Querystring: PlayerQuery }>);
    return screen;
  }

  /** The watch page asks for nothing else that gives it another cookie while it shows the past. */
  function keepPass(request: FastifyRequest, reply: FastifyReply): void {
    const pass = gate.checkWatchPass(watchCookie(request));
    if (pass) renewPass(request, reply, gate, pass);
  }

  function spanOf({ past, broadcast }: Screen): { readonly from: number | null; readonly to: number } {
    const last = broadcast.live.playlist.listed().at(-1) ?? past.entries.at(-1);
    const to = last ? last.programDateTime + last.duration * 1000 : clock.now();
    return { from: past.first?.programDateTime ?? null, to };
  }
}
