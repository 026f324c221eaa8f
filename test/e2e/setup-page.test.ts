import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { en } from '../../src/web/setup/texts.en.ts';
import { fr } from '../../src/web/setup/texts.fr.ts';
import { SetupServer } from '../fakes/setup-server.ts';
import { allFindings, type OpenOptions, openPage, picture } from './browser-page.ts';
import { openOnPhone, tabTo } from './setup-helpers.ts';

const LINK = 'http://panel.example:8080/get.php?username=anna&password=s3cret&type=m3u_plus';
const account = { url: 'http://panel.example:8080', username: 'anna', password: 's3cret' };

let browser: Browser;
let server: SetupServer;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser?.close());
beforeEach(async () => {
  server = await new SetupServer().start();
});
afterEach(() => server?.stop());

/** Opens the page; complaints about its tries of other addresses and about refused accounts are part of the plan. */
async function open(step = '', options?: OpenOptions) {
  const { page, complaints } = await openPage(browser, server.url, `/setup${step}`, options);
  await page.locator('.setup h1').waitFor();
  const unplanned = () =>
    complaints.filter((each) => !/\/reach$|ERR_CONNECTION_REFUSED|status of 502/.test(each));
  return { page, unplanned };
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1, exact: true });

/** The address of a server that has ended. */
async function deadAddress(): Promise<string> {
  const ended = await new SetupServer().start();
  const { url } = ended;
  await ended.stop();
  return url;
}

/** This server's addresses in a house: one that works, under another name so that CORS is asked, and one that does not. */
async function inAHouse(): Promise<{ readonly alive: string; readonly dead: string }> {
  const alive = server.url.replace('127.0.0.1', 'localhost');
  const dead = await deadAddress();
  server.set({ watch: { ...server.setup.watch, addresses: [alive, dead] } });
  return { alive, dead };
}

