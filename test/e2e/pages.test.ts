import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';

let dataDirs: DataDirs;
let server: RunningApp;
let browser: Browser;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  [server, browser] = await Promise.all([startApp(await dataDirs.next(), {}), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.app.stop();
  await dataDirs?.remove();
});

/** A page that fails the test if it complains, or asks anybody but us. */
async function open(path: string, options: { locale?: string; phone?: boolean } = {}) {
  const complaints: string[] = [];
  const page = await browser.newPage({
    locale: options.locale ?? 'en',
    viewport: options.phone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 40[134]/.test(message.text()))
      complaints.push(message.text());
  });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== server.url) complaints.push(`asked ${request.url()}`);
  });
  await page.goto(server.url + path);
  return { page, complaints };
}

const picture = (page: Page) =>
  page.evaluate(() => {
    const video = document.querySelector('video');
    return { width: video?.videoWidth, frames: video?.getVideoPlaybackQuality().totalVideoFrames ?? 0 };
  });

describe('the pages', () => {
  it('one click in the console, and the picture on /watch is the channel', async () => {
    const watch = await open('/watch');
    await expect
      .poll(async () => (await picture(watch.page)).frames, { timeout: 15_000 })
      .toBeGreaterThan(10);
    await watch.page.getByText('Nothing on air right now').first().waitFor();

    const console = await open(`/#token=${ADMIN_TOKEN}`);
    const row = console.page.getByRole('listitem').filter({ hasText: 'Deux' });
    await row.getByRole('button', { name: /Broadcast/ }).click();
    // "Deux" is 1024 pixels wide, the slate is not
    await expect.poll(async () => (await picture(watch.page)).width, { timeout: 15_000 }).toBe(1024);
    const { frames } = await picture(watch.page);
    await expect
      .poll(async () => (await picture(watch.page)).frames, { timeout: 5_000 })
      .toBeGreaterThan(frames + 10);
    await watch.page.getByText('Deux').first().waitFor();
    expect(console.page.url()).toBe(`${server.url}/`);

    await console.page.getByRole('button', { name: /Stop/ }).first().click();
    await expect.poll(async () => (await picture(watch.page)).width, { timeout: 15_000 }).toBe(1280);
    expect([...watch.complaints, ...console.complaints]).toEqual([]);
    await Promise.all([watch.page.close(), console.page.close()]);
  }, 60_000);

  it('searches, in French and on a phone', async () => {
    const { page, complaints } = await open(`/#token=${ADMIN_TOKEN}`, { locale: 'fr', phone: true });
    await page.getByLabel('Chercher une chaîne').fill('zapette sprot 1');
    await page.getByText('Zapette Sport 1 FHD').waitFor();
    await expect.poll(() => page.getByText('Vagabonde HD').count()).toBe(0);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('asks who has no token, and tells who has a wrong one', async () => {
    const { page } = await open('/');
    await page.locator('#token').fill('a wrong token');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: /token/ }).waitFor({ timeout: 5_000 });
    await page.close();
  });
});
