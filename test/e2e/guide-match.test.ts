import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';
import { openPage, overflow, picture, seriousFindings } from './browser-page.ts';

let dataDirs: DataDirs;
let panel: FakePanel;
let server: RunningApp;
let browser: Browser;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  panel = await FakePanel.start({
    channels: [
      { id: 1, name: 'FR| TF1 HD', epg_channel_id: 'tf1.fr' },
      { id: 2, name: 'FR| BEIN SPORTS 1 HD' },
    ],
  });
  const time = (hours: number) =>
    new Date(Date.now() + hours * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14);
  const show = (id: string, name: string, title: string) =>
    `<channel id="${id}"><display-name>${name}</display-name></channel>
     <programme start="${time(-1)} +0000" stop="${time(8)} +0000" channel="${id}"><title>${title}</title></programme>`;
  panel.xmltv = `<tv>${show('tf1.fr', 'TF1', 'Journal')}${show('bein1', 'beIN Sport 1 France', 'Ligue 1')}</tv>`;
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

it('an admin chooses the guide of a channel that has none, by keyboard and on a phone', async () => {
  const { page, complaints } = await openPage(browser, server.url, `/#token=${ADMIN_TOKEN}`, {
    size: { width: 375, height: 740 },
  });
  await page.getByRole('link', { name: 'Guide' }).click();
  const none = page.getByRole('button', { name: /No guide: choose one/ });
  await none.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /^Guide of / });
  await dialog.getByText('Now: no guide found.').waitFor();
  const candidate = dialog.getByRole('button', { name: /beIN Sport 1 France/ });
  await candidate.getByText('On now: Ligue 1').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await picture(page, 'console-guide-match');
  await dialog.getByLabel('Search guides').fill('tf1');
  await dialog.getByRole('button', { name: /^TF1/ }).waitFor();
  await dialog.getByLabel('Search guides').fill('');
  await candidate.focus();
  await page.keyboard.press('Enter');
  await page.locator('.guide-cell').getByText('Ligue 1').waitFor();
  expect(await none.count()).toBe(0);
  expect(complaints).toEqual([]);
});