describe('the first set-up', () => {
  it('works by click: account, categories, who may watch, done', async () => {
    const { alive } = await inAHouse();
    const { page, unplanned } = await open();
    await heading(page, en.headings.channels).waitFor();
    await page.getByLabel(en.paste).fill(`Your list: ${LINK}`);
    expect(await page.getByLabel(en.accountFields.username).inputValue()).toBe('anna');
    await picture(page, 'setup-channels');
    await button(page, en.tryAndUse).click();
    await page.getByText(/It works: 2 connections, 12,480 channels, until 3 March/).waitFor();
    expect(server.last('PUT /api/setup/account')).toEqual(account);

    await page.getByLabel(en.filterCategories).fill('sport');
    await button(page, en.none).click();
    await page.getByText(en.kept(2, 4, '430')).waitFor();
    await button(page, en.save).click();
    await page.getByText(en.categoriesSaved).waitFor();
    expect(server.last('PUT /api/setup/categories')).toEqual({ hidden: ['2', '3'] });
    await picture(page, 'setup-categories');
    expect(await allFindings(page)).toEqual([]);

    await page.getByRole('link', { name: en.next, exact: true }).click();
    await heading(page, en.headings.watch).waitFor();
    await page.getByLabel(en.places.house.title).check();
    await picture(page, 'setup-watch');
    await button(page, en.save).click();
    await page.getByText(en.reachedHere).waitFor();
    await page.getByText(en.reach.unreachable).waitFor();
    await page.getByText(/sudo ufw allow/).waitFor();
    expect(server.last('PUT /api/setup/watch')).toEqual({
      where: 'house',
      access: 'public',
      public_url: null,
    });
    expect(await page.getByRole('link', { name: en.open }).first().getAttribute('href')).toBe(
      `${alive}/watch`,
    );
    await picture(page, 'setup-house');
    expect(await allFindings(page)).toEqual([]);

    await page.getByRole('link', { name: en.next, exact: true }).click();
    await heading(page, en.headings.discord).waitFor();
    await page.getByRole('link', { name: en.skip, exact: true }).click();
    await heading(page, en.headings.telegram).waitFor();
    await page.getByRole('link', { name: en.back, exact: true }).click();
    await heading(page, en.headings.discord).waitFor();
    await page.getByRole('link', { name: en.steps.done, exact: true }).click();
    await heading(page, en.headings.done).waitFor();
    await page.getByText('answers; 2 connections.').waitFor();
    await page.getByText('Invite somebody').click();
    await page.getByLabel('Who is it for?').fill('Bob');
    await button(page, 'Make a link').click();
    await page.getByRole('textbox', { name: 'The link for Bob' }).waitFor();
    await page.getByText(en.addTelevision).click();
    await page.getByRole('img', { name: en.qrOf(`${server.url}/live.m3u8`) }).waitFor();
    await picture(page, 'setup-done');
    expect(await allFindings(page)).toEqual([]);

    await page.getByRole('link', { name: en.steps.settings }).click();
    await heading(page, en.headings.settings).waitFor();
    // from now on the steps are tabs
    await page.getByRole('navigation').getByRole('link', { name: en.steps.settings }).waitFor();
    expect(await page.locator('.step-foot').count()).toBe(0);
    expect(unplanned()).toEqual([]);
  });

  it('works by keyboard alone', async () => {
    const { page, unplanned } = await open();
    const { keyboard } = page;
    await tabTo(page, 'textarea');
    await keyboard.insertText(LINK);
    await tabTo(page, 'button[type=submit]');
    await keyboard.press('Enter');
    await page.getByText(/It works:/).waitFor();
    await tabTo(page, '.category-ticks input');
    await keyboard.press('Space');
    await tabTo(page, '.setup-card > .setup-buttons button');
    await keyboard.press('Enter');
    await page.getByText(en.categoriesSaved).waitFor();
    expect(server.last('PUT /api/setup/categories')).toEqual({ hidden: ['1'] });
    await tabTo(page, '.step-next');
    await keyboard.press('Enter');
    await heading(page, en.headings.watch).waitFor();
    // the new step begins at its heading
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await tabTo(page, 'input[name=where]');
    await keyboard.press('ArrowDown');
    await tabTo(page, 'button[type=submit]');
    await keyboard.press('Enter');
    await page.getByText(en.onOtherDevices).waitFor();
    expect(server.last('PUT /api/setup/watch').where).toBe('house');
    for (const next of [en.headings.discord, en.headings.telegram, en.headings.done]) {
      await tabTo(page, '.step-next');
      await keyboard.press('Enter');
      await heading(page, next).waitFor();
    }
    expect(unplanned()).toEqual([]);
  });

  it.each([360, 390])('works by touch on a phone %i pixels wide, in French', async (width) => {
    await inAHouse();
    const page = await openOnPhone(browser, `${server.url}/setup`, width);
    await heading(page, fr.headings.channels).waitFor();
    const shot = async (name: string) => {
      // a phone zooms out where the page is wider than its screen
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      if (width === 390) await picture(page, `setup-phone-${name}`);
      expect(await allFindings(page)).toEqual([]);
    };
    await shot('channels');
    await page.getByLabel(fr.paste).fill(LINK);
    await button(page, fr.tryAndUse).tap();
    await page.getByText(/Ça marche\s: 2 connexions, 12\s480 chaînes, jusqu’au 3 mars/).waitFor();
    await page.getByText('FR| Sport').tap();
    await button(page, fr.save).tap();
    await page.getByText(fr.categoriesSaved).waitFor();
    await shot('categories');
    await page.getByRole('link', { name: fr.next, exact: true }).tap();
    await page.getByText(fr.places.house.title).tap();
    await shot('watch');
    await button(page, fr.save).tap();
    await page.getByText(fr.reachedHere).waitFor();
    await page.getByText(fr.onOtherDevices).scrollIntoViewIfNeeded();
    await shot('house');
    await page.getByRole('link', { name: fr.steps.done, exact: true }).tap();
    await page.getByText('answers; 2 connections.').waitFor();
    await shot('done');
  });

  it('goes on where it was after a reload, with the demo and without an answer', async () => {
    const { page } = await open();
    await page.getByRole('link', { name: en.stayWithDemo }).click();
    await heading(page, en.headings.watch).waitFor();
    await button(page, en.save).click();
    // the browser asks for an answer
    expect(server.last('PUT /api/setup/watch')).toBeUndefined();
    await page.getByLabel(en.places.here.title).check();
    await button(page, en.save).click();
    await page.getByText(en.watchSaved, { exact: true }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: en.next, exact: true }).click();
    await heading(page, en.headings.discord).waitFor();
  });
});

