import { basename, dirname } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type ClipSpan, type MakeClipContext, makeClip } from '../../actions/make-clip.ts';
import { AppError } from '../../domain/errors.ts';
import type { Clip, Clips } from '../../recordings/clips/clips.ts';
import { messagesIn } from '../../words/messages-in.ts';
import { addressForOthers } from '../addresses.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { givenTime, readTime } from '../given-time.ts';
import { isoTime } from '../iso-time.ts';
import { languageOf } from '../language.ts';
import { requireRight, visitorOf } from '../plugins/visitors.ts';
import { screenAsked, screenField } from '../screen-asked.ts';
import { bearerOrCookie } from '../security-schemes.ts';
import { sendSmallPage } from '../small-page.ts';

const wishSchema = z
  .object({
    seconds: z.number().optional().describe('The last so many seconds; 30 where nothing is said'),
    from: givenTime.optional(),
    to: givenTime.optional(),
    screen: screenField,
  })
  .meta({ example: { seconds: 30 } });

const clipSchema = z
  .object({
    url: z.string().describe('A page that shows it, for whoever has the address'),
    file: z.string().describe('The MP4 file'),
    title: z.string(),
    from: z.iso
      .datetime()
      .describe('Of the first picture: the keyframe before the wish, where it was copied'),
    to: z.iso.datetime(),
    bytes: z.number(),
  })
  .meta({
    id: 'Clip',
    example: {
      url: 'https://tv.example.org/clips/x3JpZ2luYWwgY2xpcCBoZXJl',
      file: 'https://tv.example.org/clips/x3JpZ2luYWwgY2xpcCBoZXJl.mp4',
      title: 'TF1 · Le Journal',
      from: '2026-11-29T19:12:03.000Z',
      to: '2026-11-29T19:12:33.000Z',
      bytes: 29_400_000,
    },
  });

const DEFAULT_SECONDS = 30;

type ClipRoutesContext = MakeClipContext &
  Pick<HttpContext, 'language' | 'publicUrl' | 'screens' | 'visitors'> & {
    readonly clips: Pick<Clips, 'make' | 'find'>;
  };

/** Cuts clips of what screens have shown. */
export function clipRoutes(context: ClipRoutesContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/api/clips',
      {
        onRequest: requireRight(context.visitors, 'clip'),
        schema: {
          tags: ['recordings'],
          summary: 'Make a clip of what a screen has shown; answers once it is there',
          security: bearerOrCookie,
          body: wishSchema,
          response: { 201: clipSchema, default: errorSchema },
        },
      },
      async (request, reply) => {
        const screen = screenAsked(request, context);
        const language = languageOf(request, context.language);
        const clip = await makeClip(context, visitorOf(request), screen, spanOf(request.body), language);
        return reply.code(201).send(clipJson(clip, addressForOthers(request, context.publicUrl)));
      },
    );
  };
}

/** A clip's page and its file, for whoever has the address. */
export function clipPages(context: ClipRoutesContext): FastifyPluginAsync {
  const { clips } = context;
  const find = async (token: string): Promise<Clip> => {
    const clip = await clips.find(token);
    if (!clip) throw new AppError('clip_gone');
    return clip;
  };

  return async (app) => {
    await app.register(fastifyStatic, { root: dirname('/'), serve: false });

    app.get<{ Params: { token: string } }>('/clips/:token.mp4', described.file, async (request, reply) => {
      const { path, madeAt } = await find(request.params.token);
      return reply
        .header('content-disposition', `inline; filename="clip-${isoTime(madeAt).slice(0, 10)}.mp4"`)
        .header('access-control-allow-origin', '*')
        .sendFile(basename(path), dirname(path), { maxAge: '1h' });
    });

    app.get<{ Params: { token: string } }>('/clips/:token', described.page, async (request, reply) => {
      const clip = await find(request.params.token);
      const language = languageOf(request, context.language);
      const base = addressForOthers(request, context.publicUrl);
      const { url, file } = clipJson(clip, base);
      const words = messagesIn(language);
      const about = words.clipBy(clip.madeBy);
      return sendSmallPage(reply, {
        language,
        title: clip.title,
        lines: [about],
        video: new URL(file).pathname,
        buttons: [{ label: words.web.watch, href: '/watch' }],
        preview: {
          ...{ language, url, title: clip.title, description: about, video: file },
          image: `${base}/logo.png`,
        },
      });
    });
  };
}

const described = {
  file: { schema: { tags: ['recordings'], summary: 'The MP4 file of a clip' } },
  page: { schema: { tags: ['recordings'], summary: 'A page that shows a clip' } },
};

/** The paths of a clip's page and file. */
export function clipPath({ token }: Pick<Clip, 'token'>): string {
  return `/clips/${token}`;
}

function clipJson(clip: Clip, base: string): z.infer<typeof clipSchema> {
  const url = `${base}${clipPath(clip)}`;
  const { title, from, to, size } = clip;
  return { url, file: `${url}.mp4`, title, from: isoTime(from), to: isoTime(to), bytes: size };
}

/** @throws AppError clip_ends where only one end is named, time_unreadable */
function spanOf({ seconds, from, to }: z.infer<typeof wishSchema>): ClipSpan {
  if (from !== undefined && to !== undefined) return { from: readTime(from), to: readTime(to) };
  if (from !== undefined || to !== undefined) throw new AppError('clip_ends');
  return { seconds: seconds ?? DEFAULT_SECONDS };
}
