import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { openDatabase } from '../../src/store/database.ts';
import { StoredRecordings } from '../../src/store/recordings.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { mainId } from '../fakes/main-id.ts';
import { makeTs } from '../fakes/real-ts.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';
import { openPage, overflow, picture, seriousFindings } from './browser-page.ts';

const MINUTE = 60_000;
/** Of TF1, in minutes from now. */
const programmes: readonly (readonly [title: string, from: number, to: number])[] = [
  ['Journal', -20, 40],
  ['Le grand film', 40, 160],
  ['Météo', 160, 170],
  ['Feuilleton', 170, 200],
  ['Feuilleton', 1600, 1640],
  ['Feuilleton', 3000, 3040],
];
const film = 'x'.repeat(2_000_000);

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
      { id: 2, name: 'FR| Arte HD' },
    ],
  });
  panel.live.set('*', (_, response) => void response.writeHead(200).write(minute));
  const now = Date.now();
  const time = (minutes: number) => new Date(now + minutes * MINUTE).toISOString().replace(/[-:T]|\..*/g, '');
  panel.xmltv = `<tv>${programmes
    .map(
      ([title, from, to]) =>
        `<programme channel="tf1" start="${time(from)}" stop="${time(to)}"><title>${title}</title><desc>Une soirée entre amis tourne mal.</desc></programme>`,
    )
    .join('')}</tv>`;
  const dataDir = await dataDirs.next();
  await recordBefore(dataDir, now);
  const account = { XTREAM_URL: panel.url, XTREAM_USERNAME: panel.username, XTREAM_PASSWORD: panel.password };
  [server, browser] = await Promise.all([startApp(dataDir, account), launchBrowser()]);
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

/** What an evening before has left: one recording with a hole, and one that failed. */
async function recordBefore(dataDir: string, now: number): Promise<void> {
  const database = openDatabase(join(dataDir, 'zapette.db'));
  const stored = new StoredRecordings(database);
  const add = (title: string, hours: number) =>
    stored.add({
      ...{
        channelId: mainId(2),
        channelName: 'FR| Arte HD',
        title,
        programme: null,
        isFollowing: false,
        isFromArchive: false,
      },
      ...{ start: now + hours * 60 * MINUTE, stop: now + (hours + 1) * 60 * MINUTE, state: 'planned' },
      ...{ by: { id: 'discord:1', name: 'Ada' }, createdAt: now - 1e8 },
    });
  const from = now - 23.5 * 60 * MINUTE;
  stored.change(add('Le dessous des cartes', -24), {
    ...{ state: 'incomplete', file: 'Shows/cartes.mkv', bytes: film.length },
    ...{ holes: [{ from, to: from + 95_000 }], reason: { code: 'recording_interrupted', params: {} } },
  });
  stored.change(add('Karambolage', -48), {
    ...{ state: 'failed', reason: { code: 'recordings_disk_full', params: {} } },
  });
  await mkdir(join(dataDir, 'recordings/Shows'), { recursive: true });
  await writeFile(join(dataDir, 'recordings/Shows/cartes.mkv'), film);
  database.close();
}

async function openConsole(hash: string, options: Parameters<typeof openPage>[3] = {}) {
  const opened = await openPage(browser, server.url, `/#token=${ADMIN_TOKEN}`, options);
  opened.page.setDefaultTimeout(15_000);
  await opened.page.locator('.tabs').waitFor();
  await opened.page.evaluate((name) => {
    location.hash = name;
  }, hash);
  return opened;
}
const states = async () =>
  (await server.get('/api/recordings')).body.items.map(
    ({ title, state }: { title: string; state: string }) => `${title}: ${state}`,
  );
const group = (page: Page, name: string) => page.getByRole('region', { name });

