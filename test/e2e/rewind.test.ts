import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { en } from '../../src/web/common/texts.en.ts';
import { en as clip } from '../../src/web/watch/clip-texts.en.ts';
import { en as past } from '../../src/web/watch/past-texts.en.ts';
import { clockOn } from '../fakes/clock-picture.ts';
import { allFindings, picture } from './browser-page.ts';
import { backToLive, DEUX, EXACT, expectLive, RewindWorld, SOON, UN } from './rewind-world.ts';

let world: RewindWorld;
beforeAll(async () => {
  world = await RewindWorld.start(200);
}, 120_000);
afterAll(() => world?.stop());

it('the timeline leads to any moment, forwards and backwards, within a second', async () => {
  const { page, complaints } = await world.open('/watch');
  await expectLive(page, UN);
  for (const second of [100, 33, 229, 8]) {
    const chosen = await world.pressOn(page, second);
    // the timeline grows meanwhile
    expect(Math.abs(chosen - world.begin - second)).toBeLessThan(10);
    await world.expectPastAt(page, chosen);
  }
  await backToLive(page).click();
  await expectLive(page, UN);
  expect(complaints).toEqual([]);
});

it('a clip is of the half minute before the picture, in the past and live', async () => {
  const { page, complaints } = await world.openAsViewer();
  const moment = await world.pressOn(page, 150);
  await world.expectPastAt(page, moment);
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
  // the browser tells that the dialog has closed only after the next key
  await dialog.evaluate((element: HTMLDialogElement) => {
    element.close();
    document.dispatchEvent(new KeyboardEvent('keydown', { key: '?' }));
  });
  await dialog.waitFor({ state: 'detached' });
  await page.getByText(clip.key).waitFor();
  expect(complaints).toEqual([]);
});

it('a switch of the screen changes nothing for whoever watches its past, and the page tells of it', async () => {
  const { page, complaints } = await world.open('/watch');
  const chosen = await world.pressOn(page, 90);
  const started = performance.now();
  await world.expectPastAt(page, chosen);
  await world.putOn(DEUX);
  await page.getByText('Arte · Karambolage').waitFor({ state: 'attached' });
  expect(await page.locator('.notice').count()).toBe(0);
  await world.expectPastAt(page, chosen, started);
  await page.mouse.move(600, 300);
  await page
    .getByText(/^\d min behind live$/)
    .first()
    .waitFor();
  // from the start of what is on: of the channel that came last
  await page.keyboard.press('l');
  await expectLive(page, DEUX);
  const secondsOfDeux = async () => {
    const clock = await clockOn(page);
    return clock?.channel === DEUX ? clock.seconds : undefined;
  };
  await expect.poll(secondsOfDeux, SOON).toBeGreaterThan(14);
  await page.getByRole('button', { name: past.fromStart }).click();
  await expect.poll(secondsOfDeux, SOON).toBeLessThan(10);
  expect(complaints).toEqual([]);
});

it('an address opens at a moment, and says when it is gone', async () => {
  const at = Math.floor(world.begin + 61);
  const { page, complaints } = await world.open(`/watch?at=${at}`);
  await world.expectPastAt(page, at);
  expect(new URL(page.url()).search).toBe('');
  await page.keyboard.press('s');
  const share = page.getByRole('dialog', { name: en.share });
  await share.getByRole('button', { name: past.shareMoment }).click();
  const address = await share.getByRole('textbox').inputValue();
  expect(Number(new URL(address).searchParams.get('at')) - at).toBeLessThan(60);
  await page.close();
  const gone = await world.open(`/watch?at=${Math.floor(world.begin - 3_600)}`);
  await gone.page.getByText(past.momentGone).waitFor();
  await expectLive(gone.page, (await world.server.get('/stream_status')).body.channel_id);
  expect([...complaints, ...gone.complaints]).toEqual([]);
});

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
