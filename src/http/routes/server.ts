import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type ExamineContext, examine } from '../../doctor/examine.ts';
import { doctorSubjects } from '../../domain/doctor-subject.ts';
import { logLevels } from '../../lib/log-tail.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { isoTime } from '../iso-time.ts';
import { languageOf } from '../language.ts';
import { requireRight } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const findingSchema = z
  .object({
    subject: z.enum(doctorSubjects),
    mark: z.enum(['good', 'warning', 'bad', 'off']).describe('`off`: not in use, which is no fault'),
    topic: z.string().describe('The subject, in the asker’s language'),
    text: z.string().describe('How it is, and what to do where it is not good'),
  })
  .meta({
    id: 'Finding',
    example: {
      subject: 'telegram',
      mark: 'bad',
      topic: 'Telegram',
      text: 'the token is refused: check TELEGRAM_TOKEN, then restart.',
    },
  });

const lineSchema = z
  .object({
    id: z.number().describe('Grows from line to line, also over restarts'),
    at: z.iso.datetime(),
    level: z.enum(logLevels),
    text: z.string(),
  })
  .meta({
    id: 'LogLine',
    example: { id: 1766572200123, at: '2025-12-24T10:30:00.000Z', level: 'info', text: 'Zapette is on' },
  });

type ServerRoutesContext = ExamineContext & Pick<HttpContext, 'language' | 'logTail' | 'visitors'>;

/** The state of the server, for admins to read. */
export function serverRoutes(context: ServerRoutesContext): FastifyPluginAsyncZod {
  const { visitors, logTail } = context;
  const onRequest = requireRight(visitors, 'administer');

  return async (app) => {
    app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));

    app.get(
      '/api/doctor',
      {
        onRequest,
        schema: {
          tags: ['server'],
          summary: 'What works, what does not, and what to do: everything is looked at anew',
          security: bearerOrCookie,
          response: {
            200: z.object({ summary: z.string(), items: z.array(findingSchema) }),
            default: errorSchema,
          },
        },
      },
      async (request) => {
        const { summary, findings } = await examine(context, null, languageOf(request, context.language));
        return { summary, items: [...findings] };
      },
    );

    app.get(
      '/api/log',
      {
        onRequest,
        schema: {
          tags: ['server'],
          summary: 'The last 500 lines of the log, the oldest first, without secrets',
          security: bearerOrCookie,
          querystring: z.object({
            level: z.enum(logLevels).default('trace').describe('The least grave one that counts'),
            after: z.coerce.number().int().default(0).describe('An id, for what has come since'),
          }),
          response: { 200: z.object({ items: z.array(lineSchema) }), default: errorSchema },
        },
      },
      async ({ query: { after, level } }) => ({
        items: logTail.after(after, level).map((line) => ({ ...line, at: isoTime(line.at) })),
      }),
    );
  };
}
