import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { openPage, overflow, picture, seriousFindings } from './browser-page.ts';

let dataDirs: DataDirs;
let server: RunningApp;
let browser: Browser;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  [server, browser] = await Promise.all([startApp(await dataDirs.next(), {}), launchBrowser()]);
  await vi.waitUntil(async () => (await server.get('/api/channels')).body.total > 0, { timeout: 10_000 });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.app.stop();
  await dataDirs?.remove();
});

it.each([
  { phone: false, locale: 'en' },
  { phone: true, locale: 'fr' },
])('an owner adds a television, opens its list, and removes it (%j)', async ({ phone, locale }) => {
  const { page, complaints } = await openPage(browser, server.url, `/#token=${ADMIN_TOKEN}`, {
    phone,
    locale,
    dark: phone,
  });
  await page.locator('.tabs').waitFor();
  await page.goto(`${server.url}/#access`);
  const fr = locale === 'fr';
  const section = page.getByRole('region', {
    name: fr ? 'Télévisions et lecteurs' : 'Televisions and players',
  });
  await section.getByLabel(fr ? 'Qu’est-ce que c’est' : 'What is it?').selectOption('kodi');
  await section.getByLabel(fr ? 'Où se trouve' : 'Where is it?').fill('Kodi');
  await section.getByRole('button', { name: fr ? 'Ajouter' : 'Add', exact: true }).click();

  const made = page.getByRole('region', { name: 'Kodi', exact: true });
  await made.waitFor();
  expect(await made.locator('ol > li').count()).toBe(5);
  const address = await made.getByRole('textbox').first().inputValue();
  expect(address).toMatch(/\/t\/[A-Za-z0-9]{24}\/playlist\.m3u$/);
  const list = await (await fetch(`${address}?output=ts`)).text();
  const [live = ''] = /http:\S+\/live\.ts/.exec(list) ?? [];
  const playing = await fetch(live);
  const played = playing.arrayBuffer().then(
    () => 'ended',
    () => 'ended',
  );
  const row = section.getByRole('listitem').filter({ hasText: 'Kodi ·' });
  await row.getByText(fr ? 'lit Live' : 'plays Live').waitFor({ timeout: 10_000 });
  await row.scrollIntoViewIfNeeded();
  await picture(page, `console-televisions-${locale}`);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await seriousFindings(page)).toEqual([]);

  await row.getByRole('button', { name: fr ? 'Retirer Kodi' : 'Remove Kodi' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: fr ? 'Retirer' : 'Remove', exact: true })
    .click();
  await row.waitFor({ state: 'detached' });
  expect(await played).toBe('ended');
  expect((await fetch(address)).status).toBe(404);
  expect(complaints).toEqual([]);
});
