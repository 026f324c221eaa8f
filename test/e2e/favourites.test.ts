import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { type BotsApp, startBotsApp } from '../fakes/bots-app.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { openPage } from './browser-page.ts';
import { isPressed, names, shelf, star } from './favourites-page.ts';

const ANA = 8;

let dataDirs: DataDirs;
let app: BotsApp;
let browser: Browser;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  [app, browser] = await Promise.all([
    startBotsApp(await dataDirs.next(), { TELEGRAM_CONTROLLER_IDS: String(ANA) }),
    launchBrowser(),
  ]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await dataDirs?.remove();
});

it('the console and /fav share the favourites of a person', async () => {
  const ana = app.telegram.user(ANA, { language_code: 'en' });
  await ana.start().reply();
  const answer = await ana.say(ANA, '/login').reply(/This link logs you in/);
  const link = /\/login\/[\w-]+/.exec(JSON.stringify(answer))?.[0] ?? '';
  const { page, complaints } = await openPage(browser, app.server.url, link);
  await page.getByRole('button', { name: 'Log in' }).click();
  await star(page, 'Météo Zapette').click();
  await expect.poll(() => shelf(page, /^Favourites/).textContent()).toContain('1');

  const list = await ana.say(ANA, '/fav list').reply(/Your favourites/);
  expect(JSON.stringify(list)).toContain('▶ Météo Zapette');
  await ana.say(ANA, '/fav add deux').reply(/★ Deux/);
  await shelf(page, /^Favourites/).click();
  await expect.poll(() => names(page)).toEqual(['Météo Zapette', 'Deux']);
  await star(page, 'Météo Zapette').click();
  await expect.poll(() => isPressed(page, 'Météo Zapette')).toBe('false');
  await expect
    .poll(async () => JSON.stringify(await ana.say(ANA, '/fav list').reply(/Your favourites/)))
    .not.toContain('Météo');
  expect(complaints).toEqual([]);
  await page.close();
}, 30_000);
