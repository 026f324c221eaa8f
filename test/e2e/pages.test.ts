import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { en } from '../../src/web/common/texts.en.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import {
  moves,
  type OpenOptions,
  openPage,
  overflow,
  picture,
  seriousFindings,
  videoState,
} from './browser-page.ts';

const OPERATOR = `/#token=${ADMIN_TOKEN}`;
/** Widths in pixels of the demo's channel "Deux", of its sports channels and of the slate. */
const [DEUX, SPORT, SLATE] = [1024, 1920, 1280];

let dataDirs: DataDirs;
let dataDir: string;
let server: RunningApp;
let browser: Browser;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  dataDir = await dataDirs.next();
  [server, browser] = await Promise.all([startApp(dataDir, {}), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.app.stop();
  await dataDirs?.remove();
});

const open = (path: string, options?: OpenOptions) => openPage(browser, server.url, path, options);
const row = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) });

describe('the pages', () => {
  it('show on /watch when the console broadcasts, switches and stops', async () => {
    const watch = await open('/watch');
    await moves(watch.page, SLATE);
    const slate = await videoState(watch.page);
    await watch.page.getByText('Nothing on air right now').first().waitFor();

    const { page, complaints } = await open(OPERATOR);
    await row(page, 'Deux')
      .getByRole('button', { name: /Broadcast/ })
      .click();
    await moves(watch.page, DEUX);
    const deux = await videoState(watch.page);
    expect(deux.print).not.toEqual(slate.print);
    await expect.poll(async () => (await videoState(watch.page)).print).not.toEqual(deux.print);
    await watch.page.getByText('Deux').first().waitFor();
    expect(page.url()).toBe(`${server.url}/`);
    await picture(page, 'console-on-air');
    await picture(watch.page, 'watch-on-air');

    await row(page, 'Zapette Sport 1')
      .getByRole('button', { name: /Broadcast/ })
      .click();
    await moves(watch.page, SPORT);
    await row(page, 'Zapette Sport 1').getByText('On air').waitFor();
    await page.getByRole('button', { name: 'Restart' }).click();
    await page.getByText(en.restarted).waitFor();
    await moves(watch.page, SPORT);

    await page.getByRole('button', { name: 'Stop' }).click();
    await moves(watch.page, SLATE);
    expect([...watch.complaints, ...complaints]).toEqual([]);
    await Promise.all([watch.page.close(), page.close()]);
  }, 120_000);

  it('survive a restart of the server', async () => {
    const [watch, console] = await Promise.all([open('/watch'), open(OPERATOR)]);
    await row(console.page, 'Deux')
      .getByRole('button', { name: /Broadcast/ })
      .click();
    await moves(watch.page, DEUX);
    const { port } = new URL(server.url);
    await server.app.stop();
    await console.page.getByText('The server cannot be reached.').waitFor();
    await picture(console.page, 'console-offline');
    server = await startApp(dataDir, { PORT: port });
    await expect
      .poll(() => console.page.getByText('The server cannot be reached.').count(), { timeout: 10_000 })
      .toBe(0);
    await moves(watch.page, DEUX);
    await row(console.page, 'Zapette Sport 1')
      .getByRole('button', { name: /Broadcast/ })
      .click();
    await moves(watch.page, SPORT);
    await server.post('/stop_stream');
    await Promise.all([watch.page.close(), console.page.close()]);
  }, 120_000);

  it('work by keyboard alone: search, choose, broadcast, stop', async () => {
    const { page, complaints } = await open(OPERATOR);
    await row(page, 'Deux').waitFor();
    const { keyboard } = page;
    await keyboard.press('/');
    await keyboard.type('zapette sprot 2');
    await expect.poll(() => page.locator('.channel-name').first().textContent()).toBe('Zapette Sport 2');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await page
      .getByText('Zapette Sport 2 HD is on air.')
      .or(page.getByText('Zapette Sport 2 is on air.'))
      .waitFor();
    for (let presses = 0; presses < 30; presses += 1) {
      await keyboard.press('Shift+Tab');
      if (await page.evaluate(() => document.activeElement?.textContent === 'Stop')) break;
    }
    await keyboard.press('Space');
    await page.getByText('The channel was stopped.').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  }, 30_000);

  it('offer the remote beside the picture to operators only', async () => {
    const viewer = await open('/watch');
    await moves(viewer.page, SLATE);
    await viewer.page.keyboard.press('r');
    expect(await viewer.page.getByRole('dialog', { name: 'Remote' }).count()).toBe(0);
    await viewer.page.close();

    const { page, complaints } = await open(OPERATOR);
    await row(page, 'Deux').waitFor();
    await page.goto(`${server.url}/watch`);
    await moves(page, SLATE);
    await page.keyboard.press('r');
    const remote = page.getByRole('dialog', { name: 'Remote' });
    await remote.getByLabel('Search channels').fill('deux');
    await remote.getByRole('button', { name: /Deux/ }).first().click();
    await moves(page, DEUX);
    await picture(page, 'watch-remote');
    await remote.getByRole('button', { name: 'Stop' }).click();
    await moves(page, SLATE);
    await page.keyboard.press('Escape');
    await remote.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await page.close();
  }, 120_000);

  it('show reactions on all other pages, sent by keyboard or by click', async () => {
    const [{ page, complaints }, other, framed] = [
      await open('/watch'),
      await open('/watch', { locale: 'fr', phone: true }),
      await open('/watch?embed=1'),
    ];
    await Promise.all([page, other.page, framed.page].map((each) => moves(each, SLATE)));
    const aloft = (where: Page, emoji: string) => where.locator('.reaction-layer').getByText(emoji);
    await page.keyboard.press('e');
    await page.getByRole('group', { name: 'Reactions' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    for (const each of [page, other.page, framed.page]) await aloft(each, '🔥').waitFor();
    await picture(page, 'watch-reactions');
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('group', { name: 'Reactions' }).count()).toBe(0);

    await other.page.getByRole('button', { name: 'Réactions' }).click();
    await other.page.getByRole('button', { name: 'Réagir avec 😂' }).click();
    await aloft(page, '😂').waitFor();
    await picture(other.page, 'watch-reactions-phone');
    expect(await overflow(other.page)).toBeLessThanOrEqual(0);
    // they disappear by themselves
    await expect.poll(() => page.locator('.reaction-layer span').count(), { timeout: 6_000 }).toBe(0);
    expect(await framed.page.getByRole('button', { name: 'Reactions' }).count()).toBe(0);
    expect([...complaints, ...other.complaints, ...framed.complaints]).toEqual([]);
    await Promise.all([page, other.page, framed.page].map((each) => each.close()));
  }, 120_000);

  it('play on after bytes that no decoder can decode', async () => {
    const play = async () => (await server.post('/set_active_stream', { channel_id: 102 })).status;
    await expect.poll(play, { timeout: 10_000 }).toBe(200);
    const { page } = await open('/watch');
    await moves(page, DEUX);
    const errors = () => page.evaluate(() => (window as unknown as { errors: number }).errors);
    await page.evaluate(() => {
      const counter = window as unknown as { errors: number };
      counter.errors = 0;
      document.querySelector('video')?.addEventListener('error', () => {
        counter.errors += 1;
      });
    });
    await page.route(/\/live\/seg\//, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: broken(await response.body()) });
    });
    await expect.poll(errors, { timeout: 30_000 }).toBeGreaterThan(0);
    await page.unroute(/\/live\/seg\//);
    await moves(page, DEUX);
    await server.post('/stop_stream');
    await page.close();
  }, 120_000);

  it('show only the picture and the unmute button in a frame', async () => {
    await server.post('/set_active_stream', { channel_id: 102 });
    const { page, complaints } = await open('/watch?embed=1');
    await moves(page, DEUX);
    await expect(page.getByRole('button', { name: 'Unmute' }).isVisible()).resolves.toBe(true);
    await expect(page.locator('media-control-bar').isVisible()).resolves.toBe(false);
    await picture(page, 'watch-embedded');
    await server.post('/stop_stream');
    expect(complaints).toEqual([]);
    await page.close();
  }, 30_000);

  it('show the guide and put a current programme on air by a click', async () => {
    const { page, complaints } = await open(OPERATOR);
    await page.getByRole('link', { name: 'Guide' }).click();
    await page.getByRole('button', { name: /Broadcast Deux$/ }).click();
    await page.getByText('Deux is on air.').waitFor();
    await picture(page, 'console-guide');
    const title = (await page.locator('.guide-cell strong').nth(3).textContent()) ?? '';
    await page.getByLabel('Search in', { exact: true }).selectOption('Programmes');
    await page.getByLabel('Search programmes').fill(title);
    await page.locator('.title-hits').getByText(title, { exact: true }).first().waitFor();
    await picture(page, 'console-guide-search');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('link', { name: 'History' }).click();
    await page.locator('.title-hits li').first().getByText('Deux', { exact: true }).waitFor();
    await server.post('/stop_stream');
    expect(complaints).toEqual([]);
    await page.close();
  }, 30_000);

  it('jump to another evening of the guide by keyboard and on a phone', async () => {
    const { page, complaints } = await open(OPERATOR, { locale: 'fr', phone: true, dark: true });
    await page.getByRole('link', { name: 'Guide' }).click();
    const first = page.locator('.guide-row').first().locator('.guide-cell strong').first();
    await first.waitFor();
    const now = await page.locator('.guide-hours time').first().textContent();
    await page.getByRole('button', { name: 'Maintenant' }).focus();
    for (let presses = 0; presses < 4; presses += 1) {
      if (await page.evaluate(() => document.activeElement?.textContent === 'Demain')) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.guide-hours time').first().textContent()).toBe('20:30');
    await page
      .locator('.guide-days [role=status]')
      .getByText(/, 20:30$/)
      .waitFor();
    await first.waitFor();
    expect(await page.locator('.guide-cell-now').count()).toBe(0);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await picture(page, 'console-guide-phone');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: '3 heures plus tôt' }).click();
    await expect.poll(() => page.locator('.guide-hours time').first().textContent()).toBe('17:30');
    await page.getByRole('button', { name: 'Maintenant' }).click();
    await page.locator('.guide-cell-now').first().waitFor();
    expect(await page.locator('.guide-hours time').first().textContent()).toBe(now);
    expect(complaints).toEqual([]);
    await page.close();
  }, 30_000);

  it('search, in French and on a phone', async () => {
    const { page, complaints } = await open(OPERATOR, { locale: 'fr', phone: true });
    await page.getByLabel('Chercher une chaîne').fill('zapette sprot 1');
    await page.getByText('Zapette Sport 1', { exact: true }).waitFor();
    await expect.poll(() => page.getByText('Vagabonde', { exact: true }).count()).toBe(0);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await picture(page, 'console-phone');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('ask for a token and reject a wrong one', async () => {
    const { page } = await open('/');
    await page.locator('#token').fill('a wrong token');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: /token/ }).waitFor({ timeout: 5_000 });
    await page.close();
  });

  it.each([
    ['/', {}, 'log-in'],
    [OPERATOR, {}, 'console'],
    [OPERATOR, { dark: true, phone: true }, 'console-dark-phone'],
    ['/watch', {}, 'watch'],
  ] as const)('%s %j are accessible: axe finds nothing serious', async (path, options, name) => {
    const { page } = await open(path, options);
    await page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => {});
    await page.locator('.channel-name, .log-in-card, .banner').first().waitFor();
    await picture(page, name);
    expect(await seriousFindings(page)).toEqual([]);
    await page.close();
  });
});

/** Returns a segment with noise in every tenth packet. */
function broken(segment: Buffer): Buffer {
  const bytes = Buffer.from(segment);
  for (let at = 188 * 12; at + 188 <= bytes.length; at += 188 * 10)
    for (let place = at + 30; place < at + 188; place += 1) bytes[place] = (place * 73) % 256;
  return bytes;
}
