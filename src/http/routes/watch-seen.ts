import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { edgeFolder } from '../../outputs/edges/edge-folder.ts';
import { playlistsOnEdge } from '../../outputs/edges/on-edge.ts';
import { VIEWER_PATIENCE } from '../../stream/screen/viewers.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { passOf, renewPass } from '../may-watch.ts';
import { screenAsked, screenQuery } from '../screen-asked.ts';

/** Watch pages that may ask in a second, all together. */
const MOST_A_SECOND = 100;
/** Seconds between two questions of a page: on an edge, at most (a pass has to be renewed in time), and at home. */
const ON_EDGE = 15;
const AT_MOST = 240;
const AT_HOME = 60;

type WatchSeenContext = Pick<
  HttpContext,
  'clock' | 'edgePrefix' | 'edges' | 'gate' | 'playlistCacheSeconds' | 'screens' | 'visitors'
>;

/** Tells watch pages where their playlists are, and counts those that take them from an edge, where home does not see them. */
export function watchSeenRoutes(context: WatchSeenContext): FastifyPluginAsyncZod {
  const { clock, edgePrefix, edges, gate, screens } = context;
  const pause = () => {
    const viewers = screens.all().reduce((sum, screen) => sum + screen.viewers.count, 0);
    return Math.min(AT_MOST, Math.max(ON_EDGE, Math.ceil(viewers / MOST_A_SECOND)));
  };

  return async (app) => {
    app.post(
      '/api/watch/seen',
      {
        schema: {
          tags: ['players'],
          summary: 'The watch page says that it plays, and learns which edge has its playlists',
          querystring: screenQuery,
          response: {
            200: z
              .object({
                playlists: z
                  .string()
                  .nullable()
                  .describe('The folder of the playlists on an edge; null: at home'),
                again: z.number().describe('Seconds after which to ask again'),
              })
              .meta({ example: { playlists: null, again: 60 } }),
            default: errorSchema,
          },
        },
      },
      async (request, reply) => {
        const pass = passOf(request, context);
        const screen = screenAsked(request, context);
        renewPass(request, reply, gate, pass);
        const edge = context.playlistCacheSeconds > 0 ? edges.edgeOf(pass.viewerId) : null;
        const playlists =
          edge && playlistsOnEdge(edge, edgePrefix.at(clock.now()), edgeFolder(screen, 'full'));
        const again = playlists === null ? AT_HOME : pause();
        // At home, the page's requests for playlists count it.
        screen.viewers.seen(pass.viewerId, VIEWER_PATIENCE + (playlists === null ? 0 : again * 1000));
        screen.broadcast.demand();
        return reply.header('cache-control', 'no-store').send({ playlists, again });
      },
    );
  };
}
