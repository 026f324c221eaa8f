import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import type { FurtherAccount } from '../../src/web/setup/contract.ts';
import { en } from '../../src/web/setup/texts.en.ts';
import { fr } from '../../src/web/setup/texts.fr.ts';
import { SetupServer } from '../fakes/setup-server.ts';
import { allFindings, openPage, picture } from './browser-page.ts';
import { openOnPhone, tabTo } from './setup-helpers.ts';

const t = en.accounts;
const subscription = (id: string, name: string, change: Partial<FurtherAccount> = {}): FurtherAccount => ({
  ...{ id, kind: 'subscription', name, is_off: false, is_locked: false, trouble: null },
  ...{ connections: 2, expires_at: null, channels: 120, ...change },
});

let browser: Browser;
let server: SetupServer;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser?.close());
beforeEach(async () => {
  server = await new SetupServer().start();
  server.accounts = [subscription('main', 'subscription 1')];
  server.account = { connections: null, expires_at: null, channels: 37, notes: [] };
  server.set({
    is_first: false,
    account: { kind: 'own', trouble: null, connections: 2, expires_at: null, channels: 120 },
  });
  server.routes.set('PUT /api/setup/accounts/x2/off', ({ off }) => {
    server.accounts = server.accounts.map((each) => (each.id === 'x2' ? { ...each, is_off: off } : each));
    return [204];
  });
  server.routes.set('POST /api/setup/accounts/x2/test', () => [204]);
});
afterEach(() => server?.stop());

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const row = (page: Page, name: string) => page.getByRole('listitem', { name, exact: true });

async function open(): Promise<Page> {
  const { page } = await openPage(browser, server.url, '/setup');
  await page.getByRole('heading', { name: t.title }).waitFor();
  return page;
}

