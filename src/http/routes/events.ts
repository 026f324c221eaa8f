import type { ServerResponse } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Visitor } from '../../access/visitor.ts';
import { chosenChannel } from '../../domain/broadcast-status.ts';
import { Coalescer } from '../../lib/coalescer.ts';
import type { Screen } from '../../stream/screen/screen.ts';
import type { HttpContext } from '../context.ts';
import { isoTime } from '../iso-time.ts';
import { languageOf } from '../language.ts';
import { findVisitor, readerOf } from '../plugins/visitors.ts';
import { screenAsked, screenQuery } from '../screen-asked.ts';
import { statusJson } from '../status-json.ts';
import { screensJson } from './screens.ts';

/** Milliseconds between comments that keep proxies from closing the connection. */
const HEARTBEAT = 15_000;
/** Bytes that a browser has not read after which it is disconnected; it comes back by itself. */
const LARGEST_BACKLOG = 1024 * 1024;
/** News of the log: the lines of one action come in one event, and a flood of lines is no flood of events. */
const LOG_PACE = { gather: 200, every: 1_000 };
/** News of recordings: a look at the list costs a look at the disk. */
const RECORDINGS_PACE = { gather: 100, every: 1_000 };
/** News of all screens, for lists of them. */
const SCREENS_PACE = { gather: 100, every: 500 };

type EventRoutesContext = Pick<
  HttpContext,
  | 'catalogue'
  | 'clock'
  | 'gate'
  | 'guide'
  | 'accounts'
  | 'health'
  | 'language'
  | 'logger'
  | 'logTail'
  | 'ownAccount'
  | 'recordings'
  | 'screens'
  | 'slots'
  | 'visitors'
>;

/**
 * Server-sent events: a screen's status, at once and at every change; reactions; what is on all screens; that
 * recordings have changed; to admins, that there are new lines in the log; to a page whose session has ended, that it is logged out.
 */
export function eventRoutes(context: EventRoutesContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/events',
      {
        // A HEAD would be answered without end.
        exposeHeadRoute: false,
        schema: {
          tags: ['broadcast'],
          summary: 'What is on, as server-sent events',
          querystring: screenQuery,
        },
      },
      (request, reply) => {
        const screen = screenAsked(request, context);
        reply.hijack();
        reply.raw.writeHead(200, {
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
          // nginx would otherwise buffer the events.
          'x-accel-buffering': 'no',
        });
        sendEvents(context, screen, request, reply.raw);
      },
    );
  };
}

function sendEvents(
  context: EventRoutesContext,
  screen: Screen,
  request: FastifyRequest,
  response: ServerResponse,
): void {
  const { catalogue, clock, gate, guide, health, logger, logTail, recordings, screens, visitors } = context;
  const { broadcast } = screen;
  const language = languageOf(request, context.language);
  // Every time anew: what a visitor may know can change while they listen.
  const visitor = (): Visitor | null => {
    try {
      return findVisitor(request, visitors);
    } catch {
      return null;
    }
  };
  const isAdmin = (): boolean => visitor()?.role === 'admin';
  const send = (event: string, data: unknown): void => {
    // Told to end, and not closed yet.
    if (response.writableEnded) return;
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    if (response.writableLength > LARGEST_BACKLOG) response.destroy();
  };
  const sendStatus = (): void =>
    send('status', statusJson(context, screen, language, readerOf(visitor(), gate)));
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
  const sendScreens = (): void => send('screens', screensJson(context, visitor()?.role ?? null));
  const visitorAtFirst = visitor();
  let role = visitorAtFirst?.role;
  /** A session that has ended ends its page's events: the page says so, and asks anew as a stranger. */
  const checkLogin = (): void => {
    const now = visitor();
    if (visitorAtFirst && !now) {
      send('logged_out', {});
      response.end();
    } else if (now?.role !== role) {
      role = now?.role;
      sendStatus();
      sendScreens();
    }
  };
  const logNews = new Coalescer({
    gather: LOG_PACE.gather,
    every: LOG_PACE.every,
    clock,
    logger,
    job: async () => {
      logNews.didJob();
      sendLog();
    },
  });
  const screenNews = new Coalescer({
    ...SCREENS_PACE,
    clock,
    logger,
    job: async () => {
      screenNews.didJob();
      sendScreens();
    },
  });
  const recordingNews = new Coalescer({
    ...RECORDINGS_PACE,
    clock,
    logger,
    job: async () => {
      recordingNews.didJob();
      send('recordings', {});
    },
  });
  const heartbeat = setInterval(() => {
    if (!response.writableEnded) response.write(': still here\n\n');
    checkLogin();
  }, HEARTBEAT);
  const endings = [
    screen.events.subscribe((event) => {
      if (event.type === 'reactions') send('reactions', event.burst);
      else sendStatus();
    }),
    guide.subscribe((channelId) => {
      if (channelId === chosenChannel(broadcast.status)?.id) sendStatus();
    }),
    catalogue.onChange(() => {
      sendCatalogue();
      // The list may have been what was missing.
      sendStatus();
    }),
    health.subscribe(sendStatus),
    screens.follow((each) =>
      each.events.subscribe(({ type }) => {
        if (type === 'status') screenNews.touch();
      }),
    ),
    screens.onChange(sendScreens),
    () => screenNews.stop(),
    recordings.onChange(() => recordingNews.touch()),
    () => recordingNews.stop(),
    visitors.onChange(checkLogin),
    () => logNews.stop(),
    () => clearInterval(heartbeat),
  ];
  if (isAdmin()) endings.push(logTail.subscribe(() => logNews.touch()));
  response.once('close', () => {
    for (const end of endings) end();
  });
  sendStatus();
  sendScreens();
  sendCatalogue();
  sendLog();
}
