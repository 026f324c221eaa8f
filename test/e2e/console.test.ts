import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';
import { openPage, picture } from './browser-page.ts';

/** Reading a list removes whole tags; an incomplete tag stays, and so does text that is encoded three times. */
const HALF = '<img src=x onerror=window.hacked=1 ';
const HTML = `Rock & "Roll" &amp;amp;lt;b&amp;amp;gt; ${HALF}`;
const HTML_SHOWN = `Rock & "Roll" &lt;b&gt; ${HALF}`.trim();
const programme = {
  title: Buffer.from(`Tonight 🎬 ${HALF}`).toString('base64'),
  description: Buffer.from('<script>window.hacked=1</script>').toString('base64'),
  start_timestamp: String(Math.floor(Date.now() / 1000) - 600),
  stop_timestamp: String(Math.floor(Date.now() / 1000) + 3_000),
};

let dataDirs: DataDirs;
let panel: FakePanel;
let server: RunningApp;
let browser: Browser;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  panel = await FakePanel.start({
    categories: [{ id: '1', name: 'General 1 < 2' }],
    channels: [
      { id: 1, name: HTML, category: '1' },
      { id: 2, name: 'FR| Le 🔥 Direct HD', category: '1' },
      { id: 3, name: 'FR| TF1 HD', category: '1' },
      { id: 4, name: 'FR| TF1 UHD HEVC', category: '1' },
      ...Array.from({ length: 2_000 }, (_, index) => ({ id: 100 + index, name: `Filler ${index + 1} TV` })),
    ],
    guide: { epg_listings: [programme] },
  });
  const account = { XTREAM_URL: panel.url, XTREAM_USERNAME: panel.username, XTREAM_PASSWORD: panel.password };
  [server, browser] = await Promise.all([startApp(await dataDirs.next(), account), launchBrowser()]);
  await vi.waitUntil(async () => (await server.get('/api/channels')).body.total === 2_004, {
    timeout: 10_000,
  });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.app.stop();
  await panel?.stop();
  await dataDirs?.remove();
});

const open = () => openPage(browser, server.url, `/#token=${ADMIN_TOKEN}`);

it('the console shows names, programmes and categories literally, whatever they contain', async () => {
  const { page, complaints } = await open();
  await page.getByText(HTML_SHOWN, { exact: true }).waitFor();
  await page.getByTitle('FR| Le 🔥 Direct HD').waitFor();
  await page.getByText('General 1 < 2').first().waitFor();
  await page.getByText(`Tonight 🎬 ${HALF}`.trim(), { exact: true }).first().waitFor();
  expect(await page.evaluate('window.hacked')).toBeUndefined();
  expect(complaints).toEqual([]);
  await picture(page, 'console-names');
  await page.close();
});

it('the console shows variants as one row and broadcasts the chosen one', async () => {
  const { page } = await open();
  const row = page.getByRole('listitem').filter({ has: page.getByText('TF1', { exact: true }) });
  await row.first().waitFor();
  expect(await row.count()).toBe(1);
  const menu = row.getByLabel('Quality of TF1');
  expect(await menu.locator('option').allTextContents()).toEqual(['HD', 'UHD HEVC']);
  await menu.selectOption('UHD HEVC');
  const asked = page.waitForRequest(/set_active_stream/);
  await row.getByRole('button', { name: /Broadcast/ }).click();
  expect((await asked).postDataJSON()).toEqual({ channel_id: 4 });
  await page.close();
});

it('the console copies a private link to the chosen variant', async () => {
  const { page } = await open();
  const made = page.waitForResponse(/api\/links/);
  await page.getByRole('button', { name: '24-hour link to TF1', exact: true }).click();
  const { url } = (await (await made).json()) as { url: string };
  await page.getByText(/until tomorrow, \d{1,2}:\d\d/).waitFor();
  const playlist = await fetch(url.replace(/ts$/, 'm3u'));
  expect(await playlist.text()).toContain('TF1 HD');
  await picture(page, 'console-link');
  await page.close();
});

it('the console draws only the rows in view, wherever one scrolls', async () => {
  const { page, complaints } = await open();
  await page.getByText('2,003 channels').waitFor();
  expect(await page.locator('.channel').count()).toBeLessThan(30);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await page.getByText('Filler 2000', { exact: false }).waitFor();
  expect(await page.locator('.channel').count()).toBeLessThan(30);
  await page.getByLabel('Search channels').fill('filler 7 tv');
  await expect.poll(() => page.locator('.channel-name').first().textContent()).toMatch(/^Filler 7/);
  await expect(page.locator('.channel-name').first().isVisible()).resolves.toBe(true);
  expect(complaints).toEqual([]);
  await page.close();
});
