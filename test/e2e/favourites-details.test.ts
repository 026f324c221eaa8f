import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { openDatabase } from '../../src/store/database.ts';
import { Favourites } from '../../src/store/favourites.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { mainId } from '../fakes/main-id.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { type OpenOptions, openPage, overflow, picture, seriousFindings } from './browser-page.ts';
import { isPressed, names, shelf, star } from './favourites-page.ts';

/** What else the stars do; `favourites.test.ts` has the way from the console to a chat and back. */
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

async function open(options?: OpenOptions) {
  const opened = await openPage(browser, server.url, `/#token=${ADMIN_TOKEN}`, options);
  await opened.page.locator('.channel-name').first().waitFor();
  return opened;
}

it('stars work by keyboard, and a removed favourite stays on the shelf until that is opened again', async () => {
  const { page, complaints } = await open();
  await star(page, 'Un').focus();
  await page.keyboard.press('Space');
  expect(await isPressed(page, 'Un')).toBe('true');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => isPressed(page, 'Deux')).toBe('true');
  await shelf(page, /^Favourites/).press('Enter');
  await expect.poll(() => names(page)).toEqual(['Un', 'Deux']);
  await picture(page, 'console-favourites');
  expect(await seriousFindings(page)).toEqual([]);

  await star(page, 'Un').press('Space');
  await expect.poll(() => shelf(page, /^Favourites/).textContent()).toBe('Favourites1');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Favourite: Un');
  expect(await names(page)).toEqual(['Un', 'Deux']);
  await page.keyboard.press('/');
  await page.keyboard.type('sport');
  await expect.poll(() => names(page)).toContain('Zapette Sport 1');
  await shelf(page, /^Favourites/).click();
  await expect.poll(() => names(page)).toEqual(['Deux']);
  expect(complaints).toEqual([]);
  await page.close();
}, 30_000);

it('the channel on air has a star that adds it to the open shelf, and becomes a recent channel', async () => {
  await server.post('/set_active_stream', { channel_id: 201 });
  const { page, complaints } = await open();
  await shelf(page, /^Recents/).click();
  await expect.poll(() => names(page)).toEqual(['Zapette Sport 1']);
  await shelf(page, /^Favourites/).click();
  await expect.poll(() => names(page)).toEqual(['Deux']);
  await page
    .getByRole('region', { name: 'On air' })
    .getByRole('button', { name: /^Favourite: / })
    .click();
  await expect.poll(() => names(page)).toEqual(['Deux', 'Zapette Sport 1']);
  expect(await isPressed(page, 'Zapette Sport 1')).toBe('true');
  const other = await open();
  await expect.poll(() => isPressed(other.page, 'Zapette Sport 1')).toBe('true');
  expect(complaints).toEqual([]);
  await Promise.all([page.close(), other.page.close()]);
}, 30_000);

it('a star that could not be saved goes out again, and the page says why', async () => {
  const { page } = await open();
  const lost = Promise.withResolvers<void>();
  await page.route('**/api/favourites/*', async (route) => {
    await lost.promise;
    await route.abort();
  });
  await star(page, 'Un').click();
  expect(await isPressed(page, 'Un')).toBe('true');
  lost.resolve();
  await page.getByText('The server did not answer. Please try again.').waitFor();
  await expect.poll(() => isPressed(page, 'Un')).toBe('false');
  await page.close();
});

it('favourites that have left the list are shown below the others and can be removed', async () => {
  const database = openDatabase(join(dataDir, 'zapette.db'));
  new Favourites(database).add('console', { channelId: mainId(9_999), channelName: 'Gone TV' }, 1);
  database.close();
  const kept = async () => {
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    return (await fetch(`${server.url}/api/favourites`, { headers })).text();
  };
  // the server keeps its database in memory and takes over what another process writes to the file
  await expect.poll(kept, { timeout: 5_000 }).toContain('Gone TV');
  const { page, complaints } = await open();
  await shelf(page, /^Favourites/).click();
  const gone = page.getByRole('region', { name: 'No longer in the list' });
  await gone.getByText('Gone TV').waitFor();
  await picture(page, 'console-favourites-gone');
  await gone.getByRole('button', { name: 'Remove Gone TV from your favourites' }).click();
  await gone.waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
  await page.close();
});

it('the drawer on a phone contains the shelves', async () => {
  const { page, complaints } = await open({ phone: true, dark: true });
  await page.getByRole('button', { name: 'Categories' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Favourites/ })
    .click();
  await expect.poll(() => names(page)).toEqual(['Deux', 'Zapette Sport 1']);
  await page.locator('.channel-list').scrollIntoViewIfNeeded();
  await picture(page, 'console-favourites-phone');
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await seriousFindings(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await page.close();
});
