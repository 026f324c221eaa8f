import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { type OpenOptions, openPage, overflow, picture, seriousFindings } from './browser-page.ts';

/** The console's private links and access views, for an admin and a controller. */
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

/** Opens the console as an admin. */
async function openAsAdmin(part: string, options?: OpenOptions) {
  const opened = await openPage(browser, server.url, `/#token=${ADMIN_TOKEN}`, options);
  await opened.page.locator('.tabs').waitFor();
  await opened.page.goto(`${server.url}/#${part}`);
  return opened;
}

/** Opens the console as Bob, a controller who has just been invited. */
async function openAsBob(part: string) {
  const invitation = await server.post('/api/invites', { name: 'Bob', role: 'controller' });
  const opened = await openPage(browser, server.url, new URL(invitation.body.url).pathname);
  await opened.page.getByRole('button', { name: 'Log in' }).click();
  await opened.page.locator('.tabs').waitFor();
  await opened.page.goto(`${server.url}/#${part}`);
  await opened.page.locator('.tabs').waitFor();
  return opened;
}

/** Makes a private link as the person who is logged in on the page. */
async function makeLink(page: Page, channelId: number): Promise<string> {
  const answer = await page.request.post(`${server.url}/api/links`, {
    data: { channel_id: channelId },
    headers: { origin: server.url },
  });
  const text = await answer.text();
  if (!answer.ok()) throw new Error(text);
  return (JSON.parse(text) as { url: string }).url;
}

const row = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) });

describe('the private links view', () => {
  it('shows the players of a link, and ends their streams with it', async () => {
    const [admin, his] = [await openAsAdmin('links'), await openAsBob('links')];
    await admin.page.getByText('There are no private links.').waitFor();
    const url = await makeLink(his.page, 201);
    await makeLink(admin.page, 101);
    const player = await fetch(url);
    expect(player.status).toBe(200);
    const played = player.arrayBuffer();

    const watched = row(admin.page, 'Zapette Sport 1 FHD');
    await watched.getByText('1 player').waitFor();
    await watched.getByText(/^Bob · made now · last used now · ends in 24 hours$/).waitFor();
    await picture(admin.page, 'console-links');
    await his.page.getByText('1 player').waitFor();
    expect(await his.page.locator('.title-hits li').count()).toBe(1);

    await watched.getByRole('button', { name: 'End the link of Bob' }).click();
    expect((await played).byteLength).toBeGreaterThan(0);
    await watched.waitFor({ state: 'detached' });
    expect(await admin.page.locator('.title-hits li').count()).toBe(1);
    await his.page.getByText('There are no private links.').waitFor();
    expect((await fetch(url)).status).toBe(404);
    await row(admin.page, 'Un HD').getByRole('button', { name: 'End the link of Owner' }).click();
    await admin.page.getByText('There are no private links.').waitFor();
    expect([...admin.complaints, ...his.complaints]).toEqual([]);
    await Promise.all([admin.page.close(), his.page.close()]);
  }, 40_000);

  it('ends all links only after a question, by keyboard too', async () => {
    const { page, complaints } = await openAsAdmin('links');
    for (const channelId of [101, 201]) await makeLink(page, channelId);
    await page.getByText('2 links', { exact: true }).waitFor();
    const question = page.getByRole('dialog', { name: 'End all 2 private links?' });
    await page.getByRole('button', { name: 'End all' }).click();
    await question.waitFor();
    await picture(page, 'console-links-end-all');
    expect(await seriousFindings(page)).toEqual([]);
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'End all' }).press('Enter');
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'hidden' });
    expect(await page.locator('.title-hits li').count()).toBe(2);
    await page.getByRole('button', { name: 'End all' }).press('Enter');
    await question.getByRole('button', { name: 'End all' }).press('Enter');
    await page.getByText('There are no private links.').waitFor();
    await page.getByText('All private links have ended.').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  }, 30_000);
});

