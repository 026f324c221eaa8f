import type { FastifyInstance } from 'fastify';
import type { Visitor } from '../../access/visitor.ts';
import { chosenChannel } from '../../domain/broadcast-status.ts';
import { Coalescer } from '../../lib/coalescer.ts';
import type { HttpContext } from '../context.ts';
import { isoTime } from '../iso-time.ts';
import { languageOf } from '../language.ts';
import { findVisitor, readerOf } from '../plugins/visitors.ts';
import { statusJson } from '../status-json.ts';

/** Often enough that no proxy takes the connection for dead. */
const HEARTBEAT = 15_000;
/** A reader that does not read is let go; its browser will come back. */
const LARGEST_BACKLOG = 1024 * 1024;
/** Of news of the log: what follows from one deed comes in one, and a flood of lines is no flood of events. */
const LOG_PACE = { gather: 200, every: 1_000 };

/**
 * Server-sent events: what is on, at once and at every change; what those who watch think of it; to admins, that there is
 * more in the log; to a page whose session has ended, that it is logged out.
 */
export function registerEvents(app: FastifyInstance, context: HttpContext): void {
  const { broadcast, catalogue, commands, gate, guide, health, logger, logTail, visitors, language } =
    context;
  app.get(
    '/api/events',
    {
      // A HEAD would be answered without end.
      exposeHeadRoute: false,
      schema: { tags: ['broadcast'], summary: 'What is on, as server-sent events' },
    },
    (request, reply) => {
      const asker = languageOf(request, language);
      // Every time anew: what they may know can change while they listen.
      const visitor = (): Visitor | null => {
        try {
          return findVisitor(request, visitors);
        } catch {
          return null;
        }
      };
      const isAdmin = (): boolean => visitor()?.role === 'admin';
      reply.hijack();
      const response = reply.raw;
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        // nginx would otherwise collect them
        'x-accel-buffering': 'no',
      });
      const send = (event: string, data: unknown): void => {
        // Told to end, and not closed yet.
        if (response.writableEnded) return;
        response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
        if (response.writableLength > LARGEST_BACKLOG) response.destroy();
      };
      const sendStatus = (): void => send('status', statusJson(context, asker, readerOf(visitor(), gate)));
      const sendCatalogue = (): void => {
        const { channels, refreshedAt } = catalogue.snapshot();
        send('catalogue', {
          channels: channels.length,
          refreshed_at: refreshedAt && isoTime(refreshedAt),
        });
      };
      const sendLog = (): void => {
        if (isAdmin()) send('log', { last: logTail.lastId });
      };
      const cameAs = visitor();
      let role = cameAs?.role;
      /** A session that has ended ends its page's events: the page says so, and asks anew as a stranger. */
      const checkLogin = (): void => {
        const is = visitor();
        if (cameAs && !is) {
          send('logged_out', {});
          response.end();
        } else if (is?.role !== role) {
          role = is?.role;
          sendStatus();
        }
      };
      const logNews = new Coalescer({
        ...{ ...LOG_PACE, clock: commands.clock, logger },
        job: async () => {
          logNews.didJob();
          sendLog();
        },
      });
      const heartbeat = setInterval(() => {
        if (!response.writableEnded) response.write(': still here\n\n');
        checkLogin();
      }, HEARTBEAT);
      const endings = [
        broadcast.subscribe(sendStatus),
        guide.subscribe((channelId) => {
          if (channelId === chosenChannel(broadcast.status)?.id) sendStatus();
        }),
        catalogue.onChange(() => {
          sendCatalogue();
          // It may have been what was missing.
          sendStatus();
        }),
        health.subscribe(sendStatus),
        commands.pictureHealth.subscribe(sendStatus),
        visitors.onChange(checkLogin),
        ...(isAdmin() ? [logTail.subscribe(() => logNews.touch())] : []),
        () => logNews.stop(),
        commands.reactions.subscribe((burst) => send('reactions', burst)),
        () => clearInterval(heartbeat),
      ];
      response.once('close', () => {
        for (const end of endings) end();
      });
      sendStatus();
      sendCatalogue();
      sendLog();
    },
  );
}
