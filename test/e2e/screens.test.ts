import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { en } from '../../src/web/common/texts.en.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import {
  allFindings,
  type BrowserState,
  type OpenOptions,
  openPage,
  overflow,
  picture,
  pressOnRemote,
} from './browser-page.ts';

const LAPTOP = { width: 1280, height: 720 };
const PHONE = { width: 390, height: 844 };
const TV = { width: 1920, height: 1080 };
/** A laptop's window zoomed to 200 %. */
const ZOOMED = { width: 640, height: 360 };
const DEUX = 102;
/** Long enough for a busy machine. */
const SOON = { timeout: 10_000 };

let dataDirs: DataDirs;
let server: RunningApp;
let browser: Browser;
let operator: BrowserState;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  [server, browser] = await Promise.all([startApp(await dataDirs.next(), {}), launchBrowser()]);
  const { page } = await openPage(browser, server.url, `/#token=${ADMIN_TOKEN}`);
  await page.locator('.channel-name').first().waitFor();
  operator = await page.context().storageState();
  await page.close();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.app.stop();
  await dataDirs?.remove();
});

const open = (path: string, options: OpenOptions = {}) =>
  openPage(browser, server.url, path, { state: operator, ...options });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');
const onAir = async () => (await server.get('/stream_status')).body.channel_id;

/** The number of elements in view as a whole, above the elements fixed to the lower edge. */
function inSight(page: Page, selector: string): Promise<number> {
  return page.evaluate((wanted) => {
    const tabs = document.querySelector('.tabs');
    const isBelow = tabs !== null && getComputedStyle(tabs).position === 'fixed';
    const edge = isBelow ? tabs.getBoundingClientRect().top : innerHeight;
    return [...document.querySelectorAll(wanted)].filter((element) => {
      const { top, bottom, height } = element.getBoundingClientRect();
      return height > 0 && top >= 0 && bottom <= edge + 1;
    }).length;
  }, selector);
}

/** The smallest type in view, in pixels. */
function smallestType(page: Page): Promise<number> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let smallest = Number.POSITIVE_INFINITY;
    while (walker.nextNode()) {
      const { parentElement: parent, textContent } = walker.currentNode;
      if (!parent || textContent?.trim() === '' || !parent.checkVisibility({ opacityProperty: true }))
        continue;
      const { width, bottom, top } = parent.getBoundingClientRect();
      const isDecoration = parent.closest('.hidden-text, [aria-hidden="true"], option') !== null;
      if (width < 2 || bottom < 0 || top > innerHeight || isDecoration) continue;
      smallest = Math.min(smallest, Number.parseFloat(getComputedStyle(parent).fontSize));
    }
    return smallest;
  });
}

