import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { en } from '../../src/web/common/texts.en.ts';
import { en as clip } from '../../src/web/watch/clip-texts.en.ts';
import { fr as clipFr } from '../../src/web/watch/clip-texts.fr.ts';
import { en as past } from '../../src/web/watch/past-texts.en.ts';
import { clockOn, fillPast, makeClockTs } from '../fakes/clock-picture.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { type RunningApp, startApp } from '../fakes/running-app.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';
import { allFindings, type OpenOptions, openPage, overflow, picture } from './browser-page.ts';

/** Seconds of the past that is there before the server starts; its clock is of channel 0. */
const LENGTH = 240;
const UN = 1;
const DEUX = 2;
/** Long enough for a busy machine. */
const SOON = { timeout: 30_000 };
/** Seconds by which a picture may miss the chosen moment. */
const EXACT = 1;

let dataDirs: DataDirs;
let panel: FakePanel;
let server: RunningApp;
let browser: Browser;
/** The moment at which the clock of the past is 0, epoch seconds. */
let begin: number;
let restart: () => Promise<void>;

beforeAll(async () => {
  dataDirs = await DataDirs.create();
  const dataDir = await dataDirs.next();
  const [un, deux] = await Promise.all(
    [UN, DEUX].map((channel) => makeClockTs({ channel, seconds: 400, keyframeSeconds: 4 })),
  );
  panel = await FakePanel.start({
    maxConnections: 2,
    channels: [
      { id: UN, name: 'FR| TF1 HD', epg_channel_id: 'tf1' },
      { id: DEUX, name: 'FR| Arte HD', epg_channel_id: 'arte' },
    ],
  });
  panel.live.set(UN, (_, response) => void response.writeHead(200).write(un));
  panel.live.set(DEUX, (_, response) => void response.writeHead(200).write(deux));
  const time = (minutes: number) =>
    new Date(Date.now() + minutes * 60_000).toISOString().replace(/[-:T]|\..*/g, '');
  const programme = (channel: string, title: string) =>
    `<programme channel="${channel}" start="${time(-30)}" stop="${time(90)}"><title>${title}</title></programme>`;
  panel.xmltv = `<tv>${programme('tf1', 'Journal')}${programme('arte', 'Karambolage')}</tv>`;
  const account = { XTREAM_URL: panel.url, XTREAM_USERNAME: panel.username, XTREAM_PASSWORD: panel.password };
  begin =
    (await fillPast(join(dataDir, 'cache', 'rewind'), {
      ...{ channel: 0, seconds: LENGTH, keyframeSeconds: 5, end: Date.now() },
    })) / 1000;
  [server, browser] = await Promise.all([startApp(dataDir, account), launchBrowser()]);
  restart = async () => {
    const { port } = new URL(server.url);
    await server.app.stop();
    server = await startApp(dataDir, { ...account, PORT: port });
  };
  await vi.waitUntil(async () => (await server.get('/api/channels')).body.total === 2, SOON);
  await putOn(UN);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.app.stop();
  await panel?.stop();
  await dataDirs?.remove();
});

async function putOn(channel: number): Promise<void> {
  const { status } = await server.post('/set_active_stream', { channel_id: channel, confirm: true });
  expect(status).toBe(200);
}

async function open(path: string, options?: OpenOptions) {
  const opened = await openPage(browser, server.url, path, options);
  opened.page.setDefaultTimeout(SOON.timeout);
  await timeline(opened.page).waitFor();
  return opened;
}

const timeline = (page: Page) => page.getByRole('slider', { name: past.timeline });
const backToLive = (page: Page) => page.getByRole('button', { name: en.backToLive });
const momentOf = async (page: Page) => Number(await timeline(page).getAttribute('aria-valuenow'));

/** Shows the controls, and a second of the past by a press on the timeline. @returns the moment that was chosen */
async function pressOn(page: Page, second: number): Promise<number> {
  const slider = timeline(page);
  const [from, to] = await Promise.all(
    ['aria-valuemin', 'aria-valuemax'].map(async (name) => Number(await slider.getAttribute(name))),
  );
  const box = await slider.boundingBox();
  if (!box || from === undefined || to === undefined) throw new Error('no timeline');
  const place = (begin + second - from) / (to - from);
  await page.mouse.move(box.x + box.width * place, box.y + box.height / 2);
  await page.mouse.down();
  const chosen = await momentOf(page);
  await page.mouse.up();
  return chosen;
}

