import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { en } from '../../src/web/setup/bot-texts.en.ts';
import { fr } from '../../src/web/setup/bot-texts.fr.ts';
import { SetupServer } from '../fakes/setup-server.ts';
import { BOT_FATHER, DISCORD_TOKEN, FakeBots, GUILD, OTHER_GUILD } from '../fakes/setup-server-bots.ts';
import { allFindings, type OpenOptions, openPage, overflow, picture } from './browser-page.ts';
import { openOnPhone, tabTo } from './setup-helpers.ts';

let browser: Browser;
let server: SetupServer;
let bots: FakeBots;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser?.close());
beforeEach(async () => {
  server = await new SetupServer().start();
  server.set({ is_first: false });
  bots = new FakeBots(server);
});
afterEach(() => server?.stop());

/** Opens a step; a refused token is part of the plan. */
async function open(step: 'discord' | 'telegram', options?: OpenOptions) {
  const { page, complaints } = await openPage(browser, server.url, `/setup#${step}`, options);
  await page.locator('.setup h1').waitFor();
  return { page, complaints };
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const link = (page: Page, name: string) => page.getByRole('link', { name });
const chip = (page: Page, list: string, role: string) =>
  page.getByRole('group', { name: list }).getByRole('checkbox', { name: role });
const refusal = 'Discord refuses this token.';

/** Gives the good token, without the page. */
async function haveDiscord(...guilds: (typeof GUILD)[]): Promise<void> {
  await fetch(`${server.url}/api/setup/discord`, {
    method: 'PUT',
    body: JSON.stringify({ token: DISCORD_TOKEN }),
  });
  if (guilds.length > 0) bots.join(...guilds);
}

async function haveTelegram(): Promise<void> {
  await fetch(`${server.url}/api/setup/telegram`, {
    method: 'PUT',
    body: JSON.stringify({ token: BOT_FATHER }),
  });
}

describe('the Discord step', () => {
  it('leads from a wrong token over the invitation to the roles, by click', async () => {
    const { page, complaints } = await open('discord');
    const portal = link(page, en.discord.portal);
    expect(await portal.getAttribute('href')).toBe('https://discord.com/developers/applications');
    expect(await portal.getAttribute('target')).toBe('_blank');
    await page.getByLabel(en.token, { exact: true }).fill('nonsense');
    await button(page, en.saveToken).click();
    await page.getByRole('alert').getByText(refusal).waitFor();
    await picture(page, 'setup-discord-token');
    expect(await allFindings(page)).toEqual([]);
    await page.getByLabel(en.token, { exact: true }).fill(DISCORD_TOKEN);
    await button(page, en.saveToken).click();
    await page.getByText(en.discord.waiting).waitFor();
    expect(await link(page, en.discord.invite).getAttribute('href')).toBe(
      'https://discord.com/oauth2/authorize?client_id=1',
    );
    expect(await page.content()).not.toContain(DISCORD_TOKEN);
    await picture(page, 'setup-discord-invite');
    expect(await allFindings(page)).toEqual([]);

    bots.join(GUILD, OTHER_GUILD);
    await page.getByText(en.discord.addedTo(2)).waitFor();
    bots.goOn();
    // says what to do, so that nothing else has to
    await page.getByText('It works: type /play.').waitFor();
    expect(await page.getByText(en.discord.addedTo(2)).count()).toBe(0);
    await page.getByLabel(en.discord.onlyOn(GUILD.name)).check();
    await chip(page, en.discord.lists.viewer.title, 'Friends').check();
    await chip(page, en.discord.lists.viewer.title, 'Regulars').check();
    await chip(page, en.discord.lists.admin.title, 'Moderators').check();
    await page.getByText(en.saved, { exact: true }).waitFor();
    expect(server.last('PUT /api/setup/discord/roles')).toEqual({
      guild_id: GUILD.id,
      viewer: ['13', '12'],
      controller: [],
      admin: ['11'],
    });
    // roles of the other server are out of question
    expect(await page.getByText('Parents').count()).toBe(0);
    await page.screenshot({ path: 'test-results/setup-discord-roles.png', fullPage: true });
    expect(await allFindings(page)).toEqual([]);
    expect(complaints.filter((each) => !each.includes('status of 400'))).toEqual([]);
  });

  it('works by keyboard alone', async () => {
    const { page, complaints } = await open('discord');
    const { keyboard } = page;
    await tabTo(page, 'input[type=password]');
    await keyboard.insertText(DISCORD_TOKEN);
    await keyboard.press('Enter');
    await page.getByText(en.discord.waiting).waitFor();
    // the form is gone, and the bot has the focus
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H2');
    bots.join(GUILD);
    await page.getByText(en.discord.added(GUILD.name)).waitFor();
    await tabTo(page, 'input[name=guild]');
    await keyboard.press('ArrowUp');
    await tabTo(page, '.chip input');
    await keyboard.press('Space');
    await page.getByText(en.saved, { exact: true }).waitFor();
    expect(server.last('PUT /api/setup/discord/roles')).toEqual({
      guild_id: GUILD.id,
      viewer: ['11'],
      controller: [],
      admin: [],
    });
    expect(await page.evaluate(() => document.activeElement?.matches('.chip input'))).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('changes and removes the token', async () => {
    await haveDiscord(GUILD);
    const { page } = await open('discord');
    await button(page, en.changeToken).click();
    await page.getByLabel(en.token, { exact: true }).fill('nonsense');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText(refusal).waitFor();
    await button(page, en.keepToken).click();
    expect(await page.getByLabel(en.token, { exact: true }).count()).toBe(0);
    const question = page.getByRole('dialog', { name: en.removeSure('Zapette') });
    await button(page, en.removeBot).click();
    await question.waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    expect(server.discord.has_token).toBe(true);
    await button(page, en.removeBot).click();
    await question.getByRole('button', { name: en.removeBot }).click();
    await page.getByText(en.discord.stepsTitle).waitFor();
    expect(server.discord.has_token).toBe(false);
  });

  it('keeps people and unknown roles that are chosen, and can drop them', async () => {
    await haveDiscord(GUILD);
    server.discord = { ...server.discord, chosen: { ...server.discord.chosen, viewer: ['4711', '12'] } };
    const { page } = await open('discord');
    const { viewer } = en.discord.lists;
    await chip(page, viewer.title, 'Friends').check();
    await page.getByText(en.saved, { exact: true }).waitFor();
    expect(server.discord.chosen.viewer).toEqual(['4711', '12', '13']);
    await chip(page, viewer.title, en.discord.otherId('4711')).uncheck();
    await expect.poll(() => server.discord.chosen.viewer).toEqual(['12', '13']);
  });

  it('takes back a choice that the server refuses, with its sentence', async () => {
    await haveDiscord(GUILD);
    server.routes.set('PUT /api/setup/discord/roles', () => [
      400,
      { error: { code: 'role_unknown', message: 'This role is gone. Choose another one.' } },
    ]);
    const { page } = await open('discord');
    const friends = chip(page, en.discord.lists.admin.title, 'Friends');
    await friends.click();
    await page.getByText('This role is gone. Choose another one.').waitFor();
    await expect.poll(() => friends.isChecked()).toBe(false);
  });

  it('says what the environment decides', async () => {
    await haveDiscord(GUILD);
    server.set({ locked: ['DISCORD_TOKEN', 'DISCORD_ADMIN_ROLES', 'DISCORD_GUILD_ID'] });
    const { page } = await open('discord');
    await page.getByText(/DISCORD_TOKEN/).waitFor();
    expect(await button(page, en.changeToken).count()).toBe(0);
    expect(await chip(page, en.discord.lists.admin.title, 'Friends').isDisabled()).toBe(true);
    expect(await chip(page, en.discord.lists.viewer.title, 'Friends').isDisabled()).toBe(false);
    expect(await page.getByLabel(en.discord.everywhere).isDisabled()).toBe(true);
    await picture(page, 'setup-discord-locked');
    expect(await allFindings(page)).toEqual([]);
  });

  it('shows the state of a bot that does not work', async () => {
    await haveDiscord(GUILD);
    server.discord = {
      ...server.discord,
      state: 'refused',
      message: 'Discord refuses the token. Change it.',
    };
    const { page } = await open('discord');
    await page.getByText('Discord refuses the token. Change it.').waitFor();
    await page.getByText(en.stateMarks.bad).waitFor({ state: 'attached' });
    expect(await allFindings(page)).toEqual([]);
  });
});

describe('the Telegram step', () => {
  it('leads from BotFather’s message to the first admin and a group, by click', async () => {
    const { page, complaints } = await open('telegram');
    expect(await link(page, en.telegram.botFather).getAttribute('href')).toBe('https://t.me/BotFather');
    await page.getByLabel(en.telegram.token).fill('123');
    await button(page, en.saveToken).click();
    await page.getByRole('alert').getByText('This is not a Telegram token').waitFor();
    await picture(page, 'setup-telegram-token');
    expect(await allFindings(page)).toEqual([]);
    await page.getByLabel(en.telegram.token).fill(BOT_FATHER);
    await button(page, en.saveToken).click();
    await page.getByText(en.telegram.start('zap_test_bot')).waitFor();
    // the lines are still there, where the server finds the token
    expect(server.last('PUT /api/setup/telegram')).toEqual({ token: BOT_FATHER });
    const start = 'https://t.me/zap_test_bot?start=first';
    expect(await link(page, en.telegram.open('zap_test_bot')).getAttribute('href')).toBe(start);
    await page.getByRole('img', { name: en.telegram.startQr('zap_test_bot') }).waitFor();
    await page.screenshot({ path: 'test-results/setup-telegram-start.png', fullPage: true });
    expect(await allFindings(page)).toEqual([]);

    bots.pressStart('Anna');
    await page.getByText(en.telegram.isAdmin).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Anna' }).waitFor();
    expect(await page.getByText(en.telegram.waiting).count()).toBe(0);
    expect(await link(page, en.telegram.addToGroup).getAttribute('href')).toBe(
      'https://t.me/zap_test_bot?startgroup=true',
    );
    bots.enterGroup('-100', 'Sunday football');
    await button(page, en.telegram.allowGroup('Sunday football')).click();
    await page.getByText(en.telegram.allowed, { exact: true }).waitFor();
    expect(server.last('PUT /api/setup/telegram/groups/-100')).toEqual({ is_allowed: true });
    await page.screenshot({ path: 'test-results/setup-telegram-done.png', fullPage: true });
    expect(await allFindings(page)).toEqual([]);
    await button(page, en.telegram.forbidGroup('Sunday football')).click();
    await button(page, en.telegram.allowGroup('Sunday football')).waitFor();
    await button(page, en.telegram.newCode).click();
    await page.getByText(en.telegram.waiting).waitFor();
    expect(complaints.filter((each) => !each.includes('status of 400'))).toEqual([]);
  });

  it('works by keyboard alone', async () => {
    const { page, complaints } = await open('telegram');
    const { keyboard } = page;
    await tabTo(page, 'textarea');
    await keyboard.insertText(BOT_FATHER);
    await tabTo(page, 'button[type=submit]');
    await keyboard.press('Enter');
    await page.getByText(en.telegram.waiting).waitFor();
    bots.enterGroup('-100', 'Sunday football');
    await button(page, en.telegram.allowGroup('Sunday football')).waitFor();
    await tabTo(page, '.bot-groups button');
    await keyboard.press('Enter');
    await page.getByText(en.telegram.allowed, { exact: true }).waitFor();
    // the same button, which takes it back now, still has the focus
    await keyboard.press('Enter');
    await button(page, en.telegram.allowGroup('Sunday football')).waitFor();
    expect(server.last('PUT /api/setup/telegram/groups/-100')).toEqual({ is_allowed: false });
    expect(complaints).toEqual([]);
  });

  it('says what the environment decides', async () => {
    await haveTelegram();
    bots.enterGroup('-100', 'Sunday football');
    server.set({ locked: ['TELEGRAM_TOKEN', 'TELEGRAM_ADMIN_IDS', 'TELEGRAM_VIEWER_IDS'] });
    const { page } = await open('telegram');
    await page.getByText(/TELEGRAM_ADMIN_IDS/).waitFor();
    expect(await button(page, en.removeBot).count()).toBe(0);
    expect(await page.getByText(en.telegram.waiting).count()).toBe(0);
    expect(await button(page, en.telegram.allowGroup('Sunday football')).isDisabled()).toBe(true);
    expect(await allFindings(page)).toEqual([]);
  });
});

it.each([360, 390])('both work by touch on a phone %i pixels wide, in French', async (width) => {
  const page = await openOnPhone(browser, `${server.url}/setup#discord`, width);
  const shot = async (name: string) => {
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.screenshot({ path: `test-results/setup-phone-${width}-${name}.png`, fullPage: true });
    expect(await allFindings(page)).toEqual([]);
  };
  await page.getByLabel(fr.token, { exact: true }).fill(DISCORD_TOKEN);
  await shot('discord-token');
  await button(page, fr.saveToken).tap();
  await page.getByText(fr.discord.waiting).waitFor();
  await shot('discord-invite');
  bots.join(GUILD, OTHER_GUILD);
  await chip(page, fr.discord.lists.viewer.title, 'Friends').tap();
  await page.getByText(fr.saved, { exact: true }).waitFor();
  await shot('discord-roles');
  expect(server.discord.chosen.viewer).toEqual(['13']);

  await link(page, 'Telegram').tap();
  await page.getByLabel(fr.telegram.token).fill(BOT_FATHER);
  await shot('telegram-token');
  await button(page, fr.saveToken).tap();
  await page.getByText(fr.telegram.waiting).waitFor();
  await shot('telegram-start');
  bots.pressStart('Anna');
  bots.enterGroup('-100', 'Le foot du dimanche chez Anna et Bob');
  await button(page, fr.telegram.allowGroup('Le foot du dimanche chez Anna et Bob')).tap();
  await page.getByText(fr.telegram.allowed, { exact: true }).waitFor();
  await shot('telegram-done');
});

it.each(['en', 'fr'])('all tabs fit into the column once everything is set up, in %s', async (locale) => {
  await haveDiscord(GUILD);
  bots.goOn();
  await haveTelegram();
  server.set({ account: { kind: 'own', trouble: null, connections: 1, expires_at: null, channels: 5 } });
  const { page } = await open('telegram', { locale });
  await expect.poll(() => page.locator('.step-done').count()).toBe(4);
  const right = (selector: string) =>
    page.locator(selector).evaluate((element) => element.getBoundingClientRect().right);
  expect(await right('.steps li:last-child')).toBeLessThanOrEqual(await right('.setup-card:first-of-type'));
  await picture(page, `setup-tabs-${locale}`);
});

it('says so while the server does not answer, and goes on by itself', async () => {
  await haveTelegram();
  const { page } = await open('telegram');
  await page.getByText(en.telegram.waiting).waitFor();
  await page.route('**/api/setup/telegram', (route) => route.abort());
  await page.getByText(en.unreachable).waitFor();
  await page.unroute('**/api/setup/telegram');
  bots.pressStart('Anna');
  await page.getByText(en.telegram.isAdmin).waitFor();
  expect(await page.getByText(en.unreachable).count()).toBe(0);
});