describe('the console', () => {
  it.each([
    [LAPTOP, 6, 6],
    [PHONE, 4, 4],
    [TV, 5, 4],
    [ZOOMED, 1, 1],
  ])(
    'shows lists and guide without scrolling: %j',
    async (size, channels, guideRows) => {
      await server.post('/set_active_stream', { channel_id: DEUX });
      const { page, complaints } = await open(size === TV ? '/?tv' : '/', { size });
      await page.locator('.channel-name').first().waitFor();
      await expect.poll(() => inSight(page, '.channel'), SOON).toBeGreaterThanOrEqual(channels);
      await page.getByRole('link', { name: 'Guide' }).click();
      await page.locator('.guide-cell').first().waitFor();
      await expect.poll(() => inSight(page, '.guide-row'), SOON).toBeGreaterThanOrEqual(guideRows);
      for (const tab of [en.views.history, en.views.links, en.views.access, en.views.server]) {
        await page.getByRole('link', { name: tab, exact: true }).click();
        await page.locator(':is(main h2, .title-hits li, .channel-none):visible').first().waitFor();
        await expect
          .poll(() => inSight(page, 'main h2, .title-hits li, .channel-none > *'), SOON)
          .toBeGreaterThanOrEqual(1);
      }
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      if (size === TV) expect(await smallestType(page)).toBeGreaterThanOrEqual(24);
      expect(complaints).toEqual([]);
      await page.close();
    },
    60_000,
  );

  it('keeps the channel on air in view in one line, and unfolds it', async () => {
    await server.post('/set_active_stream', { channel_id: DEUX });
    const { page } = await open('/', { size: LAPTOP });
    const card = page.getByRole('region', { name: 'On air' });
    await card.getByRole('heading', { name: 'Deux' }).waitFor();
    await page.locator('.channel-name').first().waitFor();
    const height = async () => (await card.boundingBox())?.height ?? 0;
    expect(await height()).toBeLessThanOrEqual(66);
    await page.evaluate(() => scrollTo(0, 400));
    await expect.poll(async () => (await card.boundingBox())?.y, SOON).toBe(0);
    await card.getByRole('button', { name: 'Details' }).click();
    await card.getByText(/\d connections?/).waitFor();
    expect(await height()).toBeGreaterThan(120);
    await page.keyboard.press('Escape');
    await expect.poll(height, SOON).toBeLessThanOrEqual(66);
    await page.close();
  }, 60_000);

  it('counts the channels it shows and aligns the stars of all rows', async () => {
    await server.post('/set_active_stream', { channel_id: DEUX });
    const { page } = await open('/', { size: LAPTOP });
    await page.locator('.channel-on-air').waitFor();
    const shown = await page.locator('.channel-count').textContent();
    const all = await page.getByRole('button', { name: /^All channels/ }).textContent();
    expect(all?.replace(/\D/g, '')).toBe(shown?.replace(/\D/g, ''));
    const lefts = await page
      .locator('.channel .star')
      .evaluateAll((stars) => stars.map((star) => Math.round(star.getBoundingClientRect().left)));
    expect(new Set(lefts).size).toBe(1);
    await page.close();
  }, 60_000);

  it('finds a channel by its current programme', async () => {
    const { page } = await open('/', { size: LAPTOP });
    const title = (await page.locator('.channel-now').first().textContent()) ?? '';
    const name = (await page.locator('.channel-name').first().textContent()) ?? '';
    await page.getByLabel('Search channels').fill(title);
    await expect
      .poll(() => page.locator('.channel', { hasText: title }).locator('.channel-name').allTextContents())
      .toContain(name);
    await page.close();
  }, 60_000);

  it('works with a remote: arrows, OK, digits, back', async () => {
    await server.post('/stop_stream');
    const { page, complaints } = await open('/?tv', { size: TV });
    await page.locator('.channel-now').first().waitFor();
    const { keyboard } = page;
    const isIn = (selector: string) =>
      page.evaluate((wanted) => document.activeElement?.closest(wanted) !== null, selector);
    await keyboard.press('ArrowDown');
    for (let presses = 0; presses < 8 && !(await isIn('.channel-list')); presses += 1)
      await keyboard.press('ArrowDown');
    for (let presses = 0; presses < 3; presses += 1) await keyboard.press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement?.classList.contains('channel-button'))).toBe(
      true,
    );
    const place = () =>
      page.evaluate(() => Number(document.activeElement?.closest('li')?.getAttribute('aria-posinset')));
    const first = await place();
    for (let presses = 0; presses < 7; presses += 1) await keyboard.press('ArrowDown');
    expect(await place()).toBe(first + 7);
    await picture(page, 'console-tv');
    for (let presses = 0; presses < 7; presses += 1) await keyboard.press('ArrowUp');
    expect(await place()).toBe(first);
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await expect.poll(onAir, { timeout: 30_000 }).toBe(DEUX);

    await keyboard.press('5');
    await page.locator('.number-display').getByText('5', { exact: true }).waitFor();
    await keyboard.press('Enter');
    await page.locator('.number-display').getByText('Zapette Sport 1').waitFor();
    await expect.poll(onAir, { timeout: 30_000 }).toBe(201);
    await keyboard.type('999');
    await page.getByText(en.noSuchNumber('999')).waitFor();
    // Chromium cannot press this key
    await page.evaluate(() => {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ChannelUp', bubbles: true }));
    });
    await expect.poll(onAir, { timeout: 30_000 }).not.toBe(201);

    await page.getByRole('link', { name: 'Guide' }).press('Enter');
    await page.locator('.guide-cell').first().waitFor();
    await keyboard.press('Backspace');
    await page.locator('.channel-list').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  }, 120_000);
});

