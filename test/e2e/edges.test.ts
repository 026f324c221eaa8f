import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { type RunningApp, startApp } from '../fakes/running-app.ts';

let dataDirs: DataDirs;
let server: RunningApp;
let browser: Browser;
let edge: Edge;

/** A cache in front of the server, without keeping anything. */
class Edge {
  readonly #server: Server;
  readonly asked: string[] = [];
  home = new URL('http://127.0.0.1');

  constructor() {
    this.#server = createServer((incoming, answer) => {
      const { url = '' } = incoming;
      this.asked.push(url);
      const { hostname: host, port } = this.home;
      const outgoing = request({ host, port, path: url }, (from) => {
        answer.writeHead(from.statusCode ?? 502, from.headers);
        from.pipe(answer);
      });
      outgoing.on('error', () => answer.destroy());
      outgoing.end();
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

beforeAll(async () => {
  dataDirs = await DataDirs.create();
  browser = await launchBrowser();
}, 60_000);
afterEach(async () => {
  await edge?.stop().catch(() => {});
  await server?.app.stop();
});
afterAll(async () => {
  await browser?.close();
  await dataDirs?.remove();
});

/** A server with an edge in front of it, and a channel on air. */
async function start(settings: Record<string, string> = {}): Promise<void> {
  edge = new Edge();
  const url = await edge.start();
  server = await startApp(await dataDirs.next(), { SEGMENTS_URL: url, ...settings });
  edge.home = new URL(server.url);
  const play = () => server.post('/set_active_stream', { channel_id: 101 });
  await expect.poll(async () => (await play()).status, { timeout: 30_000 }).toBe(200);
}

const timeOf = (page: Page) => page.evaluate(() => document.querySelector('video')?.currentTime ?? -1);
const segmentsAt = ({ asked }: Edge) => asked.filter((url) => url.endsWith('.ts')).length;

it('the watch page takes its picture from an edge, and plays on when that is gone', async () => {
  await start();
  const page = await browser.newPage();
  const stalls: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) stalls.push(message.text());
  });
  await page.goto(`${server.url}/watch`);
  await expect.poll(() => timeOf(page), { timeout: 50_000 }).toBeGreaterThan(3);
  await expect.poll(() => segmentsAt(edge), { timeout: 30_000 }).toBeGreaterThan(3);
  expect(stalls).toEqual([]);
  const before = await timeOf(page);
  await edge.stop();
  // The picture goes on from home: as far as it had been, and a minute beyond is not needed to know.
  await expect.poll(() => timeOf(page), { timeout: 90_000 }).toBeGreaterThan(before + 25);
  await page.close();
}, 240_000);

it('the watch page takes its playlists from an edge, is counted at home, and plays on when the edge is gone', async () => {
  await start({ PLAYLIST_CACHE_SECONDS: '1' });
  const page = await browser.newPage();
  const atHome: string[] = [];
  page.on('request', (request) => {
    const { host, pathname } = new URL(request.url());
    if (host === new URL(server.url).host) atHome.push(pathname);
  });
  await page.goto(`${server.url}/watch`);
  const playlistsAt = ({ asked }: Edge) => asked.filter((url) => /\/page(-\d+)?\.m3u8$/.test(url)).length;
  await expect.poll(() => playlistsAt(edge), { timeout: 50_000 }).toBeGreaterThan(3);
  atHome.length = 0;
  const before = await timeOf(page);
  // Longer than a page counts that only asks for playlists.
  await expect.poll(() => timeOf(page), { timeout: 90_000 }).toBeGreaterThan(before + 22);
  expect(new Set(atHome)).toEqual(new Set(['/api/watch/seen']));
  expect((await server.get('/stream_status')).body).toMatchObject({ viewers: 1 });
  await edge.stop();
  const last = await timeOf(page);
  await expect.poll(() => timeOf(page), { timeout: 90_000 }).toBeGreaterThan(last + 15);
  expect(atHome).toContain('/internal_stream.m3u8');
  await page.close();
}, 240_000);
