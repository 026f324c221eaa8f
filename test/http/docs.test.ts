import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { FakeSetupAccount } from '../fakes/setup-account.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp({ setupAccount: new FakeSetupAccount() });
});
afterEach(() => fake.stop());

interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly requestBody?: unknown;
  readonly responses?: Readonly<Record<string, unknown>>;
}
type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

async function read() {
  const document: Document = (await fake.app.inject({ url: '/docs/json' })).json();
  const operations = Object.entries(document.paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  );
  return { document, operations };
}

/** All text of a schema, with what it refers to. */
function textOf(part: unknown, document: unknown): string {
  return JSON.stringify(part, (key, value: unknown) => {
    if (key !== '$ref' || typeof value !== 'string') return value;
    return value
      .slice(2)
      .split('/')
      .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], document);
  });
}

describe('the OpenAPI document', () => {
  it('has every address', async () => {
    const { document } = await read();
    const known = new Set(Object.keys(document.paths).map((path) => path.replace(/\{(\w+)\}/g, ':$1')));
    const hidden = /^(\/docs|\/webhooks|\*)/;
    // The document has parameters without the pattern that they must match.
    const routes = routesOf(await fake.server()).map((path) => path.replace(/(:\w+)\([^)]*\)/g, '$1'));
    const missing = routes.filter((path) => !known.has(path) && !hidden.test(path));
    expect(missing).toEqual([]);
    expect(known.size).toBeGreaterThan(15);
  });

  it('has a summary for each address', async () => {
    const { operations } = await read();
    for (const { name, operation } of operations) {
      expect([name, operation.summary, operation.tags]).toEqual([
        name,
        expect.stringMatching(/^.{5,}$/),
        [expect.any(String)],
      ]);
    }
  });

  it('has an example for every request and answer', async () => {
    const { document, operations } = await read();
    for (const { name, operation } of operations) {
      const { 200: ok, 201: made } = operation.responses ?? {};
      for (const part of [operation.requestBody, ok, made]) {
        if (!textOf(part ?? {}, document).includes('"schema"')) continue;
        expect([name, textOf(part, document)]).toEqual([name, expect.stringContaining('"example"')]);
      }
    }
  });
});

/** The paths of all routes, out of the tree that Fastify prints. */
function routesOf(app: FastifyInstance): string[] {
  const parts: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', part = ''] = /^([│├└─\s]*)(\S+)/.exec(line) ?? [];
      if (part === '') return [];
      parts.length = Math.max(0, indent.length / 4 - 1);
      parts.push(part);
      return /\(.*(GET|POST|DELETE)/.test(line) ? [parts.join('').replace(/(.)\/$/, '$1')] : [];
    });
}
