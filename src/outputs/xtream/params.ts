import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';

/** The parameters of a call by name; the empty text for one that is missing. */
export type XtreamParams = (name: string) => string;

const fields = z.record(z.string(), z.unknown()).catch({});
const value = z.union([z.string(), z.number()]).transform((given) => String(given).trim());

/**
 * The parameters of a call, which clients put into the query, a form or JSON. As in PHP, in which panels are written, the
 * body wins over the query, and the last of several wins.
 */
export function paramsOf({ body, query }: Pick<FastifyRequest, 'body' | 'query'>): XtreamParams {
  const places = [fields.parse(body), fields.parse(query)];
  return (name) => {
    for (const place of places) {
      const given = place[name];
      const { success, data } = value.safeParse(Array.isArray(given) ? given.at(-1) : given);
      if (success) return data;
    }
    return '';
  };
}

/** Makes a part of the server read bodies as panels do: forms, JSON by whatever name, and nothing where it cannot be read. */
export function readBodiesLikePanels(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
    done(null, read(String(body))),
  );
}

function read(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