/**
 * Fails unless the picture is that of the past, at a moment or as long after it as the page can have played since.
 * @param started of performance.now()
 */
async function expectPastAt(page: Page, moment: number, started = performance.now()): Promise<void> {
  await expect
    .poll(async () => {
      const clock = await clockOn(page);
      if (clock?.channel !== 0) return clock;
      const late = clock.seconds - (moment - begin);
      return late >= -EXACT && late <= EXACT + (performance.now() - started) / 1000;
    }, SOON)
    .toBe(true);
}

async function expectLive(page: Page, channel: number): Promise<void> {
  await backToLive(page).waitFor({ state: 'detached' });
  await expect.poll(async () => (await clockOn(page))?.channel, SOON).toBe(channel);
}

it('the timeline leads to any moment, forwards and backwards, within a second', async () => {
  const { page, complaints } = await open('/watch');
  await expectLive(page, UN);
  for (const second of [100, 33, 171, 44, 229, 8]) {
    const chosen = await pressOn(page, second);
    // the timeline grows meanwhile
    expect(Math.abs(chosen - begin - second)).toBeLessThan(10);
    await expectPastAt(page, chosen);
  }
  await backToLive(page).click();
  await expectLive(page, UN);
  expect(complaints).toEqual([]);
});

it('keys go through the past, on the slider and elsewhere', async () => {
  const { page } = await open('/watch');
  await expectPastAt(page, await pressOn(page, 120));
  await timeline(page).focus();
  const before = await momentOf(page);
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press('ArrowLeft');
  await expectPastAt(page, before - 30);
  expect(await timeline(page).getAttribute('aria-valuetext')).toMatch(/\d:\d\d/);
  await page.keyboard.press('Home');
  await expectPastAt(page, begin);
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  const at = await momentOf(page);
  await page.keyboard.press('ArrowRight');
  await expectPastAt(page, at + 30);
  await page.keyboard.press('j');
  await expectPastAt(page, at);
  await page.keyboard.press('l');
  await expectLive(page, UN);
  await expectPastAt(page, await pressOn(page, 60));
  await timeline(page).press('End');
  await expectLive(page, UN);
});

it('the arrows of a remote reach the timeline and move on it', async () => {
  const { page } = await open(`/watch?tv&at=${Math.floor(begin + 100)}`, {
    size: { width: 1920, height: 1080 },
  });
  await expectPastAt(page, begin + 100);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.evaluate(() => document.activeElement?.role)).toBe('slider');
  const before = await momentOf(page);
  await page.keyboard.press('ArrowLeft');
  await expectPastAt(page, before - 10);
  await page.keyboard.press('ArrowDown');
  expect(await page.evaluate(() => document.activeElement?.role)).not.toBe('slider');
});

it('a switch of the screen changes nothing for whoever watches its past, and the page tells of it', async () => {
  const { page, complaints } = await open('/watch');
  const chosen = await pressOn(page, 90);
  const started = performance.now();
  await expectPastAt(page, chosen);
  await putOn(DEUX);
  await page.getByText('Arte · Karambolage').waitFor({ state: 'attached' });
  expect(await page.locator('.notice').count()).toBe(0);
  await expectPastAt(page, chosen, started);
  await page.mouse.move(600, 300);
  await page
    .getByText(/^\d min behind live$/)
    .first()
    .waitFor();
  // from the start of what is on: of the channel that came last
  await page.keyboard.press('l');
  await expectLive(page, DEUX);
  const seconds = async () => (await clockOn(page))?.seconds;
  await expect.poll(seconds, SOON).toBeGreaterThan(20);
  await page.getByRole('button', { name: past.fromStart }).click();
  await expect.poll(seconds, SOON).toBeLessThan(10);
  expect((await clockOn(page))?.channel).toBe(DEUX);
  expect(complaints).toEqual([]);
});

