import type { ServerResponse } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Visitor } from '../../access/visitor.ts';
import type { HttpContext } from '../context.ts';
import { EventAudience, type EventAudienceContext, type EventReader } from '../event-audience.ts';
import { languageOf } from '../language.ts';
import { findVisitor } from '../plugins/visitors.ts';
import { screenAsked, screenQuery } from '../screen-asked.ts';

/** Milliseconds between comments that keep proxies from closing the connection. */
const HEARTBEAT = 15_000;
/** Bytes that a browser has not read after which it is disconnected; it comes back by itself. */
const LARGEST_BACKLOG = 1024 * 1024;

/**
 * Server-sent events: a screen's status, at once and at every change; reactions; what is on all screens; that
 * recordings have changed; to admins, that there are new lines in the log; to a page whose session has ended, that it is logged out.
 */
export function eventRoutes(
  context: EventAudienceContext & Pick<HttpContext, 'language'>,
): FastifyPluginAsyncZod {
  const { visitors } = context;
  const audience = new EventAudience(context);
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
        listen(audience, reply.raw, {
          screen,
          language: languageOf(request, context.language),
          visitor: () => visitorOf(request, visitors),
        });
      },
    );
  };
}

function listen(
  audience: EventAudience,
  response: ServerResponse,
  who: Pick<EventReader, 'screen' | 'language' | 'visitor'>,
): void {
  const reader: EventReader = {
    ...who,
    send: (event) => {
      // Told to end, and not closed yet.
      if (response.writableEnded) return;
      response.write(event);
      if (response.writableLength > LARGEST_BACKLOG) response.destroy();
    },
    end: () => response.end(),
  };
  const leave = audience.join(reader);
  const heartbeat = setInterval(() => {
    if (!response.writableEnded) response.write(': still here\n\n');
    audience.checkLogin(reader);
  }, HEARTBEAT);
  response.once('close', () => {
    clearInterval(heartbeat);
    leave();
  });
}

function visitorOf(request: FastifyRequest, visitors: HttpContext['visitors']): Visitor | null {
  try {
    return findVisitor(request, visitors);
  } catch {
    return null;
  }
}
