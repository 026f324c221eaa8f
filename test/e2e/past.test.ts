import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { PanelArchive } from '../fakes/panel-archive.ts';
import { makeTs } from '../fakes/real-ts.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';
import { openPage, overflow, picture, seriousFindings } from './browser-page.ts';

const MINUTE = 60_000;
/** The running programme began 20 minutes ago, another one ended an hour before that. */
const programmes: readonly (readonly [title: string, from: number, to: number])[] = [
  ['Vieux film', -140, -80],
  ['Journal', -20, 100],
];

let dataDirs: DataDirs;
let panel: FakePanel;
let server: RunningApp;
let browser: Browser;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  const minute = await makeTs({ seconds: 60, rate: 5, gop: 5 });
  panel = await FakePanel.start({
    channels: [
      { id: 1, name: 'FR| TF1 HD', epg_channel_id: 'tf1', tv_archive: 1, tv_archive_duration: 2 },
      { id: 2, name: 'FR| Arte HD' },
    ],
  });
  panel.archive = new PanelArchive({ minute });
  panel.live.set('*', (_, response) => void response.writeHead(200).write(minute));
  const now = Date.now();
  const time = (minutes: number) => new Date(now + minutes * MINUTE).toISOString().replace(/[-:T]|\..*/g, '');
  panel.xmltv = `<tv>${programmes
    .map(
      ([title, from, to]) =>
        `<programme channel="tf1" start="${time(from)}" stop="${time(to)}"><title>${title}</title></programme>`,
    )
    .join('')}</tv>`;
  const account = { XTREAM_URL: panel.url, XTREAM_USERNAME: panel.username, XTREAM_PASSWORD: panel.password };
  [server, browser] = await Promise.all([startApp(await dataDirs.next(), account), launchBrowser()]);
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const guide = async () => (await fetch(`${server.url}/api/guide?ids=1`, { headers })).text();
  await vi.waitUntil(async () => (await guide()).includes('Journal'), { timeout: 20_000, interval: 200 });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.app.stop();
  await panel?.stop();
  await dataDirs?.remove();
});

it('the guide goes back to a programme of the past, and the card back to live', async () => {
  const { page, complaints } = await openPage(browser, server.url, `/#token=${ADMIN_TOKEN}`);
  page.setDefaultTimeout(15_000);
  await page.getByRole('link', { name: 'Guide' }).click();
  const card = page.getByRole('region', { name: 'On air' });
  await page.getByRole('button', { name: 'Journal, from the start' }).click();
  await card.getByText(/^2\d min behind live/).waitFor();
  const watch = await openPage(browser, server.url, '/watch');
  await watch.page.getByText(/^2\d min behind live/).waitFor({ state: 'attached' });
  await watch.page.close();
  await page.getByRole('button', { name: '3 hours earlier' }).click();
  await page.getByRole('button', { name: /Vieux film, from the start/ }).click();
  await card.getByText(/^2 h \d\d behind live/).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await picture(page, 'guide-past');
  await page.setViewportSize({ width: 375, height: 720 });
  expect(await overflow(page)).toBe(0);
  await picture(page, 'guide-past-phone');
  await card.getByRole('button', { name: 'Back to live' }).press('Enter');
  await card.getByText('behind live').waitFor({ state: 'detached' });
  await expect
    .poll(async () => (await server.get('/stream_status')).body)
    .toMatchObject({ state: 'live', past: null, programme: { title: 'Journal' } });
  expect(complaints).toEqual([]);
});

it('the remote of /watch shows the running programme from its start, and its channel live again', async () => {
  const { page, complaints } = await openPage(browser, server.url, `/#token=${ADMIN_TOKEN}`);
  page.setDefaultTimeout(15_000);
  await page.locator('.tabs').waitFor();
  await page.goto(`${server.url}/watch`);
  await page.getByRole('button', { name: 'Remote' }).click();
  const remote = page.getByRole('dialog', { name: 'Remote' });
  await remote.getByRole('button', { name: 'Journal, from the start' }).first().click();
  await page.getByText(/^2\d min behind live/).waitFor({ state: 'attached' });
  expect(await seriousFindings(page)).toEqual([]);
  await picture(page, 'watch-remote-past');
  await remote.locator('.remote-channel', { hasText: 'TF1' }).first().click();
  await expect
    .poll(async () => (await server.get('/stream_status')).body)
    .toMatchObject({ state: 'live', past: null, programme: { title: 'Journal' } });
  expect(await remote.getByRole('button', { name: /from the start/ }).count()).toBeLessThan(
    await remote.locator('.remote-channel').count(),
  );
  expect(complaints).toEqual([]);
});
