import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { exportBundle } from '../../actions/export-bundle.ts';
import { importBundle } from '../../actions/import-bundle.ts';
import { LARGEST_BUNDLE } from '../../bundle/bundle-file.ts';
import { messagesIn } from '../../words/messages-in.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { languageOf } from '../language.ts';
import { requireRight, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

/** Each takes some tenths of a second and 64 MB. */
const rateLimit = { max: 6, timeWindow: '1 minute' };
const passphrase = z.string().max(1_000).describe('At least 8 characters for an export');

const importedSchema = z
  .object({
    made_at: z.iso.datetime(),
    made_by: z.string().describe('The version of Zapette that made the export'),
    settings: z.number(),
    people: z.number(),
    favourites: z.number(),
    history: z.number(),
    message: z.string().describe('What happens now, in the asker’s language'),
  })
  .meta({
    id: 'Imported',
    example: {
      made_at: '2025-12-24T10:30:00.000Z',
      made_by: '0.2.0',
      settings: 12,
      people: 5,
      favourites: 30,
      history: 812,
      message: 'The export is checked: Zapette takes it over at its next start.',
    },
  });

type BundleRoutesContext = Pick<
  HttpContext,
  'audit' | 'clock' | 'installation' | 'language' | 'version' | 'visitors'
>;

/** The whole installation as one file, to keep it safe or to move it to another machine. */
export function bundleRoutes(context: BundleRoutesContext): FastifyPluginAsyncZod {
  const onRequest = requireRight(context.visitors, 'administer');

  return async (app) => {
    app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));

    app.post(
      '/api/export',
      {
        onRequest,
        config: { rateLimit },
        schema: {
          tags: ['server'],
          summary: 'Everything in one file, which the passphrase alone opens',
          security: bearerOrCookie,
          body: z.object({ passphrase }).meta({ example: { passphrase: 'four words of yours' } }),
          response: {
            200: z
              .string()
              .describe('A JSON file, as a download')
              .meta({ example: '{"zapette": "export", …}' }),
            default: errorSchema,
          },
        },
      },
      async (request, reply) => {
        const text = await exportBundle(context, visitorOf(request), request.body.passphrase);
        const day = new Date(context.clock.now()).toISOString().slice(0, 10);
        return reply
          .type('application/json')
          .header('content-disposition', `attachment; filename="zapette-${day}.json"`)
          .send(text);
      },
    );

    app.post(
      '/api/import',
      {
        onRequest,
        bodyLimit: LARGEST_BUNDLE,
        config: { rateLimit },
        schema: {
          tags: ['server'],
          summary: 'Replace everything, at the next start, by an exported file',
          security: bearerOrCookie,
          body: z
            .object({ file: z.string().describe('The text of the exported file'), passphrase })
            .meta({ example: { file: '{"zapette":"export", …}', passphrase: 'four words of yours' } }),
          response: { 202: importedSchema, default: errorSchema },
        },
      },
      async (request, reply) => {
        const { file, passphrase: given } = request.body;
        const { madeAt, madeBy, counts } = await importBundle(context, visitorOf(request), file, given);
        const message = messagesIn(languageOf(request, context.language)).web.importDecided;
        return reply.code(202).send({ made_at: madeAt, made_by: madeBy, ...counts, message });
      },
    );
  };
}
