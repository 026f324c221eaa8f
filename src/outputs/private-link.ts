import anyAscii from 'any-ascii';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { PrivateLinks } from '../access/private-links.ts';
import { AppError } from '../domain/errors.ts';
import type { PrivateLink } from '../domain/private-link.ts';
import type { Clock } from '../lib/clock.ts';
import { Relay } from '../stream/relay.ts';
import type { Tuners } from '../stream/tuner/tuners.ts';
import { m3uPlaylist } from './m3u.ts';
import { playerOf } from './player-of.ts';
import type { BaseUrl } from './player-request.ts';
import type { SentBytes } from './sent-bytes.ts';
import { archiveHeaders, transportHeaders } from './transport-headers.ts';

export interface PrivateLinkOutputOptions {
  readonly links: Pick<PrivateLinks, 'find' | 'admit'>;
  readonly tuners: Tuners;
  readonly baseUrl: BaseUrl;
  readonly sent: Pick<SentBytes, 'follow'>;
  readonly clock: Clock;
}

interface LinkRoute {
  Params: { file: string };
}

/** Requests with a wrong token, per minute and address. Players with a valid token are never limited. */
const WRONG_TOKENS = { max: 20, timeWindow: '1 minute' };

/** Private links, for players: the channel itself, and a playlist that opens it. Needs @fastify/rate-limit. */
export function privateLinkOutput(options: PrivateLinkOutputOptions): FastifyPluginAsync {
  const { links, tuners, baseUrl, sent, clock } = options;
  const schema = { tags: ['players'], summary: 'A private link: as `.ts` the channel, as `.m3u` a playlist' };

  return async (app) => {
    const countWrong = app.createRateLimit(WRONG_TOKENS);

    // Players ask by HEAD what this is: that opens nothing.
    app.head<LinkRoute>('/vlc/:file', { schema }, async (request, reply) => {
      const { link, isPlaylist } = await find(request);
      return reply.headers(isPlaylist ? playlistHeaders(link) : headersOf(link)).send();
    });

    app.get<LinkRoute>('/vlc/:file', { schema, exposeHeadRoute: false }, async (request, reply) => {
      const { link, token, isPlaylist } = await find(request);
      if (isPlaylist) {
        const address = `${baseUrl(request)}/vlc/${token}.ts`;
        return reply.headers(playlistHeaders(link)).send(m3uPlaylist({ name: link.channelName }, address));
      }
      const response = reply.raw;
      const wish = {
        channelId: link.channelId,
        name: `${link.channelName} (/vlc ${link.person.name})`,
        ...(link.past ? { past: link.past } : {}),
      };
      const relay = new Relay(wish, { tuners, clock });
      const leave = links.admit(link, playerOf(request), relay);
      response.once('close', () => {
        leave();
        void relay.stop();
      });
      await relay.start().catch((error: unknown) => {
        // A player that has left needs no reason.
        if (!response.destroyed) throw error;
      });
      reply.hijack();
      // Before the first byte, which may have to wait for a keyframe.
      response.writeHead(200, headersOf(link)).flushHeaders();
      sent.follow('links', response);
      await relay.send(response);
    });

    /** @throws AppError link_invalid, rate_limited */
    async function find(
      request: FastifyRequest<LinkRoute>,
    ): Promise<{ link: PrivateLink; token: string; isPlaylist: boolean }> {
      const [, token = '', extension] = /^([\w-]+?)(?:\.(ts|m3u))?$/.exec(request.params.file) ?? [];
      try {
        return { link: links.find(token), token, isPlaylist: extension === 'm3u' };
      } catch (error) {
        const limit = await countWrong(request);
        throw limit.isAllowed || !limit.isExceeded ? error : new AppError('rate_limited');
      }
    }
  };
}

function headersOf({ past }: PrivateLink) {
  return past ? archiveHeaders : transportHeaders;
}

function playlistHeaders({ channelName }: PrivateLink) {
  const file = anyAscii(channelName).replace(/[^\w+.-]+/g, '-');
  return {
    'content-type': 'audio/x-mpegurl; charset=utf-8',
    'content-disposition': `attachment; filename="${file}.m3u"`,
    'cache-control': 'no-store',
  };
}
