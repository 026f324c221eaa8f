import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { en } from '../../src/web/common/texts.en.ts';
import { fr } from '../../src/web/common/texts.fr.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';
import { allFindings, type OpenOptions, openPage, overflow, picture } from './browser-page.ts';

/** The console of an owner whose provider account does not work. */
let dataDirs: DataDirs;
let panel: FakePanel;
let server: RunningApp;
let browser: Browser;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  panel = await FakePanel.start({ channels: [] });
  panel.fault = 'auth0';
  const account = { XTREAM_URL: panel.url, XTREAM_USERNAME: panel.username, XTREAM_PASSWORD: panel.password };
  [server, browser] = await Promise.all([startApp(await dataDirs.next(), account), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.app.stop();
  await panel?.stop();
  await dataDirs?.remove();
});

const LOOKS: readonly (readonly [string, OpenOptions, string])[] = [
  ['laptop', { size: { width: 1280, height: 720 } }, ''],
  ['phone', { phone: true, locale: 'fr', dark: true }, ''],
  ['tv', { size: { width: 1920, height: 1080 }, dark: true }, '?tv'],
];

it.each(LOOKS)(
  'every tab of the console says what is wrong with the account: %s',
  async (name, options, query) => {
    const { page } = await openPage(browser, server.url, `/${query}#token=${ADMIN_TOKEN}`, options);
    const trouble = page.locator('.trouble');
    await trouble.getByText(/refused the user name|refuse l’identifiant/).waitFor();
    await page.locator('.channel-none').waitFor();
    for (const tab of ['channels', 'guide', 'recordings', 'history', 'links', 'access', 'server']) {
      await page.evaluate((part) => {
        location.hash = part;
      }, tab);
      await page.locator(`.tabs a[href="#${tab}"][aria-current]`).waitFor();
      const box = await trouble.boundingBox();
      expect((box?.y ?? -1) >= 0 && (box?.y ?? 0) + (box?.height ?? 0) < (options.size?.height ?? 844)).toBe(
        true,
      );
      await page.waitForTimeout(300);
      expect([tab, await allFindings(page)]).toEqual([tab, []]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await picture(page, `account-${name}-${tab}`);
    }
    await page.close();
  },
  60_000,
);

it.each(LOOKS)(
  'the log-in card is accessible: %s',
  async (name, options, query) => {
    const { page } = await openPage(browser, server.url, `/${query}`, options);
    await page.locator('.log-in-card').waitFor();
    expect(await allFindings(page)).toEqual([]);
    await page.locator('#token').fill('a wrong token');
    await page.keyboard.press('Enter');
    await page.getByText(new RegExp(`${en.logInWrong}|${fr.logInWrong}`)).waitFor();
    expect(await allFindings(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await picture(page, `log-in-${name}`);

    await page.locator('#token').fill(ADMIN_TOKEN);
    await page.keyboard.press('Enter');
    await page.locator('.tabs').waitFor();
    await page.context().clearCookies();
    await page.locator('.star, .on-air-fold').first().waitFor();
    await page.evaluate(() => {
      location.hash = 'access';
    });
    await page.locator('.log-in-failure').first().waitFor();
    expect(await allFindings(page)).toEqual([]);
    await picture(page, `logged-out-${name}`);
    await page.close();
  },
  60_000,
);