describe('the access view', () => {
  it('makes a token, shows it once to copy, and revokes it', async () => {
    const { page, complaints } = await openAsAdmin('access');
    await page.getByLabel('What is it for?').fill('Heating <b>');
    await page.getByLabel('What may it do?').selectOption('may also stop and restart');
    await page.getByRole('button', { name: 'Make a token' }).click();
    const field = page.getByLabel('The token of Heating <b>', { exact: true });
    const token = await field.inputValue();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy the token' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token);
    await row(page, 'Heating <b>')
      .getByText('may also stop and restart · made by Owner now · never used')
      .waitFor();
    await page.getByText('made an API token: Heating <b> (controller)').waitFor();
    await picture(page, 'console-access');
    const asHeating = () =>
      fetch(`${server.url}/api/me`, { headers: { authorization: `Bearer ${token}` } }).then(
        ({ status }) => status,
      );
    expect(await asHeating()).toBe(200);

    await page.reload();
    await row(page, 'Heating <b>').getByText('last used now').waitFor();
    expect(await page.content()).not.toContain(token);
    await page.getByRole('button', { name: 'Revoke the token of Heating <b>' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('There are no API tokens.').waitFor();
    expect(await asHeating()).toBe(401);
    expect(complaints).toEqual([]);
    await page.close();
  }, 30_000);

  it('ends a browser’s session, whose page then asks for a log-in', async () => {
    const his = await openAsBob('access');
    const admin = await openAsAdmin('access');
    await row(his.page, 'Bob').filter({ hasText: 'this browser' }).last().waitFor();
    const shown = await his.page.locator('main').textContent();
    for (const others of ['Owner', 'API tokens', 'Who changed what']) expect(shown).not.toContain(others);
    const sessions = admin.page.getByRole('region', { name: 'Logged-in browsers' });
    await sessions.getByText('this browser', { exact: true }).waitFor();
    const end = admin.page.getByRole('button', { name: /^Log out Bob: Chrome, / });
    await end.first().waitFor();
    for (let left = await end.count(); left > 0; left -= 1) {
      await end.first().click();
      await expect.poll(() => end.count(), { timeout: 5_000 }).toBe(left - 1);
    }
    await his.page.getByText('You were logged out.').waitFor();
    await admin.page.getByText('logged out a browser of Bob').first().waitFor();
    expect([...admin.complaints, ...his.complaints]).toEqual([]);
    await Promise.all([admin.page.close(), his.page.close()]);
  }, 30_000);

  it('loads older entries of the audit log by a button', async () => {
    for (let times = 0; times < 60; times += 1) await server.post('/stop_stream');
    const { page } = await openAsAdmin('access');
    const log = page.getByRole('region', { name: 'Who changed what' });
    await log.getByRole('listitem').first().waitFor();
    expect(await log.getByRole('listitem').count()).toBe(50);
    await log.getByRole('button', { name: 'More' }).click();
    await expect.poll(() => log.getByRole('listitem').count()).toBeGreaterThan(60);
    expect(await log.getByRole('button', { name: 'More' }).count()).toBe(0);
    await server.post('/stop_stream');
    const count = await log.getByRole('listitem').count();
    await expect.poll(() => log.getByRole('listitem').count(), { timeout: 8_000 }).toBe(count + 1);
    await page.close();
  }, 30_000);
});

it.each([
  ['links', {}, 'Private links'],
  ['links', { dark: true, phone: true, locale: 'fr' }, 'Liens privés'],
  ['access', {}, 'Who changed what'],
  ['access', { dark: true, phone: true, locale: 'fr' }, 'Qui a changé quoi'],
] as const)(
  'the %s view %j is accessible: axe finds nothing serious, nothing is cut off',
  async (part, options, title) => {
    const { page, complaints } = await openAsAdmin(part, options);
    await makeLink(page, 101);
    await page.request.post(`${server.url}/api/tokens`, {
      data: { name: `for ${part}`, role: 'viewer' },
      headers: { origin: server.url },
    });
    await page.getByRole('heading', { name: title }).waitFor();
    await page.locator('.title-hits li').first().waitFor();
    await picture(page, `console-${part}${'phone' in options ? '-dark-phone' : '-light'}`);
    expect(await seriousFindings(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await page.close();
  },
);
