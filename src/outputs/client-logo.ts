import type { FastifyPluginAsync } from 'fastify';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Logos } from '../catalogue/logos.ts';
import type { ClientRequests } from './client-requests.ts';
import { SCREEN_LOGO } from './line-up.ts';
import type { OfferedEntries } from './offer.ts';

export interface ClientLogoOptions {
  readonly requests: Pick<ClientRequests, 'clientOf'>;
  readonly channels: Pick<OfferedEntries, 'byNumber'>;
  readonly catalogue: Pick<Catalogue, 'groupOf'>;
  readonly logos: Pick<Logos, 'get'>;
}

interface LogoRoute {
  Params: { number: string };
}

const schema = { tags: ['players'], summary: 'The logo of an entry of the line-up, for a client' };

/** The logos of the line-up, below a client's prefix: ours where a channel has none that can be had. */
export function clientLogoOutput(options: ClientLogoOptions): FastifyPluginAsync {
  const { requests, channels, catalogue, logos } = options;
  return async (app) => {
    app.get(SCREEN_LOGO, { schema }, (request, reply) => {
      requests.clientOf(request);
      return reply.redirect(SCREEN_LOGO);
    });

    app.get<LogoRoute>('/logo/:number', { schema }, async (request, reply) => {
      requests.clientOf(request);
      const target = channels.byNumber(Number(request.params.number))?.target;
      const variants = target?.kind === 'channel' ? catalogue.groupOf(target.channelId)?.variants : [];
      const channel = variants?.find(({ logo }) => logo !== null);
      const logo = channel && (await logos.get(channel).catch(() => null));
      if (!logo) return reply.redirect(SCREEN_LOGO);
      return reply
        .headers({
          'content-type': logo.contentType,
          'cache-control': 'public, max-age=86400',
          'x-content-type-options': 'nosniff',
          // An SVG opened by itself would run as a page of ours.
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        })
        .send(logo.bytes);
    });
  };
}
