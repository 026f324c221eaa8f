import type { FastifyPluginAsync } from 'fastify';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { LogoSource } from '../catalogue/logos.ts';
import { AppError } from '../domain/errors.ts';
import type { ClientRequests } from './client-requests.ts';
import { SCREEN_LOGO } from './line-up.ts';
import { entryWithNumber, type OfferedEntries } from './offer.ts';
import { sendPicture } from './send-picture.ts';
import type { XtreamServerOptions } from './xtream/options.ts';

export interface ClientLogoOptions {
  readonly programmes: XtreamServerOptions['programmes'];
  readonly requests: Pick<ClientRequests, 'clientOf'>;
  readonly channels: Pick<OfferedEntries, 'byNumber' | 'settled'>;
  readonly catalogue: Pick<Catalogue, 'groupOf'>;
  readonly logos: LogoSource;
}

interface LogoRoute {
  Params: { number: string };
}

interface PictureRoute {
  Params: { number: string; start: string };
}

const described = {
  logo: { schema: { tags: ['players'], summary: 'The logo of an entry of the line-up, for a client' } },
  picture: {
    schema: { tags: ['players'], summary: 'The picture of a programme of a channel, for a client' },
  },
};

/** The path of a programme's picture below a client's prefix. @param start epoch milliseconds */
export function picturePath(number: number, start: number): string {
  return `/picture/${number}/${Math.floor(start / 1000)}`;
}

/** The logos of the line-up and the pictures of its programmes, below a client's prefix; our logo where a channel has none that can be had. */
export function clientLogoOutput(options: ClientLogoOptions): FastifyPluginAsync {
  const { requests, channels, catalogue, logos, programmes } = options;
  return async (app) => {
    app.get(SCREEN_LOGO, described.logo, (request, reply) => {
      requests.clientOf(request);
      return reply.redirect(SCREEN_LOGO);
    });

    app.get<LogoRoute>('/logo/:number', described.logo, async (request, reply) => {
      requests.clientOf(request);
      const target = channels.byNumber(Number(request.params.number))?.target;
      const variants = target?.kind === 'channel' ? catalogue.groupOf(target.channelId)?.variants : [];
      const channel = variants?.find(({ logo }) => logo !== null);
      const logo = channel && (await logos.get(channel).catch(() => null));
      if (!logo) return reply.redirect(SCREEN_LOGO);
      return sendPicture(reply, logo);
    });

    app.get<PictureRoute>('/picture/:number/:start', described.picture, async (request, reply) => {
      requests.clientOf(request);
      const { number, start } = request.params;
      const from = Number(start) * 1000;
      const entry = Number.isSafeInteger(from) ? await entryWithNumber(channels, Number(number)) : null;
      if (entry?.target.kind !== 'channel') throw new AppError('not_found');
      const [programme] = await programmes(entry, from, from + 1000);
      return sendPicture(
        reply,
        await logos.get({ id: entry.target.channelId, logo: programme?.icon ?? null }),
      );
    });
  };
}
