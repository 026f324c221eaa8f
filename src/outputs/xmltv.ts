import type { FastifyPluginAsync } from 'fastify';
import type { Offer } from './offer.ts';
import type { PlayerQuery } from './player-request.ts';
import type { XmltvAnswer } from './xmltv-answer.ts';

export interface XmltvOutputOptions extends Pick<Offer, 'checkViewer' | 'baseUrl' | 'channels'> {
  readonly answer: Pick<XmltvAnswer, 'send'>;
}

/** For the API's document alone. */
const schema = { tags: ['players'], summary: 'The guide as XMLTV, for Jellyfin, Kodi, Plex and others' };

/** The guide of what is offered. */
export function xmltvOutput({
  checkViewer,
  baseUrl,
  channels,
  answer,
}: XmltvOutputOptions): FastifyPluginAsync {
  return async (app) => {
    for (const url of ['/epg.xml', '/epg.xml.gz']) {
      app.route<{ Querystring: PlayerQuery }>({
        method: ['GET', 'HEAD'],
        url,
        schema,
        handler: (request, reply) => {
          checkViewer(request);
          const base = baseUrl(request);
          return answer.send(request, reply, { channels, base, isFile: url.endsWith('.gz') });
        },
      });
    }
  };
}
