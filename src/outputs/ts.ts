import type { ServerResponse } from 'node:http';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { liveScreen } from '../domain/ids.ts';
import type { Screen } from '../stream/screen/screen.ts';
import type { Screens } from '../stream/screen/screens.ts';
import { streamTransport } from '../stream/screen/transport-stream.ts';
import { playerOf } from './player-of.ts';
import type { PlayerQuery, ViewerCheck } from './player-request.ts';
import { type ScreenParams, screenRoutes } from './screen-paths.ts';
import type { SentBytes } from './sent-bytes.ts';
import { transportHeaders } from './transport-headers.ts';

export interface TsOutputOptions {
  readonly screens: Pick<Screens, 'forPlayers'>;
  readonly checkViewer: ViewerCheck;
  readonly sent: Pick<SentBytes, 'follow'>;
  /** Called with each response that a screen's stream goes to. */
  readonly onStream?: (request: FastifyRequest, response: ServerResponse, screen: Screen) => void;
}

interface TsRoute {
  Params: ScreenParams;
  Querystring: PlayerQuery;
}

/** For the API's document alone. */
const described = {
  exposeHeadRoute: false,
  schema: {
    tags: ['players'],
    summary: 'The screen as one MPEG-TS without end; with `?key=…` if need be',
  },
};

/** Each screen as one MPEG-TS body that does not end. */
export function tsOutput({ screens, checkViewer, sent, onStream }: TsOutputOptions): FastifyPluginAsync {
  const screenOf = ({ screen = liveScreen }: ScreenParams) => screens.forPlayers(screen);
  return async (app) => {
    for (const { ts } of screenRoutes) {
      // Jellyfin asks by HEAD whether this is a transport stream; the answer must not be an endless body.
      app.head<TsRoute>(ts, (request, reply) => {
        checkViewer(request, screenOf(request.params));
        return reply.headers(transportHeaders).send();
      });

      app.get<TsRoute>(ts, described, (request, reply) => {
        const screen = screenOf(request.params);
        checkViewer(request, screen);
        const { broadcast } = screen;
        broadcast.demand();
        reply.hijack();
        reply.raw.writeHead(200, transportHeaders);
        sent.follow('ts', reply.raw);
        onStream?.(request, reply.raw, screen);
        streamTransport(broadcast.live, reply.raw, playerOf(request));
      });
    }
  };
}