describe('the subscriptions and lists', () => {
  it('take a list whose address is pasted, which needs no user name', async () => {
    const page = await open();
    await page.getByText(t.add).click();
    const form = page.locator('#account-add');
    expect(await form.getByLabel(en.accountFields.password, { exact: true }).count()).toBe(1);
    await form.getByLabel(en.paste).fill('Your list: https://list.example/tv.m3u?token=abc');
    expect(await form.getByLabel(t.kinds.list).isChecked()).toBe(true);
    expect(await form.getByLabel(en.accountFields.password, { exact: true }).count()).toBe(0);
    await picture(page, 'setup-accounts-add');
    expect(await allFindings(page)).toEqual([]);
    await form.getByRole('button', { name: en.tryAndUse }).click();
    await row(page, 'List 1').waitFor();
    await row(page, 'List 1').getByText(en.inUse('37 channels')).waitFor();
    expect(server.last('POST /api/setup/accounts')).toEqual({
      ...{ kind: 'list', url: 'https://list.example/tv.m3u?token=abc', username: '', password: '' },
    });
    // the form is gone, and the focus where it was opened
    expect(await form.getByLabel(en.paste).count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SUMMARY');
    expect(await allFindings(page)).toEqual([]);
  });

  it('say what is wrong with what was entered, and keep it', async () => {
    server.account = 'The provider does not know this user name and password.';
    const page = await open();
    await page.getByText(t.add).click();
    const form = page.locator('#account-add');
    await form.getByLabel(en.accountFields.url, { exact: true }).fill('http://panel.example');
    await form.getByRole('button', { name: en.tryAndUse }).click();
    await page.getByText('The provider does not know').waitFor();
    expect(await form.getByLabel(en.accountFields.url, { exact: true }).inputValue()).toBe(
      'http://panel.example',
    );
  });

  it('are tested, paused, taken again and removed', async () => {
    server.accounts = [
      subscription('main', 'subscription 1'),
      subscription('x2', 'subscription 2', { trouble: 'The subscription has expired: renew it.' }),
      subscription('x3', 'subscription 3', { is_locked: true, channels: 0 }),
    ];
    const page = await open();
    await row(page, 'Subscription 2').getByText('The subscription has expired').waitFor();
    await row(page, 'Subscription 3').getByText(t.coming).waitFor();
    await row(page, 'Subscription 3').getByText(t.environment).waitFor();
    expect(await button(page, t.removeName('Subscription 3')).count()).toBe(0);
    await picture(page, 'setup-accounts');
    expect(await allFindings(page)).toEqual([]);
    server.accounts = server.accounts.map((each) => ({ ...each, trouble: null }));
    await button(page, t.testName('Subscription 2')).click();
    await page.getByText(t.tested('Subscription 2')).waitFor();
    await row(page, 'Subscription 2').getByText(en.inUse('2 connections, 120 channels')).waitFor();
    await button(page, t.pauseName('Subscription 2')).click();
    await row(page, 'Subscription 2').getByText(t.paused).waitFor();
    await button(page, t.resumeName('Subscription 2')).click();
    await row(page, 'Subscription 2').getByText(en.inUse('2 connections, 120 channels')).waitFor();
    await button(page, t.removeName('Subscription 2')).click();
    await page.getByRole('dialog').getByRole('button', { name: t.remove, exact: true }).click();
    await row(page, 'Subscription 2').waitFor({ state: 'detached' });
    expect(server.accounts.map(({ id }) => id)).toEqual(['main', 'x3']);
  });

  it('are put in another order, by keyboard too, and the focus stays', async () => {
    server.accounts = [
      subscription('main', 'subscription 1'),
      subscription('x2', 'subscription 2'),
      subscription('m1', 'list 1', { kind: 'list' }),
    ];
    const page = await open();
    const shown = () =>
      page.locator('.account-list > li').evaluateAll((rows) => rows.map((each) => each.ariaLabel));
    const focused = () => page.evaluate(() => document.activeElement?.ariaLabel);
    expect(await button(page, t.up('Subscription 1')).getAttribute('aria-disabled')).toBe('true');
    await tabTo(page, '#account-up-m1');
    await page.keyboard.press('Enter');
    await page.getByText(t.moved('List 1', 2, 3)).waitFor();
    await expect.poll(focused).toBe(t.up('List 1'));
    await page.keyboard.press('Enter');
    await page.getByText(t.moved('List 1', 1, 3)).waitFor();
    expect(await shown()).toEqual(['List 1', 'Subscription 1', 'Subscription 2']);
    expect(server.last('PUT /api/setup/accounts/order')).toEqual({ ids: ['m1', 'main', 'x2'] });
    // at the top it stays where it is
    await expect.poll(focused).toBe(t.up('List 1'));
    await page.keyboard.press('Enter');
    await button(page, t.down('Subscription 1')).click();
    await expect.poll(shown).toEqual(['List 1', 'Subscription 2', 'Subscription 1']);
    await picture(page, 'setup-accounts-order');
    expect(await allFindings(page)).toEqual([]);
  });

  it('keep their order where the environment decides it, or where there is one', async () => {
    const page = await open();
    expect(await button(page, t.down('Subscription 1')).count()).toBe(0);
    server.accounts = [subscription('x2', 'subscription 2'), subscription('main', 'subscription 1')];
    server.set({ locked: ['ACCOUNTS_ORDER'] });
    await page.reload();
    await page.getByText(en.locked(['ACCOUNTS_ORDER'])).waitFor();
    await button(page, t.testName('Subscription 2')).waitFor();
    expect(await button(page, t.down('Subscription 2')).count()).toBe(0);
  });

  it('work by keyboard alone', async () => {
    const page = await open();
    const { keyboard } = page;
    await tabTo(page, '#account-add summary');
    await keyboard.press('Enter');
    await tabTo(page, '#account-add textarea');
    await keyboard.insertText('https://list.example/tv.m3u');
    await tabTo(page, '#account-add button[type=submit]');
    await keyboard.press('Enter');
    await row(page, 'List 1').waitFor();
  });

  it('fit a phone, in French', async () => {
    server.accounts = [subscription('main', 'abonnement 1'), subscription('m1', 'liste 1', { kind: 'list' })];
    const page = await openOnPhone(browser, `${server.url}/setup`, 360);
    await page.getByText(fr.accounts.add).click();
    await page.getByLabel(fr.accounts.kinds.list).check();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await picture(page, 'setup-accounts-phone');
    expect(await allFindings(page)).toEqual([]);
  });
});

it('a list alone is enough, without a subscription', async () => {
  server.accounts = [];
  server.set({ account: { kind: 'demo', trouble: null, connections: null, expires_at: null, channels: 12 } });
  const page = await open();
  await page.getByText(t.addList, { exact: true }).click();
  const form = page.locator('#account-add');
  await form.getByLabel(t.place).fill('tv.m3u');
  await form.getByRole('button', { name: en.tryAndUse }).click();
  await row(page, 'List 1').waitFor();
  expect(server.last('POST /api/setup/accounts')).toMatchObject({ kind: 'list', url: 'tv.m3u' });
});
