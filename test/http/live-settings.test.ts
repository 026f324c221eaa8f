import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HttpContext } from '../../src/http/context.ts';
import { createServer } from '../../src/http/server.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

/** What changes while the process runs. */
const live = [
  'discordLogin',
  'embedOrigins',
  'etiquette',
  'host',
  'language',
  'listed',
  'publicUrl',
  'slots',
] as const satisfies readonly (keyof HttpContext)[];

it('no route keeps a setting from the time when it was made', async () => {
  const read: string[] = [];
  const { context } = fake;
  const watched: HttpContext = Object.create(context);
  for (const name of live)
    Object.defineProperty(watched, name, {
      get: () => {
        read.push(name);
        return context[name];
      },
    });
  const server = await createServer(watched);
  await server.ready();
  expect(read).toEqual([]);
  await server.inject('/api/info');
  expect(read).toContain('publicUrl');
  await server.close();
});
