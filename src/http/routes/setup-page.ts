import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyPluginAsync } from 'fastify';
import type { HttpContext } from '../context.ts';
import { pageHeaders } from '../plugins/security-headers.ts';

/** The set-up page. It shows nothing by itself: whoever is not logged in as an admin gets a log-in form. */
export function setupPageRoutes({
  setup,
  webDir,
}: Pick<HttpContext, 'setup' | 'webDir'>): FastifyPluginAsync {
  return async (app) => {
    app.get(
      '/setup',
      { schema: { tags: ['set-up'], summary: 'The set-up page' } },
      async (_request, reply) => {
        const page = await readFile(join(webDir, 'setup.html'), 'utf8');
        return reply
          .headers({
            // It tries whether this machine's other addresses lead here.
            ...pageHeaders([], setup.addresses),
            'cache-control': 'no-cache',
            'content-type': 'text/html; charset=utf-8',
          })
          .send(page);
      },
    );
  };
}
