import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { argumentList } from '../../src/lib/argument-list.ts';
import { openDatabase } from '../../src/store/database.ts';
import { StoredRecordings } from '../../src/store/recordings.ts';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { mainId } from '../fakes/main-id.ts';
import { type RunningApp, startApp } from '../fakes/running-app.ts';
import { openPage, seriousFindings } from './browser-page.ts';

const SECONDS = 40;

/** A picture, a low tone, and a high one. */
const sources = argumentList(
  `-f lavfi -i testsrc=s=320x180:r=25:d=${SECONDS} -f lavfi -i sine=f=440:r=48000:d=${SECONDS} -f lavfi -i sine=f=1500:r=48000:d=${SECONDS}`,
);
const h264 = '-c:v libx264 -preset ultrafast -bf 2 -pix_fmt yuv420p -g 50';
/** By their titles, numbered from 1. */
const recordings = {
  Film: `-map 0:v -map 2:a ${h264} -c:a aac -ac 2`,
  Match:
    `-map 0:v -map 2:a -map 1:a -map 2:a ${h264} -c:a mp2 -c:a:1 ac3 -ac:a:1 6 -disposition:a:0 visual_impaired` +
    ' -metadata:s:a:0 language=fra -metadata:s:a:1 language=fra -metadata:s:a:2 language=eng',
  Old: '-map 0:v -map 1:a -ac 6 -c:v mpeg2video -g 50 -c:a ac3',
  New: '-map 0:v -map 1:a -ac 6 -c:v libx265 -preset ultrafast -x265-params log-level=none -g 50 -c:a ac3',
};

let dataDirs: DataDirs;
let server: RunningApp;
let browser: Browser;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  const dataDir = await dataDirs.next();
  const folder = join(dataDir, 'recordings', 'Shows');
  await mkdir(folder, { recursive: true });
  const { path } = await findFfmpeg(null);
  const database = openDatabase(join(dataDir, 'zapette.db'));
  const stored = new StoredRecordings(database);
  const start = Date.now() - 3_600_000;
  for (const [title, codecs] of Object.entries(recordings)) {
    const file = join(folder, `${title}.mkv`);
    await execa(path, [...sources, ...argumentList(codecs), file]);
    const id = stored.add({
      ...{ channelId: mainId(2), channelName: 'Arte', title, programme: null, isFollowing: false },
      ...{ start, stop: start + SECONDS * 1000, state: 'planned', createdAt: start },
      isFromArchive: false,
      by: { id: 'discord:1', name: 'Ada' },
    });
    stored.change(id, { state: 'done', file: `Shows/${title}.mkv`, bytes: (await stat(file)).size });
  }
  database.close();
  [server, browser] = await Promise.all([startApp(dataDir, {}), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.app.stop();
  await dataDirs?.remove();
});

const timeOf = (page: Page) => page.evaluate(() => document.querySelector('video')?.currentTime ?? -1);
const seek = (page: Page, to: number) =>
  page.evaluate((at) => {
    const video = document.querySelector('video');
    if (video) video.currentTime = at;
  }, to);

it('plays a recording, goes where one wants, and goes on there the next time', async () => {
  const { page, complaints } = await openPage(browser, server.url, '/watch/recordings/1', { locale: 'fr' });
  await expect.poll(() => timeOf(page), { timeout: 50_000 }).toBeGreaterThan(0.5);
  expect(await page.title()).toBe('Film · Zapette');
  expect(await page.evaluate(() => document.querySelector('video')?.duration)).toBeCloseTo(SECONDS, 0);
  for (const to of [31, 3.4, 17]) {
    await seek(page, to);
    await expect.poll(() => timeOf(page), { timeout: 50_000 }).toBeGreaterThan(to + 0.3);
    expect(await timeOf(page)).toBeLessThan(to + 10);
  }
  expect(await seriousFindings(page)).toEqual([]);
  expect(await page.getByText('Fichier pour VLC').getAttribute('href')).toBe('/recordings/1');
  await seek(page, 38);
  await expect
    .poll(() => page.evaluate(() => document.querySelector('video')?.ended), { timeout: 50_000 })
    .toBe(true);
  expect(complaints).toEqual([]);
}, 180_000);

