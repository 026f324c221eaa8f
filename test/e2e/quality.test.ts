import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { type RunningApp, startApp } from '../fakes/running-app.ts';
import { allFindings } from './browser-page.ts';

/** Long enough for a busy machine. */
const SOON = { timeout: 60_000 };

let dataDirs: DataDirs;
let server: RunningApp;
let browser: Browser;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  [server, browser] = await Promise.all([startApp(await dataDirs.next(), {}), launchBrowser()]);
  const play = () => server.post('/set_active_stream', { channel_id: 101 });
  await vi.waitUntil(async () => (await play()).status === 200, { timeout: 30_000, interval: 200 });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.app.stop();
  await dataDirs?.remove();
});

const heightOf = (page: Page) => page.evaluate(() => document.querySelector('video')?.videoHeight ?? 0);
const timeOf = (page: Page) => page.evaluate(() => document.querySelector('video')?.currentTime ?? -1);

/** The page once it plays, and the height of the full picture. */
async function watch(): Promise<{ readonly page: Page; readonly full: number }> {
  const page = await browser.newPage({ viewport: { width: 900, height: 600 }, locale: 'en' });
  await page.goto(`${server.url}/watch`);
  await expect.poll(() => timeOf(page), SOON).toBeGreaterThan(1);
  return { page, full: await heightOf(page) };
}

/** Chooses in the menu, which it leaves open. */
async function choose(page: Page, name: string): Promise<void> {
  await page.mouse.move(300, 300);
  const choice = page.getByRole('group', { name: 'Quality' }).getByRole('button', { name });
  if (!(await choice.isVisible())) await page.getByRole('button', { name: 'More' }).click();
  await choice.click();
}

it('falls to 540p where the line does not carry the full picture, and comes back', async () => {
  const { page, full } = await watch();
  expect(full).not.toBe(540);
  const measured = async () =>
    /BANDWIDTH=(\d+),AVERAGE\S*\n\S*\/live\/index/.exec((await server.get('/live/auto.m3u8')).body)?.[1];
  await expect.poll(measured, SOON).toBeDefined();
  const needed = Number(await measured());
  const session = await page.context().newCDPSession(page);
  const line = (bits: number) =>
    session.send('Network.emulateNetworkConditions', {
      ...{ offline: false, latency: 0, uploadThroughput: -1 },
      downloadThroughput: bits < 0 ? -1 : bits / 8,
    });
  // Enough for the lower rendition, which is not much smaller here: the demo’s pictures are simple.
  await line(needed * 0.85);
  await expect.poll(() => heightOf(page), SOON).toBe(540);
  const before = await timeOf(page);
  await line(-1);
  await expect.poll(() => heightOf(page), SOON).toBe(full);
  expect(await timeOf(page)).toBeGreaterThan(before);
  await page.close();
}, 180_000);

it('takes the picture that the viewer chooses, also after a reload and a switch', async () => {
  const { page, full } = await watch();
  await choose(page, '540p');
  await expect.poll(() => heightOf(page), SOON).toBe(540);
  expect(await allFindings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('i');
  await expect.poll(() => page.locator('.stats').textContent(), SOON).toMatch(/Quality540p/);
  await page.reload();
  await expect.poll(() => timeOf(page), SOON).toBeGreaterThan(1);
  expect(await heightOf(page)).toBe(540);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const { body } = await server.post('/set_active_stream', { channel_id: 102 });
  const first = `/540p/${body.first_segment}.ts`;
  await expect.poll(() => asked.some((url) => url.endsWith(first)), SOON).toBe(true);
  await choose(page, 'Full');
  await expect.poll(() => heightOf(page), SOON).not.toBe(540);
  await choose(page, 'Automatic');
  await page.close();
  expect(full).not.toBe(540);
}, 180_000);