describe('/watch', () => {
  it('works with a remote: OK lists the channels, arrows move, back closes, digits choose', async () => {
    await server.post('/set_active_stream', { channel_id: DEUX });
    const { page, complaints } = await open('/watch?tv', { size: TV });
    const remote = page.getByRole('dialog', { name: 'Remote' });
    const { keyboard } = page;
    await page.getByRole('button', { name: 'Remote' }).waitFor();
    await keyboard.press('Enter');
    await expect.poll(() => focused(page), SOON).toContain('Deux');
    // the channel may be among the recents and in the whole list
    for (let presses = 0; presses < 5 && (await focused(page)).includes('Deux'); presses += 1)
      await keyboard.press('ArrowDown');
    expect(await focused(page)).not.toContain('Deux');
    expect(await smallestType(page)).toBeGreaterThanOrEqual(24);
    await picture(page, 'watch-tv-remote');
    const chosen = await focused(page);
    await keyboard.press('Enter');
    // With what the page says, should the channel not come.
    const outcome = async () => ({
      onAir: await onAir(),
      chosen,
      focused: await focused(page),
      said: await page
        .locator('.remote-failure')
        .textContent({ timeout: 1_000 })
        .catch(() => null),
    });
    await expect.poll(outcome, { timeout: 30_000 }).not.toMatchObject({ onAir: DEUX });
    await pressOnRemote(page, 'GoBack');
    await remote.waitFor({ state: 'detached' });

    await keyboard.press('2');
    await keyboard.press('Enter');
    await expect.poll(onAir, { timeout: 30_000 }).toBe(DEUX);
    await keyboard.press('PageUp');
    await expect.poll(onAir, { timeout: 30_000 }).not.toBe(DEUX);

    await keyboard.press('ArrowRight');
    const walked = new Set<string>();
    for (let presses = 0; presses < 12; presses += 1) {
      walked.add(await page.evaluate(() => document.activeElement?.localName ?? ''));
      await keyboard.press('ArrowLeft');
    }
    expect(walked).toContain('media-play-button');
    expect(complaints).toEqual([]);
    await page.close();
  }, 120_000);

  it('shows all buttons in full on a phone, logged in and in French', async () => {
    const { page } = await open('/watch', { size: PHONE, locale: 'fr' });
    await page.getByRole('button', { name: 'Télécommande' }).waitFor();
    const boxes = await page
      .locator('.controls > *:not(.controls-space)')
      .evaluateAll((controls) =>
        controls.map((control) => control.getBoundingClientRect()).filter(({ width }) => width > 0),
      );
    expect(boxes.length).toBeGreaterThanOrEqual(6);
    for (const { width, left, right } of boxes) {
      expect(width).toBeGreaterThanOrEqual(40);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(PHONE.width);
    }
    await page.close();
  }, 60_000);

  it('offers its address to share and the statistics of the stream', async () => {
    await server.post('/set_active_stream', { channel_id: DEUX });
    const { page, complaints } = await open('/watch', { size: LAPTOP });
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('button', { name: 'Share' }).click();
    const share = page.getByRole('dialog', { name: 'Share' });
    await expect.poll(() => share.getByRole('textbox').inputValue(), SOON).toBe(`${server.url}/watch`);
    await share.getByRole('img').waitFor();
    await page.keyboard.press('Escape');
    await share.waitFor({ state: 'detached' });
    await page.keyboard.press('i');
    const stats = page.getByRole('region', { name: 'Stream details' });
    await stats.waitFor();
    const size = () =>
      page.evaluate(() => {
        const { videoWidth = 0, videoHeight = 0 } = document.querySelector('video') ?? {};
        return `${videoWidth} × ${videoHeight}`;
      });
    await expect
      .poll(async () => (await stats.locator('dd').first().textContent()) === (await size()), SOON)
      .toBe(true);
    await stats.getByText(/avc1.*mp4a/).waitFor();
    await page.keyboard.press('Escape');
    await stats.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);

  it('offers to unmute in a corner, but not while the silent slate is on', async () => {
    await server.post('/stop_stream');
    const { page } = await open('/watch', { size: LAPTOP });
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.5);
    expect(await page.locator('.unmute').count()).toBe(0);
    await server.post('/set_active_stream', { channel_id: DEUX });
    const box = await page.locator('.unmute').boundingBox();
    expect(box?.x).toBeGreaterThan(LAPTOP.width / 2);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(LAPTOP.height / 4);
    await page.close();
  }, 60_000);
});

describe('axe finds nothing', () => {
  const looks: readonly (readonly [string, OpenOptions, string])[] = [
    ['light', { size: LAPTOP }, ''],
    ['dark, on a phone, in French', { size: PHONE, locale: 'fr', dark: true }, ''],
    ['on a television', { size: TV, dark: true }, '?tv'],
  ];
  it.each(looks)(
    'on any tab of the console, folded and unfolded: %s',
    async (_look, options, query) => {
      await server.post('/set_active_stream', { channel_id: DEUX });
      const { page } = await open(`/${query}`, options);
      await page.locator('.channel-now').first().waitFor();
      for (const tab of ['channels', 'guide', 'recordings', 'history', 'links', 'access', 'server']) {
        await page.evaluate((name) => {
          location.hash = name;
        }, tab);
        await page
          .locator(':is(main h2, .channel-now, .guide-cell, .title-hits li):visible')
          .first()
          .waitFor();
        expect([tab, await allFindings(page)]).toEqual([tab, []]);
      }
      await page.locator('.on-air-fold').click();
      expect(await allFindings(page)).toEqual([]);
      await page.close();
    },
    120_000,
  );

  it.each(looks)(
    'in any state of /watch: %s',
    async (_look, options, query) => {
      await server.post('/set_active_stream', { channel_id: DEUX });
      const { page } = await open(`/watch${query}`, options);
      await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.5);
      for (const key of ['m', 'e', 'i', 's', '?', 'r']) {
        await page.keyboard.press(key);
        await page.waitForTimeout(400);
        expect([key, await allFindings(page)]).toEqual([key, []]);
        await page.keyboard.press('Escape');
      }
      await page.locator('.menu > button').press('Enter');
      await page.locator('.menu-list').waitFor();
      expect(await allFindings(page)).toEqual([]);
      await page.close();
    },
    120_000,
  );
});
