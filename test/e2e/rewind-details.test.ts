import { afterAll, beforeAll, expect, it } from 'vitest';
import { en as clip } from '../../src/web/watch/clip-texts.en.ts';
import { fr as clipFr } from '../../src/web/watch/clip-texts.fr.ts';
import { en as past } from '../../src/web/watch/past-texts.en.ts';
import { clockOn } from '../fakes/clock-picture.ts';
import { allFindings, openPage, overflow, picture } from './browser-page.ts';
import {
  backToLive,
  DEUX,
  EXACT,
  expectLive,
  momentOf,
  RewindWorld,
  SOON,
  timeline,
  UN,
} from './rewind-world.ts';

/** What else the timeline does; `rewind.test.ts` has the way through it. */
let world: RewindWorld;
beforeAll(async () => {
  world = await RewindWorld.start(300);
}, 120_000);
afterAll(() => world?.stop());

it('keys go through the past, on the slider and elsewhere', async () => {
  const { page } = await world.open('/watch');
  await world.expectPastAt(page, await world.pressOn(page, 120));
  await timeline(page).focus();
  const before = await momentOf(page);
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press('ArrowLeft');
  await world.expectPastAt(page, before - 30);
  expect(await timeline(page).getAttribute('aria-valuetext')).toMatch(/\d:\d\d/);
  await page.keyboard.press('Home');
  await world.expectPastAt(page, world.begin);
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  const at = await momentOf(page);
  await page.keyboard.press('ArrowRight');
  await world.expectPastAt(page, at + 30);
  await page.keyboard.press('j');
  await world.expectPastAt(page, at);
  await page.keyboard.press('l');
  await expectLive(page, UN);
  await world.expectPastAt(page, await world.pressOn(page, 60));
  await timeline(page).press('End');
  await expectLive(page, UN);
});

it('the arrows of a remote reach the timeline and move on it', async () => {
  const { page } = await world.open(`/watch?tv&at=${Math.floor(world.begin + 100)}`, {
    size: { width: 1920, height: 1080 },
  });
  await world.expectPastAt(page, world.begin + 100);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.evaluate(() => document.activeElement?.role)).toBe('slider');
  const before = await momentOf(page);
  await page.keyboard.press('ArrowLeft');
  await world.expectPastAt(page, before - 10);
  await page.keyboard.press('ArrowDown');
  expect(await page.evaluate(() => document.activeElement?.role)).not.toBe('slider');
});

it('a pause goes on where it was, though the screen went on', async () => {
  const { page } = await world.open('/watch');
  const channel = (await world.server.get('/stream_status')).body.channel_id;
  await expectLive(page, channel);
  await page.keyboard.press(' ');
  const paused = await clockOn(page);
  await world.putOn(channel === UN ? DEUX : UN);
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

it.each([
  ['desktop', {}],
  ['phone', { phone: true, locale: 'fr', dark: true }],
] as const)(
  'is accessible and whole on a %s, with a picture of the moment under the pointer',
  async (name, options) => {
    const { page } = await openPage(
      world.browser,
      world.server.url,
      `/watch?at=${Math.floor(world.begin + 130)}`,
      options,
    );
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

it('on a phone a clip is in the menu; it says why there is none, and tries again', async () => {
  const { page } = await world.openAsViewer({ phone: true, locale: 'fr' });
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
  const { page } = await world.open('/watch');
  await page.keyboard.press('c');
  await page.keyboard.press('?');
  await page.getByText(past.keyBack, { exact: true }).waitFor();
  expect(await page.getByText(clip.key).count()).toBe(0);
  expect(await page.getByRole('button', { name: clip.make }).count()).toBe(0);
});

it('has no timeline where nothing is kept', async () => {
  const page = await world.browser.newPage();
  await page.route('**/api/past', (route) =>
    route.fulfill({ json: { from: null, to: new Date().toISOString(), programmes: [] } }),
  );
  await page.goto(`${world.server.url}/watch`);
  await expect.poll(() => clockOn(page), SOON).not.toBeNull();
  expect(await page.getByRole('slider', { name: past.timeline }).count()).toBe(0);
  expect(await page.getByRole('button', { name: past.back30 }).count()).toBe(0);
  await page.close();
});

it('goes on at the same moment after the server has restarted', async () => {
  const { page } = await world.open('/watch');
  const chosen = await world.pressOn(page, 20);
  await world.expectPastAt(page, chosen);
  const started = performance.now();
  await world.restart();
  // past what was loaded before
  await page.waitForTimeout(Math.max(0, 40_000 - (performance.now() - started)));
  await world.expectPastAt(page, chosen, started);
  const later = (await clockOn(page))?.seconds ?? 0;
  expect(later - (chosen - world.begin)).toBeGreaterThan(30);
}, 120_000);
