import type { FastifyInstance } from 'fastify';
import type { HttpContext } from '../context.ts';
import { isoTime } from '../iso-time.ts';
import { languageOf } from '../language.ts';
import { isOperator } from '../plugins/visitors.ts';
import { statusJson } from '../status-json.ts';

/** Often enough that no proxy takes the connection for dead. */
const HEARTBEAT = 15_000;
/** A reader that does not read is let go; its browser will come back. */
const LARGEST_BACKLOG = 1024 * 1024;

/** Server-sent events: what is on, at once and at every change. */
export function registerEvents(app: FastifyInstance, context: HttpContext): void {
  const { broadcast, catalogue, guide, visitors, language } = context;
  app.get(
    '/api/events',
    {
      // A HEAD would be answered without end.
      exposeHeadRoute: false,
      schema: { tags: ['broadcast'], summary: 'What is on, as server-sent events' },
    },
    (request, reply) => {
      const asker = languageOf(request, language);
      // Every time anew: what they may do can change while they listen.
      const operates = (): boolean => {
        try {
          return isOperator(request, visitors);
        } catch {
          return false;
        }
      };
      reply.hijack();
      const response = reply.raw;
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        // nginx would otherwise collect them
        'x-accel-buffering': 'no',
      });
      const send = (event: string, data: unknown): void => {
        response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
        if (response.writableLength > LARGEST_BACKLOG) response.destroy();
      };
      const sendStatus = (): void => send('status', statusJson(context, asker, operates()));
      const sendCatalogue = (): void => {
        const { channels, refreshedAt } = catalogue.snapshot();
        send('catalogue', {
          channels: channels.length,
          refreshed_at: refreshedAt && isoTime(refreshedAt),
        });
      };
      const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT);
      const endings = [
        broadcast.subscribe(sendStatus),
        guide.subscribe((channelId) => {
          if (channelId === broadcast.status.channel?.id) sendStatus();
        }),
        catalogue.onChange(sendCatalogue),
        () => clearInterval(heartbeat),
      ];
      response.once('close', () => {
        for (const end of endings) end();
      });
      sendStatus();
      sendCatalogue();
    },
  );
}