it('plans a programme from the guide by keyboard, marks it there, and shows it in the tab', async () => {
  const { page, complaints } = await openConsole('guide');
  const cell = page.getByRole('button', { name: /^Le grand film/ });
  await cell.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Le grand film' });
  await dialog.getByText('Une soirée entre amis tourne mal.').waitFor();
  await dialog.getByRole('button', { name: 'Record Le grand film' }).press('Enter');
  await dialog.getByText('To be recorded').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await picture(page, 'recordings-programme');
  await dialog.getByRole('button', { name: 'Close' }).press('Enter');
  await page.getByRole('button', { name: /^Le grand film.*To be recorded/ }).waitFor();
  await page.getByRole('button', { name: 'Record Journal' }).waitFor();
  await page.mouse.move(0, 0);
  await picture(page, 'recordings-guide');
  await page.getByLabel('Search in').selectOption('titles');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('textbox', { name: 'Search programmes' }).fill('film');
  await page.locator('.title-found').getByText('To be recorded').waitFor();
  await page.getByRole('textbox', { name: 'Search programmes' }).fill('journal');
  await page.locator('.title-found').getByRole('button', { name: 'Record Journal' }).waitFor();
  expect(await overflow(page)).toBe(0);
  expect(await seriousFindings(page)).toEqual([]);
  await picture(page, 'recordings-titles-phone');
  await page.getByRole('link', { name: 'Recordings' }).click();
  await group(page, 'Planned').getByText('Le grand film', { exact: true }).waitFor();
  await group(page, 'Planned')
    .getByText(/follows the guide/)
    .waitFor();
  expect(complaints).toEqual([]);
});

it('records the running programme from the guide on a phone, and ends that there', async () => {
  const { page, complaints } = await openConsole('guide', { phone: true, dark: true });
  await page.getByRole('button', { name: 'Record Journal' }).click();
  const dialog = page.getByRole('dialog', { name: 'Journal' });
  await dialog.getByRole('button', { name: 'Record Journal' }).click();
  await dialog.getByText(/^● Recording$/).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  await picture(page, 'recordings-programme-phone');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: /^Journal.*Recording/ }).waitFor();
  await picture(page, 'recordings-guide-phone');
  await page.getByRole('button', { name: 'Recording of Journal' }).click();
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await dialog.getByRole('button', { name: 'Record Journal' }).waitFor();
  await expect.poll(states, { timeout: 20_000 }).toContain('Journal: done');
  expect(complaints).toEqual([]);
});

