import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { makeTs } from '../fakes/real-ts.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';
import { openPage, overflow, picture, seriousFindings } from './browser-page.ts';

const MINUTE = 60_000;
/** By the channel's guide, in minutes from now. The film and what Arte has are at the same time. */
const programmes: readonly (readonly [guide: string, title: string, from: number, to: number])[] = [
  ['tf1', 'Journal', -20, 40],
  ['tf1', 'Le grand film', 40, 160],
  ['arte', 'Concert', -10, 40],
  ['arte', 'Karambolage', 40, 100],
  ['arte', 'Reportage', 100, 150],
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
      { id: 1, name: 'FR| TF1 HD', epg_channel_id: 'tf1' },
      { id: 2, name: 'FR| Arte HD', epg_channel_id: 'arte', tv_archive: 1, tv_archive_duration: 3 },
    ],
  });
  panel.live.set('*', (_, response) => void response.writeHead(200).write(minute));
  const now = Date.now();
  const time = (minutes: number) => new Date(now + minutes * MINUTE).toISOString().replace(/[-:T]|\..*/g, '');
  const lines = programmes.map(
    ([guide, title, from, to]) =>
      `<programme channel="${guide}" start="${time(from)}" stop="${time(to)}"><title>${title}</title></programme>`,
  );
  panel.xmltv = `<tv>${lines.join('')}</tv>`;
  const account = { XTREAM_URL: panel.url, XTREAM_USERNAME: panel.username, XTREAM_PASSWORD: panel.password };
  [server, browser] = await Promise.all([startApp(await dataDirs.next(), account), launchBrowser()]);
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const guide = async () => (await fetch(`${server.url}/api/guide?ids=2`, { headers })).text();
  await vi.waitUntil(async () => (await guide()).includes('Concert'), { timeout: 20_000, interval: 200 });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.app.stop();
  await panel?.stop();
  await dataDirs?.remove();
});

async function openConsole(hash: string, options: Parameters<typeof openPage>[3] = {}) {
  const opened = await openPage(browser, server.url, `/#token=${ADMIN_TOKEN}`, options);
  opened.page.setDefaultTimeout(15_000);
  await opened.page.locator('.tabs').waitFor();
  await opened.page.evaluate((name) => {
    location.hash = name;
  }, hash);
  return opened;
}
const recorded = async (): Promise<{ title: string; state: string; from_archive: boolean }[]> =>
  (await server.get('/api/recordings')).body.items;
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE).toISOString();

it('offers the archive afterwards for what is planned at the time of another recording', async () => {
  await server.post('/api/recordings', { channel_id: 1, programme: inMinutes(60) });
  const { page, complaints } = await openConsole('guide');
  await page.getByRole('button', { name: /^Karambolage/ }).click();
  await page.getByRole('button', { name: 'Record Karambolage' }).click();
  const dialog = page.getByRole('dialog', { name: 'Karambolage' }).last();
  await dialog.getByText('than the one connection can: Le grand film').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await picture(page, 'ways-out');
  await dialog.getByRole('button', { name: 'From the archive afterwards' }).click();
  await page.getByText('“Karambolage” will be taken from the archive once it is over.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Recordings' }).click();
  await page
    .getByRole('region', { name: 'Planned' })
    .getByText(/from the archive/)
    .waitFor();
  expect(complaints).toEqual([]);
});

it('offers on a phone, in French, not to record at all', async () => {
  const { page, complaints } = await openConsole('guide', { phone: true, locale: 'fr' });
  await page.getByLabel('Chercher dans').selectOption('titles');
  await page.getByRole('textbox', { name: 'Chercher une émission' }).fill('reportage');
  await page.getByRole('button', { name: 'Enregistrer Reportage' }).click();
  const dialog = page.getByRole('dialog', { name: 'Reportage' });
  await dialog.getByRole('button', { name: 'Plus tard, depuis les archives' }).waitFor();
  expect(await overflow(page)).toBe(0);
  expect(await seriousFindings(page)).toEqual([]);
  await picture(page, 'ways-out-phone-fr');
  await dialog.getByRole('button', { name: 'Ne pas enregistrer' }).click();
  await expect.poll(async () => (await recorded()).map(({ title }) => title)).not.toContain('Reportage');
  expect(complaints).toEqual([]);
});

it('asks before a switch that would interrupt a recording, and leaves it to the archive', async () => {
  await server.post('/api/recordings', {
    channel_id: 2,
    stop: inMinutes(20),
    from_archive: false,
    title: 'Concert',
  });
  const stateOf = async (name: string) => (await recorded()).find(({ title }) => title === name);
  await expect.poll(async () => (await stateOf('Concert'))?.state, { timeout: 20_000 }).toBe('recording');
  const { page, complaints } = await openConsole('channels');
  await page
    .getByRole('button', { name: /^Broadcast TF1/ })
    .first()
    .click();
  const question = page.getByRole('dialog');
  await question.getByText('This would interrupt the recording of “Concert”').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await picture(page, 'interrupts-recording');
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await overflow(page)).toBe(0);
  // Its longest answer fits.
  expect(await question.evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)).toBe(0);
  await picture(page, 'interrupts-recording-phone');
  await question.getByRole('button', { name: 'Switch, and record from the archive afterwards' }).click();
  await expect.poll(async () => (await stateOf('Concert'))?.from_archive, { timeout: 20_000 }).toBe(true);
  await expect
    .poll(async () => (await server.get('/stream_status')).body.channel_id, { timeout: 30_000 })
    .toBe(1);
  expect(complaints).toEqual([]);
});