it('a pause goes on where it was, though the screen went on', async () => {
  const { page } = await open('/watch');
  const channel = (await server.get('/stream_status')).body.channel_id;
  await expectLive(page, channel);
  await page.keyboard.press(' ');
  const paused = await clockOn(page);
  await putOn(channel === UN ? DEUX : UN);
  await page.waitForTimeout(8_000);
  expect(await clockOn(page)).toEqual(paused);
  const started = performance.now();
  await page.keyboard.press(' ');
  await backToLive(page).waitFor();
  await expect
    .poll(() => page.evaluate(() => document.querySelector('video')?.paused ?? true), SOON)
    .toBe(false);
  await expect.poll(async () => (await clockOn(page))?.channel, SOON).toBe(channel);
  const late = ((await clockOn(page))?.seconds ?? 0) - (paused?.seconds ?? 0);
  expect(late).toBeGreaterThanOrEqual(-EXACT);
  expect(late).toBeLessThan(EXACT + (performance.now() - started) / 1000);
});

it('an address opens at a moment, and says when it is gone', async () => {
  const at = Math.floor(begin + 61);
  const { page, complaints } = await open(`/watch?at=${at}`);
  await expectPastAt(page, at);
  expect(new URL(page.url()).search).toBe('');
  await page.keyboard.press('s');
  const share = page.getByRole('dialog', { name: en.share });
  await share.getByRole('button', { name: past.shareMoment }).click();
  const address = await share.getByRole('textbox').inputValue();
  expect(Number(new URL(address).searchParams.get('at')) - at).toBeLessThan(60);
  await page.close();
  const gone = await open(`/watch?at=${Math.floor(begin - 3_600)}`);
  await gone.page.getByText(past.momentGone).waitFor();
  await expectLive(gone.page, (await server.get('/stream_status')).body.channel_id);
  expect([...complaints, ...gone.complaints]).toEqual([]);
});

it.each([
  ['desktop', {}],
  ['phone', { phone: true, locale: 'fr', dark: true }],
] as const)(
  'is accessible and whole on a %s, with a picture of the moment under the pointer',
  async (name, options) => {
    const { page } = await openPage(browser, server.url, `/watch?at=${Math.floor(begin + 130)}`, options);
    const slider = page.getByRole('slider', { name: /Timeline|Frise/ });
    await slider.waitFor({ timeout: SOON.timeout });
    const pill = page.getByRole('button', { name: /Back to live|Retour au direct/ });
    await pill.waitFor();
    await page.mouse.move(150, 400);
    await expect.poll(async () => (await clockOn(page))?.channel, SOON).toBe(0);
    expect(await allFindings(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await picture(page, `watch-past-${name}`);
    const box = await slider.boundingBox();
    if (!box) throw new Error('no timeline');
    await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2);
    const thumbnail = page.locator('.timeline-preview img');
    await thumbnail.waitFor();
    expect(await thumbnail.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(240);
    await picture(page, `watch-past-${name}-preview`);
    const { width } = page.viewportSize() ?? { width: 0 };
    for (const button of await page.locator('.controls button, .controls > *').all()) {
      const place = await button.boundingBox();
      if (!place || place.width === 0) continue;
      expect(place.x).toBeGreaterThanOrEqual(0);
      expect(place.x + place.width).toBeLessThanOrEqual(width);
    }
  },
);

/** A viewer who is logged in: others may make no clip. */
async function openAsViewer(options?: OpenOptions) {
  const { body } = await server.post('/api/tokens', { name: 'Vera', role: 'viewer' });
  const opened = await openPage(browser, server.url, `/#token=${body.token}`, options);
  opened.page.setDefaultTimeout(SOON.timeout);
  await opened.page.locator('.tabs').waitFor();
  await opened.page.goto(`${server.url}/watch`);
  await opened.page.locator('.timeline').waitFor();
  return opened;
}

/** What the page asks for when it makes a clip, and what it gets. Times are epoch seconds. */
async function clipOf(page: Page, make: () => Promise<void>) {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/api/clips')),
    make(),
  ]);
  const { from, to } = answer.request().postDataJSON();
  const { url, file } = await answer.json();
  return { from: Date.parse(from) / 1000, to: Date.parse(to) / 1000, url, file };
}