it('records a channel from a form, extends it and stops it, and the page follows by itself', async () => {
  const { page, complaints } = await openConsole('recordings');
  await page.getByRole('button', { name: 'Record a channel' }).click();
  const dialog = page.getByRole('dialog', { name: 'Record a channel' });
  await dialog.getByLabel('Channel', { exact: true }).fill('arte');
  await dialog.getByRole('button', { name: 'Arte' }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await picture(page, 'recordings-form');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Change the channel' }).waitFor();
  await dialog.getByLabel('Title').fill('Concert');
  await dialog.getByLabel('Until').fill('2020-01-01T00:00');
  await dialog.getByRole('button', { name: 'Record', exact: true }).click();
  await dialog.getByText('This time is over').waitFor();
  const later = new Date(Date.now() + 120 * MINUTE - new Date().getTimezoneOffset() * MINUTE);
  await dialog.getByLabel('Until').fill(later.toISOString().slice(0, 16));
  await dialog.getByRole('button', { name: 'Record', exact: true }).click();
  // The film is planned for a part of that time, and there is one connection.
  const conflict = page.getByRole('dialog', { name: 'Concert' });
  await conflict.getByRole('button', { name: 'Leave it as it is' }).click();
  const now = group(page, 'Recording now');
  await now.getByText('Concert', { exact: true }).waitFor();
  await now.locator('.badge-live').waitFor();
  await now.getByText(/ left ·/).waitFor();
  const stopOf = async () =>
    (await server.get('/api/recordings')).body.items.find(
      ({ title }: { title: string }) => title === 'Concert',
    ).stop;
  await now.getByRole('button', { name: 'Link for VLC to Concert' }).click();
  const link = page.getByRole('dialog', { name: 'Concert' });
  const address = await link.getByRole('textbox', { name: 'Link for VLC' }).inputValue();
  await picture(page, 'recordings-link');
  await expect
    .poll(async () => (await fetch(address)).text(), { timeout: 20_000 })
    .toContain('#EXT-X-PLAYLIST-TYPE:EVENT');
  await link.getByRole('button', { name: 'Close' }).click();
  const before = Date.parse(await stopOf());
  await now.getByRole('button', { name: '+30 min for Concert' }).click();
  await expect.poll(async () => Date.parse(await stopOf())).toBe(before + 30 * MINUTE);
  await page.getByText(/^“Concert” is recorded until/).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await picture(page, 'recordings-tab');
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await overflow(page)).toBe(0);
  await page.screenshot({ path: 'test-results/recordings-tab-phone.png', fullPage: true });
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await overflow(page)).toBe(0);
  await page.setViewportSize({ width: 1280, height: 800 });
  // A page of somebody else learns it from the server.
  const other = await openConsole('recordings');
  await group(other.page, 'Recording now').getByText('Concert', { exact: true }).waitFor();
  await now.getByRole('button', { name: 'Stop Concert' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
  await group(other.page, 'Finished').getByText('Concert', { exact: true }).waitFor();
  await expect.poll(states, { timeout: 20_000 }).toContain('Concert: done');
  await group(page, 'Finished').getByRole('link', { name: 'Play Concert in a new tab' }).waitFor();
  // The time that was over.
  expect(complaints).toEqual([expect.stringContaining('status of 400')]);
  expect(other.complaints).toEqual([]);
});

it('shows what is missing and why, and protects, downloads and deletes', async () => {
  const { page, complaints } = await openConsole('recordings');
  await page.getByText(/^2(\.\d)? MB used · .* free$/).waitFor();
  const done = group(page, 'Finished');
  await done.getByText(/^Missing: \d/).waitFor();
  await done.getByText('Incomplete').waitFor();
  await group(page, 'Failed').getByText(/disk/).waitFor();
  const protect = done.getByRole('button', { name: 'Protect Le dessous des cartes' });
  await protect.click();
  await expect.poll(() => protect.getAttribute('aria-pressed')).toBe('true');
  const play = done.getByRole('link', { name: 'Play Le dessous des cartes in a new tab' });
  expect(await play.getAttribute('target')).toBe('_blank');
  const download = page.waitForEvent('download');
  await done.getByRole('link', { name: 'Download Le dessous des cartes' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('cartes.mkv');
  expect(await readFile(await file.path(), 'utf8')).toBe(film);
  await done.getByRole('button', { name: 'Delete Le dessous des cartes' }).click();
  const sure = page.getByRole('dialog');
  await sure.getByText('Delete “Le dessous des cartes” for good?').waitFor();
  await sure.getByRole('button', { name: 'Delete' }).click();
  await done.getByText('Le dessous des cartes', { exact: true }).waitFor({ state: 'detached' });
  expect(await states()).not.toContain('Le dessous des cartes: incomplete');
  expect(complaints).toEqual([]);
});

it('changes what is planned, and cancels it', async () => {
  const { page, complaints } = await openConsole('recordings', { locale: 'fr' });
  const planned = group(page, 'Prévus');
  await planned.getByRole('button', { name: 'Modifier Le grand film' }).click();
  const dialog = page.getByRole('dialog', { name: 'Modifier l’enregistrement' });
  await dialog.getByLabel('Titre').fill('Film du soir');
  await dialog.getByRole('button', { name: 'Enregistrer les changements' }).click();
  await planned.getByText('Film du soir', { exact: true }).waitFor();
  // Its times were not touched.
  await planned.getByText(/suit le guide/).waitFor();
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await overflow(page)).toBe(0);
  await page.screenshot({ path: 'test-results/recordings-tab-phone-fr.png', fullPage: true });
  await planned.getByRole('button', { name: 'Annuler l’enregistrement de Film du soir' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Annuler l’enregistrement', exact: true })
    .click();
  await planned.waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});

it('records a series from the guide, changes it, and ends it', async () => {
  const { page, complaints } = await openConsole('guide');
  await page
    .getByRole('button', { name: /^Feuilleton/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Record the series' }).click();
  const dialog = page.getByRole('dialog', { name: 'Record a series' });
  await dialog.getByText('The guide has 3 to record:').waitFor();
  expect(await dialog.getByLabel('Title', { exact: true }).inputValue()).toBe('Feuilleton');
  await dialog.getByRole('strong').getByText('TF1').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await picture(page, 'series-dialog');
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await overflow(page)).toBe(0);
  await picture(page, 'series-dialog-phone');
  await page.setViewportSize({ width: 1280, height: 800 });
  await dialog.getByRole('button', { name: 'Record the series' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Recordings' }).click();
  const series = group(page, 'Series');
  await series.getByText('3 planned:').waitFor();
  await series.getByText('Exactly this title · TF1', { exact: false }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.screenshot({ path: 'test-results/series-tab.png', fullPage: true });
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await overflow(page)).toBe(0);
  await page.screenshot({ path: 'test-results/series-tab-phone.png', fullPage: true });
  await page.setViewportSize({ width: 1280, height: 800 });

  await series.getByRole('button', { name: 'Edit the series Feuilleton' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit the series' });
  await edit.getByLabel('Which titles').selectOption('words');
  await edit.getByRole('combobox', { name: 'Channel' }).selectOption('any');
  await edit.getByLabel(/^New only/).check();
  await edit.getByRole('button', { name: 'Save' }).click();
  await series.getByText('Titles with these words · Any channel · New only', { exact: false }).waitFor();
  await series.getByRole('button', { name: 'End the series Feuilleton' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End' }).click();
  await series.getByText('No series is recorded.', { exact: false }).waitFor();
  expect(await states()).toEqual(expect.arrayContaining(['Feuilleton: planned']));
  expect(complaints).toEqual([]);
});

it('records a series that is typed, in French, and says what is wrong with it', async () => {
  const { page, complaints } = await openConsole('recordings', { locale: 'fr' });
  const series = group(page, 'Séries');
  await series.getByRole('button', { name: 'Enregistrer une série' }).click();
  const dialog = page.getByRole('dialog', { name: 'Enregistrer une série' });
  await dialog.getByLabel('Titre', { exact: true }).fill('méteo');
  await dialog.getByLabel('Chaîne').selectOption('any');
  await dialog.getByText('Le guide en a 1 à enregistrer :').waitFor();
  await picture(page, 'series-dialog-fr');
  await dialog.getByRole('button', { name: 'Enregistrer la série' }).click();
  await series.getByText('1 prévu :').waitFor();
  await page.screenshot({ path: 'test-results/series-tab-fr.png', fullPage: true });
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await overflow(page)).toBe(0);
  await page.screenshot({ path: 'test-results/series-tab-phone-fr.png', fullPage: true });
  await page.setViewportSize({ width: 1280, height: 800 });
  await series.getByRole('button', { name: 'Enregistrer une série' }).click();
  await dialog.getByLabel('Titre', { exact: true }).fill('Meteo');
  await dialog.getByLabel('Chaîne').selectOption('any');
  await dialog.getByRole('button', { name: 'Enregistrer la série' }).click();
  await dialog.getByText('Cette série est déjà enregistrée').waitFor();
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await overflow(page)).toBe(0);
  await picture(page, 'series-dialog-phone-fr');
  expect(complaints).toEqual([]);
});

it('viewers see the list and the calendar’s address, and change only their own', async () => {
  const { body } = await server.post('/api/tokens', { name: 'Vera', role: 'viewer' });
  const { page, complaints } = await openPage(browser, server.url, `/#token=${body.token}`);
  page.setDefaultTimeout(15_000);
  await page.getByRole('link', { name: 'Recordings' }).click();
  await group(page, 'Finished').getByText('Concert', { exact: true }).waitFor();
  await group(page, 'Finished').getByRole('link', { name: 'Download Concert' }).waitFor();
  const buttons = page.locator('.recordings button:not(.icon-button)').filter({ visible: true });
  const labels = async () => new Set(await buttons.allTextContents());
  expect(await labels()).toEqual(
    new Set(['Record a channel', 'On the screen', 'Link for VLC', 'Record a series']),
  );
  await page.getByRole('button', { name: 'Record a channel' }).click();
  const dialog = page.getByRole('dialog', { name: 'Record a channel' });
  await dialog.getByLabel('Channel', { exact: true }).fill('arte');
  await dialog.getByRole('button', { name: 'Arte' }).click();
  await dialog.getByRole('button', { name: 'Record', exact: true }).click();
  await group(page, 'Recording now').getByRole('button', { name: 'Stop Arte' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
  await group(page, 'Finished').getByRole('button', { name: 'Delete Arte' }).waitFor();
  expect(await group(page, 'Finished').getByRole('button', { name: 'Delete Concert' }).count()).toBe(0);
  const address = await page.getByRole('textbox', { name: 'Calendar of recordings' }).inputValue();
  const feed = await (await fetch(address)).text();
  expect(feed).toContain('SUMMARY:Concert');
  expect(await seriousFindings(page)).toEqual([]);
  await picture(page, 'recordings-viewer');
  expect(complaints).toEqual([]);
});
