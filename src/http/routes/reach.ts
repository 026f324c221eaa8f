import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { hostnameOf, isOurName } from '../asked-host.ts';
import type { HttpContext } from '../context.ts';

const EVENTS = 4;
const EVERY = 300;

/**
 * Shows whether an address leads to this process, to the set-up page in a browser and to the server itself. It is asked by
 * addresses that are not in the settings yet, so it answers to every name; it tells nothing but the id of the process, and
 * that to no page of other sites.
 */
export function reachRoutes(context: Pick<HttpContext, 'instance' | 'publicUrl'>): FastifyPluginAsyncZod {
  const { instance } = context;
  const headersFor = ({ headers: { origin = '' } }: FastifyRequest) => {
    const hostname = hostnameOf(URL.parse(origin)?.host ?? '');
    const isOurs = hostname !== null && isOurName(hostname, context.publicUrl);
    return {
      'cache-control': 'no-store',
      vary: 'origin',
      ...(isOurs ? { 'access-control-allow-origin': origin } : {}),
    };
  };
  const config = { isForEveryHost: true, rateLimit: { max: 60, timeWindow: '1 minute' } };

  return async (app) => {
    app.get(
      '/reach',
      {
        config,
        schema: {
          tags: ['machines'],
          summary: 'Which process answers, and the Host that it was asked by',
          response: {
            200: z
              .object({ instance: z.string(), host: z.string(), protocol: z.string() })
              .meta({ example: { instance: 'wX3bq0aZk2vd', host: 'tv.example.org', protocol: 'https' } }),
          },
        },
      },
      async (request, reply) => {
        const { host, protocol } = request;
        void reply.headers(headersFor(request));
        return { instance, host, protocol };
      },
    );

    app.get(
      '/reach/events',
      {
        config,
        exposeHeadRoute: false,
        schema: {
          tags: ['machines'],
          summary: 'An event stream of one second, which shows whether a proxy holds events back',
        },
      },
      async (request, reply) => {
        reply.hijack();
        const { raw } = reply;
        raw.on('error', () => {});
        raw.writeHead(200, {
          ...headersFor(request),
          'content-type': 'text/event-stream',
          'x-accel-buffering': 'no',
        });
        for (let sent = 1; sent <= EVENTS && !raw.destroyed; sent++) {
          raw.write(`data: ${sent}\n\n`);
          if (sent < EVENTS) await delay(EVERY);
        }
        raw.end();
      },
    );
  };
}
