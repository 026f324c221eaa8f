import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DataDirs } from '../fakes/data-dir.ts';
import { readAsJellyfin } from '../fakes/jellyfin-m3u.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';

let dataDirs: DataDirs;
let server: RunningApp;
let playlist: string;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  server = await startApp(await dataDirs.next(), {});
  const { body } = await server.post('/api/clients', { name: 'Jellyfin', kind: 'jellyfin' });
  playlist = new URL(body.playlist_url).pathname;
}, 60_000);
afterAll(async () => {
  await server?.app.stop();
  await dataDirs?.remove();
});

const channels = async () => readAsJellyfin((await server.get(playlist)).body);
const names = async () => (await channels()).map(({ name }) => name);
async function send(method: string, path: string, body?: object): Promise<void> {
  const { status } = await fetch(server.url + path, {
    method,
    headers: {
      authorization: `Bearer ${ADMIN_TOKEN}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(status).toBeLessThan(300);
}
const offer = (value: string) => send('PUT', '/api/settings', { changes: { OUTPUT_CHANNELS: value } });

/** Reads until there is so much, and leaves. */
async function read(address: string, size: number): Promise<Buffer> {
  const leave = new AbortController();
  const response = await fetch(address, { signal: leave.signal });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'video/mp2t']);
  let bytes = Buffer.alloc(0);
  for await (const chunk of response.body ?? []) {
    bytes = Buffer.concat([bytes, chunk]);
    if (bytes.length >= size) break;
  }
  leave.abort();
  return bytes;
}

it('a television gets the shared screen, and what the settings offer from the moment they are changed', async () => {
  expect(await names()).toEqual(['Zapette live']);
  await offer('all');
  await vi.waitUntil(async () => (await channels()).length > 5, { timeout: 10_000 });
  const [live, first] = await channels();
  for (const { address } of [live, first].flatMap((each) => each ?? [])) {
    const bytes = await read(address, 188 * 100);
    for (let at = 0; at + 188 <= bytes.length; at += 188) expect(bytes[at]).toBe(0x47);
  }
  await offer('none');
  await vi.waitUntil(async () => (await channels()).length === 1, { timeout: 10_000 });
  expect((await fetch(first?.address ?? '')).status).toBe(404);
});

it('a favourite is offered at once, under a number that it keeps', async () => {
  await offer('favourites');
  expect(await names()).toEqual(['Zapette live']);
  const [{ id }] = (await server.get('/api/channels/grouped')).body.items;
  await send('PUT', `/api/favourites/${id}`);
  await vi.waitUntil(async () => (await channels()).length === 2, { timeout: 10_000 });
  const [, before] = await channels();
  await send('DELETE', `/api/favourites/${id}`);
  await vi.waitUntil(async () => (await channels()).length === 1, { timeout: 10_000 });
  await send('PUT', `/api/favourites/${id}`);
  await vi.waitUntil(async () => (await channels()).length === 2, { timeout: 10_000 });
  expect((await channels())[1]).toEqual(before);
});
