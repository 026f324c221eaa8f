import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { en } from '../../src/web/common/texts.en.ts';
import { fr } from '../../src/web/common/texts.fr.ts';
import { en as screenTexts } from '../../src/web/console/screen-texts.en.ts';
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

const [UN, DEUX, SPORT_1] = [101, 102, 201];
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
  const { items } = (await server.get('/api/screens')).body as { items: readonly { id: string }[] };
  for (const { id } of items) if (id !== 'live' && id !== 'sport') await remove(id);
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

describe('the console', () => {
  const bar = (page: Page) => page.getByRole('navigation', { name: /^(Screens|Écrans)$/ });
  const card = (page: Page) => page.getByRole('region', { name: /^(On air|À l’antenne)$/ });
  const row = (page: Page, name: string) =>
    page.locator('.channel').filter({ has: page.getByText(name, { exact: true }) });

  it('is about the screen that is chosen, over a reload', async () => {
    const { page, complaints } = await open('/', { size: LAPTOP });
    await card(page).getByRole('heading', { name: 'Deux' }).waitFor();
    await bar(page)
      .getByRole('link', { name: /Sport.*Zapette Sport 1/ })
      .click();
    await card(page).getByRole('heading', { name: 'Zapette Sport 1' }).waitFor();
    await row(page, 'Un')
      .getByRole('button', { name: en.broadcastChannel('Un') })
      .click();
    await expect.poll(() => onAir('sport'), SOON).toBe(UN);
    expect(await onAir()).toBe(DEUX);
    await bar(page)
      .getByRole('link', { name: /Sport.*Un/ })
      .waitFor();
    await page.getByRole('link', { name: en.views.history }).click();
    // the latest of this screen, and not of the other one
    await page.locator('.title-hits li').first().getByText(/Un\b/).waitFor();
    await page.reload();
    await card(page).getByRole('heading', { name: 'Un' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#history/sport');
    await picture(page, 'console-screens');
    expect(complaints).toEqual([]);
  }, 120_000);

  it('plays a channel on the screen where it is dropped', async () => {
    const { page, complaints } = await open('/', { size: LAPTOP });
    const sport = bar(page).getByRole('link', { name: /Sport/ });
    await row(page, 'Un').locator('.channel-name').dragTo(sport);
    await page.getByText(screenTexts.nowOnAir('Un', 'Sport')).waitFor();
    expect([await onAir('sport'), await onAir()]).toEqual([UN, DEUX]);
    await card(page).getByRole('heading', { name: 'Deux' }).dragTo(sport);
    await expect.poll(() => onAir('sport'), SOON).toBe(DEUX);
    expect(complaints).toEqual([]);
  }, 120_000);

  it('moves a channel to another screen by keyboard', async () => {
    const { page, complaints } = await open('/', { size: LAPTOP });
    await card(page).getByRole('button', { name: screenTexts.move }).press('Enter');
    const menu = page.getByRole('dialog', { name: screenTexts.move });
    await menu.waitFor();
    expect(await allFindings(page)).toEqual([]);
    await picture(page, 'console-move');
    await menu.getByRole('button', { name: screenTexts.moveTo('Sport') }).press('Enter');
    await page.getByText(screenTexts.moved('Deux', 'Sport')).waitFor();
    expect([await onAir('sport'), await onAir()]).toEqual([DEUX, null]);
    await card(page).getByRole('heading', { name: en.nothingOnAir }).waitFor();
    expect(complaints).toEqual([]);
  }, 120_000);

  it('stops nothing where a move fails', async () => {
    const { page } = await open('/', { size: LAPTOP });
    await page.route('**/set_active_stream', (route) =>
      route.fulfill({ status: 503, json: { error: { code: 'no_slot', message: 'No connection is free.' } } }),
    );
    await card(page).getByRole('button', { name: screenTexts.move }).click();
    await page.getByRole('button', { name: screenTexts.moveTo('Sport') }).click();
    await page.getByText('No connection is free.').waitFor();
    expect([await onAir('sport'), await onAir()]).toEqual([SPORT_1, DEUX]);
  }, 120_000);

  it('lets admins add, change and remove a screen', async () => {
    await remove('sport');
    const { page, complaints } = await open('/', { size: LAPTOP });
    await picture(page, 'console-one-screen');
    await page.getByRole('button', { name: screenTexts.addScreen }).click();
    expect(await bar(page).count()).toBe(0);
    const adding = page.getByRole('dialog', { name: screenTexts.addScreen });
    await adding.getByLabel(screenTexts.name).fill('Kino');
    await adding.getByRole('button', { name: screenTexts.add }).click();
    await bar(page).getByRole('link', { name: /Kino/ }).waitFor();
    await expect.poll(() => new URL(page.url()).hash).toBe('#channels/kino');

    await page.getByRole('button', { name: screenTexts.edit('Kino') }).click();
    const editing = page.getByRole('dialog', { name: screenTexts.edit('Kino') });
    await editing.getByLabel(screenTexts.name).fill('Cinema');
    await editing.getByLabel(screenTexts.control).selectOption(screenTexts.leastRoles.admin);
    await editing.getByLabel(screenTexts.watch).selectOption(screenTexts.leastRoles.viewer);
    expect(await allFindings(page)).toEqual([]);
    await picture(page, 'console-screen-dialog');
    await editing.getByRole('button', { name: screenTexts.save }).click();
    await bar(page)
      .getByRole('link', { name: /Cinema/ })
      .waitFor();

    await page.getByRole('button', { name: screenTexts.edit('Cinema') }).click();
    const dialog = page.getByRole('dialog', { name: screenTexts.edit('Cinema') });
    expect(await dialog.getByLabel(screenTexts.control).inputValue()).toBe('admin');
    expect(await dialog.getByLabel(screenTexts.watch).inputValue()).toBe('viewer');
    await dialog.getByRole('button', { name: screenTexts.removeName('Cinema') }).click();
    await page
      .getByRole('dialog', { name: screenTexts.removeSure('Cinema') })
      .getByRole('button', { name: screenTexts.remove })
      .click();
    await page.getByText(screenTexts.removed('Cinema')).waitFor();
    await bar(page).waitFor({ state: 'detached' });
    expect(new URL(page.url()).hash).toBe('#channels');
    expect(complaints).toEqual([]);
  }, 120_000);

  it('leaves a screen that somebody removes', async () => {
    const { page, complaints } = await open('/#guide/sport', { size: LAPTOP });
    await card(page).getByRole('heading', { name: 'Zapette Sport 1' }).waitFor();
    await remove('sport');
    await page.getByText(screenTexts.gone).waitFor();
    await card(page).getByRole('heading', { name: 'Deux' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#guide');
    expect(complaints).toEqual([]);
  }, 60_000);

  it('lets people log in where the first screen is not for everybody', async () => {
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' };
    const letWatch = (watch: string | null) =>
      fetch(`${server.url}/api/screens/live`, { method: 'PATCH', headers, body: JSON.stringify({ watch }) });
    await letWatch('viewer');
    try {
      const { page, complaints } = await openPage(browser, server.url, '/', { size: LAPTOP });
      await page.getByLabel(en.token).fill(ADMIN_TOKEN);
      expect(await page.getByText(en.offline).count()).toBe(0);
      await page.getByRole('button', { name: en.logIn, exact: true }).click();
      await card(page).getByRole('heading', { name: 'Deux' }).waitFor();
      expect(await page.getByText(screenTexts.gone).count()).toBe(0);
      expect(complaints).toEqual([]);
    } finally {
      await letWatch(null);
    }
  }, 60_000);

  it.each([
    ['phone', { size: PHONE, locale: 'fr', dark: true }],
    ['television', { size: { width: 1920, height: 1080 } }],
  ] as const)(
    'shows the bar without findings of axe: %s',
    async (look, options) => {
      await server.post('/api/screens', { name: 'Kino' });
      const { page, complaints } = await open(look === 'phone' ? '/' : '/?tv', options);
      await page.locator('.channel-now').first().waitFor();
      await bar(page).getByText('Zapette Sport 1').waitFor();
      await picture(page, `console-screens-${look}`);
      expect(await allFindings(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await page.locator('.on-air-fold').click();
      await picture(page, `console-screens-${look}-open`);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
    },
    60_000,
  );
});

describe('the wall', () => {
  /** The pictures of the tiles: width, frames so far, and whether each is muted. */
  const pictures = (page: Page) =>
    page.evaluate(() =>
      [...document.querySelectorAll('video')].map((video) => ({
        width: video.videoWidth,
        frames: video.getVideoPlaybackQuality().totalVideoFrames,
        muted: video.muted,
      })),
    );
  const widths = async (page: Page) => (await pictures(page)).map(({ width }) => width);
  const muted = async (page: Page) => (await pictures(page)).map((each) => each.muted);

  async function allMove(page: Page): Promise<void> {
    const before = await pictures(page);
    const slowest = async () => {
      const now = await pictures(page);
      return Math.min(...now.map(({ frames }, place) => frames - (before[place]?.frames ?? 0)));
    };
    await expect.poll(slowest, SOON).toBeGreaterThan(10);
  }

  it('plays all screens, one with sound, and opens one in full', async () => {
    const { page, complaints } = await open('/wall', { size: LAPTOP });
    await expect.poll(() => widths(page), SOON).toEqual([DEUX_WIDTH, SPORT_WIDTH]);
    await allMove(page);
    expect(await muted(page)).toEqual([true, true]);
    await page.keyboard.press('2');
    await expect.poll(() => muted(page)).toEqual([true, false]);
    await page.keyboard.press('1');
    await expect.poll(() => muted(page)).toEqual([false, true]);
    await page.getByRole('button', { name: en.soundOf('Sport') }).click();
    await expect.poll(() => muted(page)).toEqual([true, false]);
    await allMove(page);
    expect(await allFindings(page)).toEqual([]);
    await picture(page, 'wall');
    await expect.poll(() => viewersOf('sport'), SOON).toBe(1);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/watch\/sport$/);
    await moves(page, SPORT_WIDTH);
    await expect.poll(() => viewersOf('live'), SOON).toBe(0);
    expect(complaints).toEqual([]);
  }, 120_000);

  it('gains and loses tiles with the screens', async () => {
    const { page, complaints } = await open('/wall', { size: LAPTOP });
    await expect.poll(() => widths(page), SOON).toEqual([DEUX_WIDTH, SPORT_WIDTH]);
    await mark(page);
    await server.post('/api/screens', { name: 'Kino' });
    await expect.poll(() => widths(page), SOON).toEqual([DEUX_WIDTH, SPORT_WIDTH, SLATE_WIDTH]);
    await picture(page, 'wall-three');
    await remove('sport');
    await expect.poll(() => widths(page), SOON).toEqual([DEUX_WIDTH, SLATE_WIDTH]);
    await allMove(page);
    expect(await isMarked(page)).toBe(true);
    expect(complaints).toEqual([]);
  }, 120_000);

  it('plays only the tiles in view on a phone', async () => {
    for (const name of ['Kino', 'Kids', 'News']) await server.post('/api/screens', { name });
    const { page, complaints } = await open('/wall', { size: PHONE, locale: 'fr' });
    const playing = async () => (await widths(page)).map((width) => width > 0);
    await expect.poll(playing, SOON).toEqual([true, true, true, true, false]);
    expect(await allFindings(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    // nothing of a long line is cut off
    const ends = await page
      .locator('.tile-viewers')
      .evaluateAll((counts) => counts.map((count) => count.getBoundingClientRect().right));
    expect(Math.max(...ends)).toBeLessThan(PHONE.width);
    await picture(page, 'wall-phone');
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await expect.poll(async () => (await playing()).at(-1), SOON).toBe(true);
    expect(await viewersOf('news')).toBe(1);
    expect(complaints).toEqual([]);
  }, 120_000);

  it('is opened from the console and from the watch page', async () => {
    const { page } = await open('/', { size: LAPTOP });
    await page.getByRole('link', { name: en.wall }).waitFor();
    await page.goto(`${server.url}/watch`);
    await moves(page, DEUX_WIDTH);
    await page.keyboard.press('w');
    await page.getByRole('link', { name: en.wall }).click();
    await expect.poll(() => widths(page), SOON).toEqual([DEUX_WIDTH, SPORT_WIDTH]);
  }, 120_000);
});
