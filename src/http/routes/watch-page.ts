import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { labelOf } from '../../catalogue/channel-title.ts';
import type { Logo } from '../../catalogue/logos.ts';
import { inLanguage } from '../../domain/channel.ts';
import { channelIdOfText, toApiChannelId } from '../../domain/ids.ts';
import { watchPath } from '../../domain/watch-paths.ts';
import type { Edges } from '../../outputs/edges/edges.ts';
import type { Screen } from '../../stream/screen/screen.ts';
import { messagesIn } from '../../words/messages-in.ts';
import { addressForOthers } from '../addresses.ts';
import type { HttpContext } from '../context.ts';
import { languageOf } from '../language.ts';
import { type LinkPreview, withPreview } from '../link-preview.ts';
import { dataHeaders, pageHeaders } from '../plugins/security-headers.ts';

/** Milliseconds to wait for a provider's logo: chat apps do not wait long for a preview. */
const PATIENCE = 2_500;
/** Short, since the channel changes. */
const PICTURE_LIFETIME = 'public, max-age=300';
/** The image types that chat apps draw. */
const drawn: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif']);

/** What the watch page and its link preview depend on. */
export type WatchPageContext = Pick<
  HttpContext,
  'catalogue' | 'edges' | 'gate' | 'guide' | 'language' | 'ownAccount' | 'publicUrl' | 'webDir'
>;

/** Sends the watch page. Its head tells link previews which channel is on, if anybody may watch. */
export async function sendWatchPage(
  request: FastifyRequest,
  reply: FastifyReply,
  context: WatchPageContext,
  screen: Screen,
  framedBy: readonly string[],
): Promise<FastifyReply> {
  const page = await readFile(join(context.webDir, 'watch.html'), 'utf8');
  return reply
    .headers({
      ...pageHeaders(framedBy, originsOf(context.edges)),
      'cache-control': 'no-cache',
      'content-type': 'text/html; charset=utf-8',
    })
    .send(withPreview(page, previewFor(request, context, screen)));
}

/** Where the page's segments may come from. */
export function originsOf({ all }: Pick<Edges, 'all'>): string[] {
  return all.map(({ url }) => new URL(url).origin);
}

function previewFor(request: FastifyRequest, context: WatchPageContext, screen: Screen): LinkPreview {
  const { gate, guide, ownAccount, publicUrl } = context;
  const language = languageOf(request, context.language);
  const base = addressForOthers(request, publicUrl);
  const url = `${base}${watchPath(screen.id)}`;
  const { channel, past } = screen.broadcast.status;
  const isPublic = gate.isPublic && screen.facts.watch === null;
  if (!isPublic || !channel) {
    const title = isPublic ? messagesIn(language).web.nothingOn : 'Zapette';
    return { language, title, description: '', url, image: `${base}/logo.png` };
  }
  const { now } = guide.get(channel.id);
  const title = past ? past.title : now && inLanguage(now, language).title;
  return {
    language,
    url,
    title: labelOf(context, channel),
    description: title ?? '',
    image: `${base}/watch/picture/${encodeURIComponent(toApiChannelId(channel.id, ownAccount))}`,
  };
}

/** The picture of a link preview: the channel's logo, fetched by us, or our own. */
export function previewPictureRoutes({
  catalogue,
  gate,
  logos,
  ownAccount,
}: Pick<HttpContext, 'catalogue' | 'gate' | 'logos' | 'ownAccount'>): FastifyPluginAsync {
  return async (app) => {
    app.get<{ Params: { id: string } }>(
      '/watch/picture/:id',
      { schema: { tags: ['players'], summary: 'The picture that link previews of /watch show' } },
      async (request, reply) => {
        const id = channelIdOfText(request.params.id, ownAccount);
        const channel = id === null ? undefined : catalogue.snapshot().byId.get(id);
        const nothing = setTimeout(PATIENCE, null, { ref: false });
        const logo: Logo | null =
          channel && gate.isPublic
            ? await Promise.race([logos.get(channel).catch(() => null), nothing])
            : null;
        const lasting = { 'cache-control': PICTURE_LIFETIME };
        if (!logo || !drawn.has(logo.contentType)) return reply.headers(lasting).sendFile('logo.png');
        return reply
          .headers({ ...dataHeaders, ...lasting, 'content-type': logo.contentType })
          .send(logo.bytes);
      },
    );
  };
}
