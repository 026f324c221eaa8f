import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { openBundle, readBundleFile } from '../../src/bundle/bundle-file.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { allFindings, openPage, overflow, picture } from './browser-page.ts';

const PASSPHRASE = 'four words of mine';

let dataDirs: DataDirs;
let server: RunningApp;
let browser: Browser;
let dataDir: string;
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

it('the server tab exports everything into a file, and imports it again', async () => {
  const { page, complaints } = await openPage(browser, server.url, `/#token=${ADMIN_TOKEN}`);
  await page.getByRole('link', { name: 'Server', exact: true }).click();
  const section = page.getByRole('region', { name: 'Export and import' });
  await section.getByLabel('Passphrase (at least 8 characters)').fill(PASSPHRASE);
  const downloading = page.waitForEvent('download');
  await section.getByRole('button', { name: 'Download the file' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^zapette-\d{4}-\d\d-\d\d\.json$/);
  const file = await download.path();
  const bundle = await openBundle(readBundleFile(await readFile(file, 'utf8')), PASSPHRASE);
  expect(bundle.keys.viewerKey).toBe(
    JSON.parse(await readFile(join(dataDir, 'keys.json'), 'utf8')).viewerKey,
  );
  await section.getByText('Keep the passphrase').waitFor();

  await section.getByLabel('Exported file').setInputFiles(file);
  await section.getByLabel('Passphrase', { exact: true }).fill('four words of yours');
  await section.getByRole('button', { name: 'Import…' }).click();
  await section.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('This passphrase does not open the file').waitFor();
  await section.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await section.getByRole('button', { name: 'Import', exact: true }).click();
  await section.getByText('Zapette takes it over at its next start').waitFor();
  expect(JSON.parse(await readFile(join(dataDir, 'import-pending.json'), 'utf8')).bundle).toMatchObject({
    keys: bundle.keys,
  });
  // The answer of the wrong passphrase.
  expect(complaints.filter((each) => !/400/.test(each))).toEqual([]);
  expect(await allFindings(page)).toEqual([]);
  await section.scrollIntoViewIfNeeded();
  await picture(page, 'bundle');
  await page.close();
}, 60_000);

it('the forms fit a narrow phone, in French', async () => {
  const { page, complaints } = await openPage(browser, server.url, `/#token=${ADMIN_TOKEN}`, {
    size: { width: 360, height: 780 },
    locale: 'fr-FR',
  });
  await page.getByRole('link', { name: 'Serveur', exact: true }).click();
  const section = page.getByRole('region', { name: 'Exporter et importer' });
  await section.getByRole('button', { name: 'Télécharger le fichier' }).scrollIntoViewIfNeeded();
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await allFindings(page)).toEqual([]);
  await picture(page, 'bundle-phone');
  expect(complaints).toEqual([]);
  await page.close();
}, 40_000);
