import type { ServerResponse } from 'node:http';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Screen } from '../stream/screen/screen.ts';
import { streamTransport } from '../stream/screen/transport-stream.ts';
import { playerOf } from './player-of.ts';
import type { PlayerQuery, ViewerCheck } from './player-request.ts';
import { transportHeaders } from './transport-headers.ts';

export interface TsOutputOptions {
  readonly screen: Pick<Screen, 'broadcast'>;
  readonly checkViewer: ViewerCheck;
  /** Called with each response that the stream goes to. */
  readonly onStream?: (request: FastifyRequest, response: ServerResponse) => void;
}

/** For the API's document alone. */
const described = {
  exposeHeadRoute: false,
  schema: {
    tags: ['players'],
    summary: 'The channel as one MPEG-TS without end; with `?key=…` if need be',
  },
};

/** The channel as one MPEG-TS body that does not end. */
export function tsOutput({ screen, checkViewer, onStream }: TsOutputOptions): FastifyPluginAsync {
  const { broadcast } = screen;
  return async (app) => {
    // Jellyfin asks by HEAD whether this is a transport stream; the answer must not be an endless body.
    app.head<{ Querystring: PlayerQuery }>('/live.ts', (request, reply) => {
      checkViewer(request);
      return reply.headers(transportHeaders).send();
    });

    app.get<{ Querystring: PlayerQuery }>('/live.ts', described, (request, reply) => {
      checkViewer(request);
      broadcast.demand();
      reply.hijack();
      reply.raw.writeHead(200, transportHeaders);
      onStream?.(request, reply.raw);
      streamTransport(broadcast.live, reply.raw, playerOf(request));
    });
  };
}
