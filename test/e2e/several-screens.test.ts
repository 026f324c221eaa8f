import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { en } from '../../src/web/common/texts.en.ts';
import { fr } from '../../src/web/common/texts.fr.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import {
  allFindings,
  type BrowserState,
  moves,
  type OpenOptions,
  openPage,
  overflow,
  picture,
  videoState,
} from './browser-page.ts';

const [DEUX, SPORT_1] = [102, 201];
/** Widths in pixels of the demo's channel "Deux", of its sports channels and of the slate. */
const [DEUX_WIDTH, SPORT_WIDTH, SLATE_WIDTH] = [1024, 1920, 1280];
const PHONE = { width: 375, height: 812 };
const LAPTOP = { width: 1280, height: 720 };
/** Long enough for a busy machine. */
const SOON = { timeout: 30_000 };

let dataDirs: DataDirs;
let server: RunningApp;
let browser: Browser;
let operator: BrowserState;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  [server, browser] = await Promise.all([startApp(await dataDirs.next(), {}), launchBrowser()]);
  await vi.waitUntil(async () => (await server.get('/api/channels')).body.total > 0, { timeout: 10_000 });
  const { page } = await openPage(browser, server.url, `/#token=${ADMIN_TOKEN}`, { lasts: true });
  await page.locator('.channel-name').first().waitFor();
  operator = await page.context().storageState();
  await page.close();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.app.stop();
  await dataDirs?.remove();
});

/** A screen "Sport" beside the default one, each with a channel of its own. */
beforeEach(async () => {
  await server.post('/api/screens', { name: 'Sport' });
  await server.post('/set_active_stream', { channel_id: DEUX });
  await server.post('/set_active_stream', { channel_id: SPORT_1, screen: 'sport' });
}, 60_000);

const open = (path: string, options: OpenOptions = {}) =>
  openPage(browser, server.url, path, { state: operator, ...options });
const onAir = async (screen = 'live') =>
  (await server.get(`/stream_status?screen=${screen}`)).body.channel_id;
const viewersOf = async (screen: string) =>
  (await server.get(`/stream_status?screen=${screen}`)).body.viewers;

async function remove(screen: string): Promise<void> {
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const { status } = await fetch(`${server.url}/api/screens/${screen}`, { method: 'DELETE', headers });
  expect(status).toBe(204);
}

/** The number that a page's own script keeps, which a page that loads again does not have. */
const mark = (page: Page) => page.evaluate('window.wasHere = true');
const isMarked = (page: Page) => page.evaluate('window.wasHere === true');

describe('the watch page', () => {
  it('plays the screen of its address, and another one without loading again', async () => {
    const { page, complaints } = await open('/watch/sport', { size: LAPTOP });
    await moves(page, SPORT_WIDTH);
    await page.locator('.banner').getByText('Sport', { exact: true }).waitFor();
    await mark(page);
    await page.keyboard.press('w');
    const panel = page.getByRole('dialog', { name: en.screens });
    await panel.getByText('Deux').waitFor();
    expect(await allFindings(page)).toEqual([]);
    await picture(page, 'watch-screens');
    await panel.getByRole('link', { name: /Deux/ }).press('Enter');
    await moves(page, DEUX_WIDTH);
    expect(new URL(page.url()).pathname).toBe('/watch');
    await expect.poll(() => viewersOf('sport'), SOON).toBe(0);
    await page.goBack();
    await moves(page, SPORT_WIDTH);
    expect(await isMarked(page)).toBe(true);
    expect(complaints).toEqual([]);
  }, 120_000);

  it('controls the screen that it shows', async () => {
    const { page, complaints } = await open('/watch/sport', { size: LAPTOP });
    await moves(page, SPORT_WIDTH);
    await page.keyboard.press('2');
    await page.keyboard.press('Enter');
    await expect.poll(() => onAir('sport'), SOON).toBe(DEUX);
    await page.keyboard.press('r');
    await page.getByRole('dialog', { name: en.remote }).getByRole('button', { name: en.stop }).click();
    await moves(page, SLATE_WIDTH);
    expect([await onAir('sport'), await onAir()]).toEqual([null, DEUX]);
    expect(complaints).toEqual([]);
  }, 120_000);

  it.each([
    ['desktop', { size: LAPTOP }, en],
    ['phone, in French', { size: PHONE, locale: 'fr' }, fr],
  ] as const)(
    'offers the others in place of one that is removed: %s',
    async (look, options, texts) => {
      const { page, complaints } = await open('/watch/sport', options);
      await moves(page, SPORT_WIDTH);
      await mark(page);
      await remove('sport');
      const gone = page.getByRole('region', { name: texts.screenGone });
      await gone.waitFor();
      expect(await allFindings(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await picture(page, `watch-screen-gone-${look.slice(0, 5)}`);
      await gone.getByRole('link', { name: /Deux/ }).click();
      await moves(page, DEUX_WIDTH);
      expect(await isMarked(page)).toBe(true);
      // the page of a screen that is gone says so as well when it is opened
      await page.goto(`${server.url}/watch/sport`);
      await gone.waitFor();
      // and plays as soon as the screen is back
      await server.post('/api/screens', { name: 'Sport' });
      await gone.waitFor({ state: 'detached' });
      await expect.poll(async () => (await videoState(page)).width, SOON).toBeGreaterThan(0);
      expect(complaints).toEqual([]);
    },
    120_000,
  );

  it('says nothing of screens where there is one', async () => {
    await remove('sport');
    const { page, complaints } = await open('/watch', { size: LAPTOP });
    await moves(page, DEUX_WIDTH);
    await page.keyboard.press('w');
    await page.locator('.menu > button').click();
    await page.locator('.menu-list').waitFor();
    expect(await page.getByText(en.screens, { exact: true }).count()).toBe(0);
    expect(await page.locator('.banner-screen').count()).toBe(0);
    expect(complaints).toEqual([]);
  }, 60_000);
});
