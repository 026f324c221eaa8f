import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { demoChannels } from '../../src/demo/channels.ts';
import { en } from '../../src/web/common/texts.en.ts';
import { fr } from '../../src/web/common/texts.fr.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { toneOf } from '../fakes/real-ts.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { openPage, overflow, picture, seriousFindings } from './browser-page.ts';

/** The demo's channel with two tracks: French and English. */
const channel = demoChannels.find(({ englishTone }) => englishTone !== null);
const french = channel?.tone ?? 0;
const english = channel?.englishTone ?? 0;
const settings = { AUDIO_LANGUAGES: 'de,en', XTREAM_MAX_CONNECTIONS: '1' };
/** Enough for the next keyframe and a first segment on a busy machine. */
const patience = { timeout: 15_000 };

let dataDirs: DataDirs;
let dataDir: string;
let server: RunningApp;
let browser: Browser;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  dataDir = await dataDirs.next();
  [server, browser] = await Promise.all([startApp(dataDir, settings), launchBrowser()]);
  await vi.waitUntil(async () => (await server.get('/api/channels')).body.total > 0, patience);
  await server.post('/set_active_stream', { channel_id: channel?.id });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.app.stop();
  await dataDirs?.remove();
});

const status = async () => (await server.get('/stream_status')).body;
const segment = async (number: number) =>
  new Uint8Array(await (await fetch(`${server.url}/live/seg/${number}.ts`)).arrayBuffer());

/** The tone after the last discontinuity, where the current audio began. */
async function heard(): Promise<number> {
  const { first_segment: first } = await status();
  let tone = Number.POSITIVE_INFINITY;
  // A channel that is late with its sound begins with silence.
  for (let from = first; !Number.isFinite(tone) && from < first + 4; from++) {
    await expect
      .poll(async () => (await server.get('/live/index.m3u8')).body, patience)
      .toContain(`seg/${from + 1}.ts`);
    tone = await toneOf(Buffer.concat([await segment(from), await segment(from + 1)]));
  }
  return tone;
}

/** The id of the track in a language. */
const track = async (language: string): Promise<number> =>
  (await status()).audio_tracks.find((one: { language: string }) => one.language === language).id;

async function isFineFor(page: Page): Promise<void> {
  expect(await seriousFindings(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
}

describe('a channel with two tracks', () => {
  it('plays the preferred language, then the other one over the same connection and without the slate', async () => {
    expect(await heard()).toBeCloseTo(english, -2);
    const { first_segment: before } = await status();
    const { status: answer, body } = await server.post('/api/audio', { track: await track('fr') });
    expect([answer, body.audio_track, body.state]).toEqual([200, await track('fr'), 'live']);
    expect(await heard()).toBeCloseTo(french, -2);
    const { body: playlist } = await server.get('/live/index.m3u8');
    const [, since = ''] = playlist.split(`seg/${before}.ts`);
    expect(since.split('#EXT-X-DISCONTINUITY\n')).toHaveLength(2);
    expect(body.first_segment).toBeGreaterThan(before);
    expect(server.log().filter(({ msg }) => msg === 'source ended')).toEqual([]);
  });

  it('keeps the chosen language across a restart of the process', async () => {
    await server.app.stop();
    server = await startApp(dataDir, settings);
    await expect.poll(async () => (await status()).state, patience).toBe('live');
    expect(await heard()).toBeCloseTo(french, -2);
  }, 30_000);

  it.each([
    ['console', '/', {}],
    ['console, dark, on a phone', '/', { dark: true, phone: true }],
  ])(
    'offers its tracks in the %s',
    async (name, path, options) => {
      await server.post('/api/audio', { track: await track('fr') });
      const { page, complaints } = await openPage(
        browser,
        server.url,
        `${path}#token=${ADMIN_TOKEN}`,
        options,
      );
      // on a phone the card is folded at first
      if ('phone' in options) await page.getByRole('button', { name: en.details }).click();
      const menu = page.getByLabel(en.audio);
      await menu.waitFor();
      expect(await menu.locator('option').allTextContents()).toEqual(['French', 'English']);
      expect(await menu.locator('option:checked').textContent()).toBe('French');
      await menu.selectOption('English');
      await expect.poll(async () => (await status()).audio_track, patience).toBe(await track('en'));
      await expect.poll(() => menu.getAttribute('aria-busy'), patience).toBe('false');
      expect(await menu.locator('option:checked').textContent()).toBe('English');
      await isFineFor(page);
      await picture(page, `audio-${name.replaceAll(/\W+/g, '-')}`);
      expect(complaints).toEqual([]);
      await page.close();
    },
    30_000,
  );

  it.each([
    ['on a screen', {}],
    ['on a phone, in French', { phone: true, locale: 'fr' }],
  ])('offers its tracks in the remote of /watch %s', async (name, options) => {
    await server.post('/api/audio', { track: await track('fr') });
    const { page } = await openPage(browser, server.url, `/#token=${ADMIN_TOKEN}`, options);
    await page.locator('.on-air h1').waitFor();
    await page.goto(`${server.url}/watch`);
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 1);
    await page.mouse.move(200, 200);
    await page.getByRole('button', { name: /Remote|Télécommande/ }).click();
    const menu = page.getByLabel(new RegExp(`${en.audio}|${fr.audio}`));
    await menu.selectOption({ index: 1 });
    await expect.poll(async () => (await status()).audio_track, patience).toBe(await track('en'));
    await page.waitForTimeout(400);
    await isFineFor(page);
    await picture(page, `audio-remote-${name.replaceAll(/\W+/g, '-')}`);
    await page.close();
  });

  it('does not let viewers choose the track', async () => {
    const invitation = await server.post('/api/invites', { name: 'Ada', role: 'viewer' });
    const { page } = await openPage(browser, server.url, new URL(invitation.body.url).pathname);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.waitForURL(/\/watch$/);
    await page.getByRole('button', { name: 'Remote' }).waitFor();
    await page.keyboard.press('r');
    await page.locator('.remote-channel').first().waitFor();
    expect(await page.getByLabel(en.audio).count()).toBe(0);
    await page.goto(`${server.url}/`);
    await page.locator('.channel-on-air').waitFor();
    expect(await page.getByLabel(en.audio).count()).toBe(0);
    await page.close();
  });
});