describe('the account', () => {
  it('is refused with the sentence of the server beside the fields', async () => {
    server.account = 'The provider refuses the password. Type it again.';
    const { page, unplanned } = await open();
    await page.getByLabel(en.accountFields.url).fill(account.url);
    await page.getByLabel(en.accountFields.username).fill('anna');
    await page.getByLabel(en.accountFields.password, { exact: true }).fill('wrong');
    await button(page, en.tryAndUse).click();
    await page.getByRole('alert').getByText(server.account).waitFor();
    expect(await page.getByLabel(en.accountFields.username).inputValue()).toBe('anna');
    expect(await allFindings(page)).toEqual([]);
    expect(unplanned()).toEqual([]);
  });

  it('asks before it changes what is on air', async () => {
    server.onAir = 'TF1 is on air with 3 viewers. Change the subscription anyway?';
    const { page } = await open();
    await page.getByLabel(en.paste).fill(LINK);
    await button(page, en.tryAndUse).click();
    await page.getByText(server.onAir).waitFor();
    await page.keyboard.press('Escape');
    expect(server.setup.account.kind).toBe('demo');
    await button(page, en.tryAndUse).click();
    await button(page, en.changeIt).click();
    await page.getByText(/It works:/).waitFor();
    expect(server.last('PUT /api/setup/account')).toEqual({ ...account, confirm: true });
  });

  it('goes back to the demo after a yes', async () => {
    server.set({
      is_first: false,
      account: { kind: 'own', trouble: null, connections: 1, expires_at: null, channels: 5 },
    });
    const { page } = await open();
    await page.getByText(en.inUse('1 connection, 5 channels')).waitFor();
    await page.getByText(en.otherSubscription).click();
    await button(page, en.backToDemo).click();
    await page.getByRole('dialog').getByRole('button', { name: en.backToDemo }).click();
    await page.getByText(en.channelsIntro).waitFor();
    expect(server.setup.account.kind).toBe('demo');
  });

  it('waits for the categories of a list that is still on its way', async () => {
    server.set({
      is_first: false,
      account: { kind: 'own', trouble: null, connections: 1, expires_at: null, channels: 5 },
    });
    const later = server.categories;
    server.categories = [];
    const { page } = await open();
    await page.getByText(en.inUse('1 connection, 5 channels')).waitFor();
    server.categories = later;
    await page.getByText('DE| Sport').waitFor();
  });

  it('tells of its trouble', async () => {
    server.set({
      is_first: false,
      account: {
        kind: 'own',
        trouble: 'The subscription has expired.',
        connections: null,
        expires_at: null,
        channels: 0,
      },
    });
    const { page } = await open();
    await page.getByText('The subscription has expired.').waitFor();
    expect(await allFindings(page)).toEqual([]);
  });
});