/** The loudest tone that a page plays, in Hz; 0 for silence. */
const toneOf = (page: Page) =>
  page.evaluate(async () => {
    const video = document.querySelector('video') as
      | (HTMLVideoElement & { captureStream(): MediaStream })
      | null;
    const [track] = video?.captureStream().getAudioTracks() ?? [];
    if (!track) return 0;
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 });
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    await context.resume();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const levels = new Uint8Array(analyser.frequencyBinCount);
    analyser.getByteFrequencyData(levels);
    const loudest = Math.max(...levels);
    await context.close();
    return loudest === 0 ? 0 : (levels.indexOf(loudest) * context.sampleRate) / 4096;
  });

it('has sound in whatever form it was recorded, in the language that one chooses', async () => {
  const { page, complaints } = await openPage(browser, server.url, '/watch/recordings/2', { locale: 'en' });
  const isNear = (tone: number) => [expect.closeTo(tone, -2)];
  await expect.poll(() => timeOf(page), { timeout: 50_000 }).toBeGreaterThan(0.5);
  const menu = page.getByRole('combobox');
  expect(await menu.locator('option').allTextContents()).toEqual([
    'French (audio description)',
    'French',
    'English',
  ]);
  await seek(page, 20);
  await expect.poll(() => timeOf(page), { timeout: 50_000 }).toBeGreaterThan(20.5);
  await expect.poll(async () => [await toneOf(page)], { timeout: 30_000 }).toEqual(isNear(440));
  // Chromium gives a video whose sound is listened to no other one.
  await page.goto(`${server.url}/watch/recordings/2?t=10`);
  await expect.poll(() => timeOf(page), { timeout: 50_000 }).toBeGreaterThan(10.1);
  await menu.selectOption('English');
  await expect.poll(async () => [await toneOf(page)], { timeout: 30_000 }).toEqual(isNear(1500));
  expect(await timeOf(page)).toBeGreaterThan(10);
  expect(await page.evaluate(() => document.querySelector('video')?.videoWidth)).toBe(320);
  expect(await seriousFindings(page)).toEqual([]);
  expect(complaints).toEqual([]);
}, 180_000);

it.each([
  [3, 'Ce navigateur n’en montre pas l’image'],
  [4, 'Ce navigateur ne peut pas'],
])(
  'says what to do where a browser cannot show the picture of recording %d',
  async (id, sentence) => {
    const { page } = await openPage(browser, server.url, `/watch/recordings/${id}`, { locale: 'fr' });
    await expect.poll(() => page.getByRole('alert').textContent(), { timeout: 50_000 }).toContain(sentence);
    expect(await page.getByText('Fichier pour VLC').getAttribute('href')).toBe(`/recordings/${id}`);
  },
  180_000,
);

it('begins at the second in its address, and says where there is nothing', async () => {
  const { page } = await openPage(browser, server.url, '/watch/recordings/1?t=20');
  await expect.poll(() => timeOf(page), { timeout: 50_000 }).toBeGreaterThan(20.1);
  await page.goto(`${server.url}/watch/recordings/99`);
  await expect.poll(() => page.getByRole('alert').textContent()).toContain('no such recording');
});

it.each(['/', '/watch', '/wall', '/setup'])('%s opens in a browser that keeps nothing', async (path) => {
  const { page, complaints } = await openPage(browser, server.url, path, { keepsNothing: true });
  await expect.poll(() => page.locator('main').count()).toBeGreaterThan(0);
  expect(complaints).toEqual([]);
});

it('plays a recording in a browser that keeps nothing', async () => {
  const { page, complaints } = await openPage(browser, server.url, '/watch/recordings/1', {
    keepsNothing: true,
  });
  await expect.poll(() => timeOf(page), { timeout: 50_000 }).toBeGreaterThan(5.5);
  expect(complaints).toEqual([]);
}, 60_000);

it('shows on /watch who has paused what all watch', async () => {
  expect((await server.post('/set_active_stream', { recording: 1 })).status).toBe(200);
  const { page } = await openPage(browser, server.url, '/watch');
  await expect.poll(() => timeOf(page), { timeout: 50_000 }).toBeGreaterThan(0.2);
  expect((await server.post('/api/pause')).body.state).toBe('paused');
  await expect.poll(() => page.locator('.notices').textContent()).toContain('Paused by console');
  expect((await server.post('/api/resume')).body.state).toBe('live');
  await expect.poll(() => page.locator('.notices').textContent()).not.toContain('Paused');
});
