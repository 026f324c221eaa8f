import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { addressForOthers } from '../addresses.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { languageOf } from '../language.ts';
import { requireRight, visitorOf } from '../plugins/visitors.ts';
import { recordingsCalendar } from '../recordings-calendar.ts';
import { bearerOrCookie } from '../security-schemes.ts';

type CalendarRoutesContext = Pick<
  HttpContext,
  'calendars' | 'catalogue' | 'deviceId' | 'language' | 'publicUrl' | 'recordings' | 'visitors'
>;

const PATH = '/api/recordings/calendar.ics';

/** The recordings as a calendar, at an address with a token of its own, since calendars cannot log in. */
export function recordingsCalendarRoutes(context: CalendarRoutesContext): FastifyPluginAsyncZod {
  const { calendars, visitors } = context;
  return async (app) => {
    app.get(
      '/api/recordings/calendar',
      {
        onRequest: requireRight(visitors, 'own'),
        schema: {
          tags: ['recordings'],
          summary: 'The address of your calendar of recordings, which opens without a log-in',
          security: bearerOrCookie,
          response: {
            200: z.object({ url: z.url() }).meta({ example: { url: `https://tv.example${PATH}?token=…` } }),
            default: errorSchema,
          },
        },
      },
      async (request, reply) => {
        void reply.header('cache-control', 'no-store');
        const token = calendars.issue(visitorOf(request));
        return { url: `${addressForOthers(request, context.publicUrl)}${PATH}?token=${token}` };
      },
    );

    app.get(
      PATH,
      {
        schema: {
          tags: ['recordings'],
          summary: 'Planned, running and finished recordings as a calendar (iCalendar)',
          querystring: z.object({ token: z.string().max(500).default('') }),
        },
      },
      async (request, reply) => {
        if (!calendars.isValid(request.query.token)) throw new AppError('calendar_unknown');
        const base = addressForOthers(request, context.publicUrl);
        const language = languageOf(request, context.language);
        return reply
          .headers({
            'content-type': 'text/calendar; charset=utf-8',
            'content-disposition': 'inline; filename="zapette.ics"',
            'cache-control': 'private, no-cache',
          })
          .send(recordingsCalendar(context, { language, base }));
      },
    );
  };
}
