import anyAscii from 'any-ascii';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../domain/errors.ts';
import type { ViewerLink } from '../../domain/viewer-link.ts';
import { Relay } from '../../stream/relay.ts';
import { baseUrl } from '../addresses.ts';
import type { HttpContext } from '../context.ts';
import { playerOf } from '../player-of.ts';
import { transportHeaders } from '../transport-headers.ts';

interface LinkRoute {
  Params: { file: string };
}

/** Tries of tokens that are none, a minute and address. Players with a good one are never in the way of this. */
const WRONG_TOKENS = { max: 20, timeWindow: '1 minute' };

/** Private links, for players: the channel itself, and a playlist that opens it. */
export function registerLinks(app: FastifyInstance, context: HttpContext): void {
  const { commands, links, tuners, publicUrl } = context;
  const countWrong = app.createRateLimit(WRONG_TOKENS);
  const schema = { hide: true };

  // Players ask by HEAD what this is: that opens nothing.
  app.head<LinkRoute>('/vlc/:file', { schema }, async (request, reply) => {
    const { link, isPlaylist } = await find(request);
    return reply.headers(isPlaylist ? playlistHeaders(link) : transportHeaders).send();
  });

  app.get<LinkRoute>('/vlc/:file', { schema, exposeHeadRoute: false }, async (request, reply) => {
    const { link, token, isPlaylist } = await find(request);
    if (isPlaylist) {
      const address = `${baseUrl(request, publicUrl)}/vlc/${token}.ts`;
      return reply.headers(playlistHeaders(link)).send(playlist(link, address));
    }
    const response = reply.raw;
    const wish = {
      source: commands.provider.source(link.channelId),
      name: `${link.channelName} (/vlc ${link.person.name})`,
      yields: true,
    };
    const relay = new Relay(wish, { tuners, clock: commands.clock });
    const leave = links.admit(link, playerOf(request), relay);
    response.once('close', () => {
      leave();
      void relay.stop();
    });
    await relay.start().catch((error: unknown) => {
      // Who has left needs no reason.
      if (!response.destroyed) throw error;
    });
    reply.hijack();
    // Before the first byte, which may have to wait for a keyframe.
    response.writeHead(200, transportHeaders).flushHeaders();
    await relay.send(response);
  });

  /** @throws AppError link_invalid, rate_limited */
  async function find(
    request: FastifyRequest<LinkRoute>,
  ): Promise<{ link: ViewerLink; token: string; isPlaylist: boolean }> {
    const [, token = '', extension] = /^([\w-]+?)(?:\.(ts|m3u))?$/.exec(request.params.file) ?? [];
    try {
      return { link: links.find(token), token, isPlaylist: extension === 'm3u' };
    } catch (error) {
      const limit = await countWrong(request);
      throw limit.isAllowed || !limit.isExceeded ? error : new AppError('rate_limited');
    }
  }
}

function playlist({ channelName }: ViewerLink, address: string): string {
  return ['#EXTM3U', `#EXTINF:-1,${channelName.replace(/\s+/g, ' ')}`, address, ''].join('\n');
}

function playlistHeaders({ channelName }: ViewerLink) {
  const file = anyAscii(channelName).replace(/[^\w+.-]+/g, '-');
  return {
    'content-type': 'audio/x-mpegurl; charset=utf-8',
    'content-disposition': `attachment; filename="${file}.m3u"`,
    'cache-control': 'no-store',
  };
}