it('a clip is of the half minute before the picture, in the past and live', async () => {
  const { page, complaints } = await openAsViewer();
  const moment = await pressOn(page, 150);
  await expectPastAt(page, moment);
  const started = performance.now();
  const made = await clipOf(page, () => page.getByRole('button', { name: clip.make }).click());
  const dialog = page.getByRole('dialog', { name: clip.title });
  await dialog.getByRole('button', { name: en.copy }).waitFor();
  expect(await dialog.getByRole('textbox', { name: clip.link }).inputValue()).toBe(made.url);
  expect(made.to - made.from).toBeCloseTo(30, 1);
  expect(made.to).toBeGreaterThanOrEqual(moment - EXACT);
  expect(made.to).toBeLessThanOrEqual(moment + EXACT + (performance.now() - started) / 1000 + 5);
  expect((await fetch(made.file)).headers.get('content-type')).toBe('video/mp4');
  expect(await dialog.getByRole('link', { name: clip.open }).getAttribute('href')).toBe(made.url);
  expect(await allFindings(page)).toEqual([]);
  await picture(page, 'clip-ready');
  await dialog.getByRole('button', { name: en.close }).click();
  await backToLive(page).click();
  await expectLive(page, UN);
  const before = Date.now() / 1000;
  const live = await clipOf(page, () => page.keyboard.press('c'));
  expect(before - live.to).toBeLessThan(30);
  expect(live.to).toBeGreaterThan(made.to);
  await dialog.getByRole('textbox', { name: clip.link }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.keyboard.press('?');
  await page.getByText(clip.key).waitFor();
  expect(complaints).toEqual([]);
});

it('on a phone a clip is in the menu; it says why there is none, and tries again', async () => {
  const { page } = await openAsViewer({ phone: true, locale: 'fr' });
  await page.route('**/api/clips', (route) =>
    route.fulfill({ status: 503, json: { error: { code: 'clips_busy', message: 'Trop d’extraits.' } } }),
  );
  await page.locator('.menu > button').click();
  await picture(page, 'clip-menu-phone-fr');
  await page.getByRole('button', { name: clipFr.make }).filter({ visible: true }).click();
  const dialog = page.getByRole('dialog', { name: clipFr.title });
  await dialog.getByText('Trop d’extraits.').waitFor();
  await picture(page, 'clip-failed-phone-fr');
  await page.unroute('**/api/clips');
  await dialog.getByRole('button', { name: clipFr.again }).click();
  await dialog.getByRole('textbox', { name: clipFr.link }).waitFor();
  expect(await overflow(page)).toBe(0);
  await picture(page, 'clip-ready-phone-fr');
});

it('a clip is not for those who are not logged in', async () => {
  const { page } = await open('/watch');
  await page.keyboard.press('c');
  await page.keyboard.press('?');
  await page.getByText(past.keyBack, { exact: true }).waitFor();
  expect(await page.getByText(clip.key).count()).toBe(0);
  expect(await page.getByRole('button', { name: clip.make }).count()).toBe(0);
});

it('has no timeline where nothing is kept', async () => {
  const page = await browser.newPage();
  await page.route('**/api/past', (route) =>
    route.fulfill({ json: { from: null, to: new Date().toISOString(), programmes: [] } }),
  );
  await page.goto(`${server.url}/watch`);
  await expect.poll(() => clockOn(page), SOON).not.toBeNull();
  expect(await page.getByRole('slider', { name: past.timeline }).count()).toBe(0);
  expect(await page.getByRole('button', { name: past.back30 }).count()).toBe(0);
  await page.close();
});

it('goes on at the same moment after the server has restarted', async () => {
  const { page } = await open('/watch');
  const chosen = await pressOn(page, 20);
  await expectPastAt(page, chosen);
  const started = performance.now();
  await restart();
  // past what was loaded before
  await page.waitForTimeout(Math.max(0, 40_000 - (performance.now() - started)));
  await expectPastAt(page, chosen, started);
  const later = (await clockOn(page))?.seconds ?? 0;
  expect(later - (chosen - begin)).toBeGreaterThan(30);
}, 120_000);