describe('who may watch', () => {
  it('checks an address on the internet and gives the lines for Caddy', async () => {
    server.address = { ...server.address, leads_here: false, sentences: ['The address leads elsewhere.'] };
    const { page, unplanned } = await open('#watch');
    await page.getByLabel(en.places.internet.title).check();
    // strangers find addresses, so that a log-in is proposed
    expect(await page.getByLabel(en.accesses.login.title).isChecked()).toBe(true);
    await page.getByLabel(en.publicAddress).fill('tv.example.org');
    await button(page, en.checkAddress).click();
    await page.getByText('The address leads elsewhere.').waitFor();
    expect(await page.getByLabel(en.copyCaddy).first().inputValue()).toContain('reverse_proxy');
    await picture(page, 'setup-internet');
    expect(await allFindings(page)).toEqual([]);
    server.address = { ...server.address, leads_here: true, sentences: ['The address leads here.'] };
    await button(page, en.checkAddress).click();
    await page.getByText('The address leads here.').waitFor();
    await page.getByLabel(en.accesses.public.title).check();
    await page.getByText(en.publicInternet).waitFor();
    await button(page, en.save).click();
    await page.getByRole('heading', { name: en.yourAddress }).waitFor();
    expect(server.last('PUT /api/setup/watch')).toEqual({
      where: 'internet',
      access: 'public',
      public_url: 'https://tv.example.org',
    });
    // the page was opened by another address and goes on
    await page.getByRole('link', { name: en.steps.done, exact: true }).click();
    await page.getByText('answers; 2 connections.').waitFor();
    expect(unplanned()).toEqual([]);
  });

  it('takes what the server says afterwards where the connection broke as it began to listen elsewhere', async () => {
    const { page } = await open('#watch');
    await page.route('**/api/setup/watch', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.getByLabel(en.places.house.title).check();
    await button(page, en.save).click();
    await page.getByText(en.watchSaved, { exact: true }).waitFor();
    await page.getByRole('heading', { name: en.onOtherDevices }).waitFor();
  });

  it('says where to go on where another device shuts itself out', async () => {
    const elsewhere = 'http://192.168.1.10:8002';
    const context = await browser.newContext({ locale: 'en' });
    const page = await context.newPage();
    let isOpen = true;
    await page.route(`${elsewhere}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      if (!isOpen) return route.abort();
      const response = await route.fetch({ url: server.url + pathname });
      if (pathname === '/api/setup/watch') isOpen = false;
      return route.fulfill({ response });
    });
    await page.goto(`${elsewhere}/setup#watch`);
    await page.getByLabel(en.places.here.title).check();
    await page.getByText(en.hereCutsOff).waitFor();
    await button(page, en.save).click();
    await page.getByText(en.wentHome('http://127.0.0.1:8002/setup')).waitFor();
    await context.close();
  });

  it('says what the environment decides, and offers nothing that it rules out', async () => {
    server.set({ is_first: false, locked: ['HOST', 'XTREAM_URL'] });
    const { page } = await open('#watch');
    await page.getByText(en.locked(['HOST'])).waitFor();
    expect(await page.getByLabel(en.places.house.title).isDisabled()).toBe(true);
    expect(await page.getByLabel(en.places.here.title).isChecked()).toBe(true);
    await page.getByRole('link', { name: en.steps.channels }).click();
    await page.getByText(en.locked(['XTREAM_URL'])).waitFor();
    expect(await button(page, en.tryAndUse).count()).toBe(0);
    expect(await allFindings(page)).toEqual([]);
  });

  it('asks for the address of a container’s host', async () => {
    server.set({
      is_first: false,
      watch: {
        ...server.setup.watch,
        where: 'house',
        is_container: true,
        addresses: ['http://172.17.0.2:1'],
      },
    });
    const { page } = await open('#watch');
    await page.getByText(en.container).waitFor();
    expect(await page.getByText('172.17.0.2').count()).toBe(0);
    await page.getByLabel(en.hostAddress).fill(server.url.replace('http://127.0.0.1', 'localhost'));
    await button(page, en.tryIt).click();
    await page.getByText(en.reachedHere).waitFor();
  });
});

describe('a session', () => {
  it('begins at the log-in card, and a controller may not set up', async () => {
    server.role = null;
    const { page } = await openPage(browser, server.url, '/setup');
    await page.locator('#token').fill('the owner’s token');
    await page.keyboard.press('Enter');
    await heading(page, en.headings.channels).waitFor();
    server.role = 'controller';
    await page.reload();
    await page.getByText(en.adminsOnly).waitFor();
    expect(await allFindings(page)).toEqual([]);
  });
});
