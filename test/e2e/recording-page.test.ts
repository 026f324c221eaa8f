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

let dataDirs: DataDirs;
let server: RunningApp;
let browser: Browser;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  const dataDir = await dataDirs.next();
  const folder = join(dataDir, 'recordings', 'Shows');
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'Film.mkv');
  const made = argumentList(
    `-f lavfi -i testsrc=s=320x180:r=25:d=${SECONDS} -f lavfi -i sine=d=${SECONDS} -c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 50 -c:a aac`,
  );
  await execa((await findFfmpeg(null)).path, [...made, file]);
  const database = openDatabase(join(dataDir, 'zapette.db'));
  const stored = new StoredRecordings(database);
  const start = Date.now() - 3_600_000;
  const id = stored.add({
    ...{ channelId: mainId(2), channelName: 'Arte', title: 'Film', programme: null, isFollowing: false },
    ...{ start, stop: start + SECONDS * 1000, state: 'planned', createdAt: start },
    isFromArchive: false,
    by: { id: 'discord:1', name: 'Ada' },
  });
  stored.change(id, { state: 'done', file: 'Shows/Film.mkv', bytes: (await stat(file)).size });
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
