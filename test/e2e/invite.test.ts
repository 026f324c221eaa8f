import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { en } from '../../src/web/common/texts.en.ts';
import { fr } from '../../src/web/common/texts.fr.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { allFindings, openPage, overflow, picture } from './browser-page.ts';

/** People without a bot: they get an invitation link, a question before they disturb others, and a note when logged out. */
let dataDirs: DataDirs;
let server: RunningApp;
let browser: Browser;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  // viewers need a key or a session
  server = await startApp(await dataDirs.next(), { VIEWER_ACCESS: 'key' });
  browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.app.stop();
  await dataDirs?.remove();
});

const openAdmin = () => openPage(browser, server.url, `/#token=${ADMIN_TOKEN}`);

async function invite(admin: Page, name: string): Promise<string> {
  await admin.goto(`${server.url}/#access`);
  await admin.getByLabel('Who is it for?').fill(name);
  await admin.getByRole('button', { name: 'Make a link' }).click();
  const field = admin.getByLabel(`The link for ${name}`, { exact: true });
  await field.waitFor({ state: 'attached' });
  return field.inputValue();
}

/** Opens a page in a browser context of its own. */
async function accept(link: string): Promise<Page> {
  const { page } = await openPage(browser, server.url, new URL(link).pathname, { lasts: true });
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL(/\/watch$/);
  return page;
}

const onAir = async () => (await server.get('/stream_status')).body.channel_name;

describe('somebody who was invited', () => {
  let admin: Page;
  let ada: Page;
  beforeAll(async () => {
    ({ page: admin } = await openAdmin());
    await admin.getByRole('heading', { name: 'Nothing on air right now' }).waitFor();
  });

  it('logs in by an admin’s link, which works once, and watches', async () => {
    const link = await invite(admin, 'Ada');
    await admin.getByText(/It works once, until /).waitFor();
    // this server listens only on this machine, so that no phone could open the link
    await admin.getByText('These addresses work on this machine only.').waitFor();
    expect(await allFindings(admin)).toEqual([]);
    expect(await overflow(admin)).toBeLessThanOrEqual(0);
    await picture(admin, 'console-invite');
    ada = await accept(link);
    await ada.locator('video').waitFor({ state: 'attached' });
    const again = await ada.goto(link);
    expect(again?.status()).toBe(410);
    await ada.getByRole('heading', { name: 'This link has ended' }).waitFor();
    await picture(ada, 'link-ended');
  }, 60_000);

  it('is invited by a form that fits a phone, in French', async () => {
    const options = { phone: true, locale: 'fr', dark: true };
    const { page } = await openPage(browser, server.url, `/#token=${ADMIN_TOKEN}`, options);
    await page.locator('.tabs').waitFor();
    await page.goto(`${server.url}/#access`);
    await page.getByLabel(fr.inviteName).fill('Zoé');
    await page.getByRole('button', { name: fr.invite }).click();
    await page.getByLabel(fr.inviteOf('Zoé'), { exact: true }).waitFor({ state: 'attached' });
    expect(await allFindings(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await picture(page, 'invite-phone');
    await page.close();
  }, 30_000);

  it('chooses a channel in the console and is asked first while others watch', async () => {
    await server.post('/set_active_stream', { channel_id: 101 });
    const before = await onAir();
    // the admin watches the admin's own channel
    await admin.goto(`${server.url}/watch`);
    await expect.poll(async () => (await server.get('/stream_status')).body.viewers).toBeGreaterThan(0);
    await ada.goto(server.url);
    await ada
      .getByRole('button', { name: /^Broadcast / })
      .first()
      .click();
    const question = ada.getByRole('dialog');
    await question.getByText(/watching .*, requested by the owner/).waitFor();
    await picture(ada, 'console-question');
    expect(await allFindings(ada)).toEqual([]);
    await question.getByRole('button', { name: 'Cancel' }).click();
    await ada.getByText('Nothing changes.').waitFor();
    expect(await onAir()).toBe(before);
    await ada
      .getByRole('button', { name: /^Broadcast / })
      .first()
      .click();
    await question.getByRole('button', { name: 'Switch' }).click();
    await ada.getByText(/ is on air\.$/).waitFor();
    expect(await onAir()).not.toBe(before);
    expect(await ada.getByRole('button', { name: 'Restart' }).count()).toBe(0);
    expect((await server.get('/stream_status')).body.asked_by).toBeNull();
  }, 60_000);

  it('learns at once that they are shut out', async () => {
    await admin.goto(`${server.url}/#access`);
    await admin.getByRole('button', { name: en.shutOutName('Ada') }).click();
    await admin.getByRole('dialog').getByRole('button', { name: 'Shut out' }).click();
    await ada.getByText('You were logged out.').waitFor();
    await ada.goto(`${server.url}/watch`);
    await ada.getByText(/This address needs the key/).waitFor();
  }, 30_000);
});

describe('an API token', () => {
  it('logs in by the log-in card, and repeats the action that failed with an ended session', async () => {
    const { page } = await openPage(browser, server.url, '/');
    const made = await server.post('/api/tokens', { name: 'kitchen', role: 'controller' });
    const logIn = async () => {
      await page.getByLabel('Token').fill(made.body.token);
      await page.getByRole('button', { name: 'Log in', exact: true }).click();
    };
    await page.getByLabel('Token').waitFor();
    // nobody may watch here without a session
    expect(await page.getByText('Just watch').count()).toBe(0);
    await logIn();
    const row = page.getByRole('button', { name: /^Broadcast / }).nth(1);
    await row.waitFor();
    const name = (await row.getAttribute('aria-label'))?.replace('Broadcast ', '') ?? '';
    // the session ends without a message to the page
    await page.context().clearCookies();
    await row.click();
    await page.getByText('You were logged out.').waitFor();
    await logIn();
    await page.getByText(`${name} is on air.`).waitFor();
    await page.close();
  }, 60_000);
});
