import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import type { Setting } from '../../src/web/setup/contract.ts';
import { en } from '../../src/web/setup/settings-texts.en.ts';
import { fr } from '../../src/web/setup/settings-texts.fr.ts';
import { SetupServer } from '../fakes/setup-server.ts';
import { aSetting, FakeSettings, settingsInFrench } from '../fakes/setup-server-settings.ts';
import { allFindings, type OpenOptions, openPage, overflow, picture } from './browser-page.ts';
import { openOnPhone, tabTo } from './setup-helpers.ts';

let browser: Browser;
let server: SetupServer;
let settings: FakeSettings;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser?.close());
beforeEach(async () => {
  server = await new SetupServer().start();
  server.set({ is_first: false });
  settings = new FakeSettings(server);
});
afterEach(() => server?.stop());

async function open(options?: OpenOptions) {
  const { page, complaints } = await openPage(browser, server.url, '/setup#settings', options);
  await page.locator('.setting').first().waitFor();
  // a refused save is part of the plan
  return { page, unplanned: () => complaints.filter((each) => !/status of (?:400|503)/.test(each)) };
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const row = (page: Page, name: string) =>
  page.locator('.setting').filter({ has: page.getByText(name, { exact: true }) });
const shown = (page: Page) => page.locator('.setting-name').allTextContents();

it('shows every setting with its meaning, value and origin, and no secret', async () => {
  const { page, unplanned } = await open();
  expect(await shown(page)).toEqual(settings.items.map(({ name }) => name));
  for (const group of Object.values(en.groups))
    expect(await page.getByRole('heading', { name: group, exact: true }).count()).toBe(1);
  await row(page, 'PORT').getByText('Port to listen on.').waitFor();
  expect(await page.getByLabel('PORT', { exact: true }).inputValue()).toBe('8002');
  await row(page, 'PORT').getByText(en.sources.default, { exact: true }).waitFor();
  await row(page, 'DISCORD_VIEWER_ROLES').getByText(en.sources.page).waitFor();
  await row(page, 'XTREAM_URL').getByText(en.isSet).waitFor();
  // what the environment decides has no field, and says why
  await row(page, 'HOST').getByText(en.locked).waitFor();
  await row(page, 'HOST').getByText('0.0.0.0', { exact: true }).waitFor();
  await row(page, 'DATA_DIR').getByText(en.environmentOnly).waitFor();
  for (const name of ['HOST', 'DATA_DIR'])
    expect(await row(page, name).locator('input, select, textarea, button').count()).toBe(0);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await page.screenshot({ path: 'test-results/setup-settings.png', fullPage: true });
  expect(await allFindings(page)).toEqual([]);
  expect(unplanned()).toEqual([]);
});

it('folds up the settings of each further subscription and list, until one is set or searched for', async () => {
  const ofAccount = (name: string, facts: Partial<Setting> = {}) =>
    aSetting({ name, group: 'account', meaning: 'Of a further account.', ...facts });
  settings.items = [
    ...settings.items.slice(0, 2),
    ofAccount('XTREAM_2_URL', { kind: 'secret', is_set: true, source: 'page' }),
    ofAccount('XTREAM_2_MAX_CONNECTIONS', { kind: 'number' }),
    ofAccount('M3U_1_URL', { kind: 'secret' }),
    ofAccount('M3U_1_MAX_CONNECTIONS', { kind: 'number' }),
    ...settings.items.slice(2),
  ];
  const { page } = await open();
  await row(page, 'XTREAM_2_MAX_CONNECTIONS').waitFor();
  expect(await row(page, 'M3U_1_URL').isVisible()).toBe(false);
  await page.getByText(en.list(1), { exact: true }).click();
  await row(page, 'M3U_1_URL').waitFor();
  await page.getByText(en.list(1), { exact: true }).click();
  await page.getByLabel(en.search).fill('m3u');
  await row(page, 'M3U_1_MAX_CONNECTIONS').waitFor();
  await page.getByLabel(en.search).fill('');
  await page.screenshot({ path: 'test-results/setup-settings-accounts.png' });
  expect(await allFindings(page)).toEqual([]);
});

it('finds by name, meaning and value, and only those that are changed', async () => {
  const { page } = await open();
  const search = page.getByLabel(en.search);
  for (const [typed, name] of [
    ['PUBLIC_URL', 'PUBLIC_URL'],
    ['public address', 'PUBLIC_URL'],
    ['0.0.0.0', 'HOST'],
  ] as const) {
    await search.fill(typed);
    await expect.poll(async () => (await shown(page))[0]).toBe(name);
  }
  await search.fill('zzzzzz');
  await page.getByText(en.none).waitFor();
  expect(await allFindings(page)).toEqual([]);
  await button(page, en.showAll).click();
  await page.getByLabel(en.onlyChanged).check();
  expect(await shown(page)).toEqual(['XTREAM_URL', 'HOST', 'DISCORD_VIEWER_ROLES']);
  await page.getByLabel(en.onlyChanged).uncheck();
  await page.getByLabel('PORT', { exact: true }).fill('9000');
  await page.getByLabel(en.onlyChanged).check();
  expect(await shown(page)).toEqual(['XTREAM_URL', 'HOST', 'PORT', 'DISCORD_VIEWER_ROLES']);
});

it('saves changes of every kind at once, and takes the save back', async () => {
  const { page, unplanned } = await open();
  await page.getByLabel('PORT', { exact: true }).fill('9000');
  await page.getByLabel('VIEWER_ACCESS', { exact: true }).selectOption('login');
  await page.getByLabel('AUDIO_LANGUAGES', { exact: true }).fill('fr\nen');
  await button(page, en.toDefaultName('DISCORD_VIEWER_ROLES')).click();
  await button(page, en.setName('ADMIN_TOKEN')).click();
  await page.getByLabel(en.newValue('ADMIN_TOKEN')).fill('a-new-token-of-mine');
  await button(page, en.removeName('XTREAM_URL')).click();
  await page.getByText(en.willBeRemoved).waitFor();
  await page.getByText(en.changed(6)).waitFor();
  await picture(page, 'setup-settings-changed');
  expect(await allFindings(page)).toEqual([]);
  await button(page, en.save).click();
  await page.getByText(en.saved, { exact: true }).waitFor();
  expect(server.last('PUT /api/settings')).toEqual({
    changes: {
      PORT: '9000',
      VIEWER_ACCESS: 'login',
      AUDIO_LANGUAGES: 'fr,en',
      DISCORD_VIEWER_ROLES: null,
      ADMIN_TOKEN: 'a-new-token-of-mine',
      XTREAM_URL: null,
    },
  });
  await row(page, 'ADMIN_TOKEN').getByText(en.isSet).waitFor();
  await row(page, 'XTREAM_URL').getByText(en.isNotSet).waitFor();
  expect(await page.content()).not.toContain('a-new-token-of-mine');
  await button(page, en.undo).click();
  await page.getByText(en.undone).waitFor();
  expect(await page.getByLabel('PORT', { exact: true }).inputValue()).toBe('8002');
  expect(await page.getByLabel('DISCORD_VIEWER_ROLES', { exact: true }).inputValue()).toBe('11\n12');
  expect(unplanned()).toEqual([]);
});

it('saves nothing while a value is wrong, and says what is wrong at its field', async () => {
  const { page, unplanned } = await open();
  await page.getByLabel('PORT', { exact: true }).fill('many');
  await page.getByLabel('PUBLIC_URL', { exact: true }).fill('tv.example.org');
  await page.getByLabel('VIEWER_ACCESS', { exact: true }).selectOption('key');
  // the wrong ones are out of sight
  await page.getByLabel(en.search).fill('VIEWER_ACCESS');
  await button(page, en.save).click();
  await page.getByText(en.problems(2)).waitFor();
  await row(page, 'PORT').getByText('PORT must be a whole number.').waitFor();
  await row(page, 'PUBLIC_URL').getByText('PUBLIC_URL must begin with http:// or https://.').waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('setting-PORT');
  await picture(page, 'setup-settings-wrong');
  expect(await allFindings(page)).toEqual([]);
  expect(settings.valueOf('VIEWER_ACCESS')).toBe('public');
  await page.getByLabel('PORT', { exact: true }).fill('9000');
  await button(page, en.revertName('PUBLIC_URL')).click();
  await button(page, en.save).click();
  await page.getByText(en.saved, { exact: true }).waitFor();
  expect([settings.valueOf('PORT'), settings.valueOf('VIEWER_ACCESS')]).toEqual(['9000', 'key']);
  expect(unplanned()).toEqual([]);
});

it('offers the restart that a change needs, waits for it and goes on', async () => {
  const { page, unplanned } = await open();
  await row(page, 'FFMPEG_PATH').getByText(en.restarts).waitFor();
  await page.getByLabel('FFMPEG_PATH', { exact: true }).fill('/usr/bin/ffmpeg');
  await button(page, en.save).click();
  await page.getByText(en.restartNeeded).getByText('FFMPEG_PATH').waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  await picture(page, 'setup-settings-restart');
  expect(await allFindings(page)).toEqual([]);
  await button(page, en.restart).click();
  await page.getByText(en.restarting).waitFor();
  await page.getByText(en.restarted).waitFor();
  expect(await button(page, en.restart).count()).toBe(0);
  expect(await page.getByLabel('FFMPEG_PATH', { exact: true }).inputValue()).toBe('/usr/bin/ffmpeg');
  expect(unplanned()).toEqual([]);
});

it('keeps what is typed over a visit to another step, and asks before the page is left', async () => {
  const { page } = await open();
  await page.getByLabel('PORT', { exact: true }).fill('9000');
  await page.getByRole('link', { name: 'Discord' }).click();
  await page.getByRole('heading', { name: 'Discord', level: 1 }).waitFor();
  await page.getByRole('link', { name: en.title }).click();
  expect(await page.getByLabel('PORT', { exact: true }).inputValue()).toBe('9000');
  const questions: string[] = [];
  page.on('dialog', (dialog) => {
    questions.push(dialog.type());
    void dialog.accept();
  });
  await page.reload();
  expect(questions).toEqual(['beforeunload']);
});

it('works by keyboard alone', async () => {
  const { page, unplanned } = await open();
  const { keyboard } = page;
  await tabTo(page, '.settings-search input');
  await keyboard.insertText('port');
  await tabTo(page, '#setting-PORT');
  await keyboard.press('Control+A');
  await keyboard.insertText('9000');
  await tabTo(page, '.settings-bar .button-main');
  await keyboard.press('Enter');
  await page.getByText(en.saved, { exact: true }).waitFor();
  expect(settings.valueOf('PORT')).toBe('9000');
  // the next thing to press has the focus: the undo of what was saved
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(en.undo);
  await keyboard.press('Enter');
  await expect.poll(() => settings.valueOf('PORT')).toBe('8002');
  await page.getByLabel(en.search).fill('admin token');
  await tabTo(page, '#secret-ADMIN_TOKEN button');
  await keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  await keyboard.insertText('another-long-token');
  await tabTo(page, '#secret-ADMIN_TOKEN button');
  await keyboard.press('Enter');
  await expect.poll(() => page.locator('.settings-bar').count()).toBe(0);
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(en.set);
  expect(unplanned()).toEqual([]);
});

it.each([360, 390])('works by touch on a phone %i pixels wide, in French', async (width) => {
  settings = new FakeSettings(server, settingsInFrench);
  const page = await openOnPhone(browser, `${server.url}/setup#settings`, width);
  const shot = async (name: string) => {
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.screenshot({ path: `test-results/setup-phone-${width}-settings-${name}.png` });
    expect(await allFindings(page)).toEqual([]);
  };
  await row(page, 'PORT').waitFor();
  await shot('top');
  await page.getByLabel(fr.search).fill('adresse publique');
  await expect.poll(async () => (await shown(page))[0]).toBe('PUBLIC_URL');
  await page.getByLabel('PUBLIC_URL', { exact: true }).fill('tv.example.org');
  await button(page, fr.save).tap();
  await page.getByText(fr.problems(1)).waitFor();
  await shot('wrong');
  await page.getByLabel('PUBLIC_URL', { exact: true }).fill('https://tv.example.org');
  await button(page, fr.save).tap();
  await page.getByText(fr.saved, { exact: true }).waitFor();
  expect(settings.valueOf('PUBLIC_URL')).toBe('https://tv.example.org');
  await shot('saved');
});
