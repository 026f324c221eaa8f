/**
 * Takes the screenshots of the docs from a running demo, and prints how many rows of the channels and of the guide each
 * screen shows: `node scripts/take-screenshots.ts`. Needs FFmpeg on the PATH.
 */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';

const TOKEN = 'screenshot-token';
const CHANNEL = 201;
/** What a provider might send. */
const PASTED = 'http://provider.example:8080/get.php?username=alice&password=secret&type=m3u_plus';
const file = (name: string) => fileURLToPath(new URL(`../docs/images/${name}.png`, import.meta.url));

/** The screens, with their users' settings. */
const screens = [
  {
    name: 'desktop',
    viewport: { width: 1280, height: 720 },
    locale: 'en-GB',
    colorScheme: 'light',
    query: '',
  },
  { name: 'phone', viewport: { width: 390, height: 844 }, locale: 'fr', colorScheme: 'light', query: '' },
  { name: 'tv', viewport: { width: 1920, height: 1080 }, locale: 'en-GB', colorScheme: 'dark', query: '?tv' },
] as const;

const dataDir = await mkdtemp(join(tmpdir(), 'zapette-pictures-'));
const server = execa(process.execPath, [fileURLToPath(new URL('../src/main.ts', import.meta.url))], {
  env: { PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, ADMIN_TOKEN: TOKEN },
  reject: false,
});
const url = await new Promise<string>((resolve, reject) => {
  let said = '';
  server.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    const found = /"url":"([^"]+)"/.exec(said)?.[1];
    if (found) resolve(found);
  });
  void server.then(() => reject(new Error(said)));
});
const browser = await launchBrowser();
try {
  const first = await browser.newPage();
  await first.goto(`${url}/#token=${TOKEN}`);
  await first.locator('.channel-name').first().waitFor();
  const storageState = await first.context().storageState();
  await first.close();
  await ask('POST', '/set_active_stream', { channel_id: CHANNEL });
  for (const id of [102, CHANNEL]) await ask('PUT', `/api/favourites/${id}`);
  for (const { name, query, ...screen } of screens) {
    const page = await browser.newPage({ ...screen, storageState });
    await page.goto(`${url}/${query}#channels`);
    await page.locator('.channel-now').first().waitFor();
    await picture(page, `console-${name}`);
    const channels = await inSight(page, '.channel');
    await page.goto(`${url}/${query}#guide`);
    await page.locator('.guide-cell').first().waitFor();
    await picture(page, `guide-${name}`);
    console.log(`${name}: ${channels} channels, ${await inSight(page, '.guide-row')} rows of the guide`);
    await page.goto(`${url}/watch${query}`);
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 1);
    await page.waitForFunction(() => document.querySelector('.centre-wait, .notice') === null);
    if (name === 'tv') await page.keyboard.press('Enter');
    else await page.mouse.move(200, 300);
    await picture(page, `watch-${name}`);
    if (name !== 'tv') {
      await page.goto(`${url}/setup#channels`);
      await page.locator('textarea').fill(PASTED);
      await picture(page, `setup-${name}`);
    }
    await page.close();
  }
} finally {
  await browser.close();
  server.kill();
  await server;
  await rm(dataDir, { recursive: true, force: true });
}

async function ask(method: string, path: string, body?: object): Promise<void> {
  await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

/** Takes a screenshot once the page is at rest, in 256 colours, which takes a quarter of the bytes. */
async function picture(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(1_500);
  const whole = join(dataDir, 'whole.png');
  const small = join(dataDir, 'small.png');
  await page.screenshot({ path: whole });
  const palette = 'split[a][b];[a]palettegen=stats_mode=single[p];[b][p]paletteuse=dither=none';
  await execa('ffmpeg', ['-v', 'error', '-y', '-i', whole, '-filter_complex', palette, small]);
  await copyFile(small, file(name));
}

/** How many of the elements are wholly visible, above a phone's tab bar. */
function inSight(page: Page, selector: string): Promise<number> {
  return page.evaluate((wanted) => {
    const tabs = document.querySelector('.tabs');
    const isBelow = tabs !== null && getComputedStyle(tabs).position === 'fixed';
    const edge = isBelow ? tabs.getBoundingClientRect().top : innerHeight;
    return [...document.querySelectorAll(wanted)].filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return top >= 0 && bottom <= edge;
    }).length;
  }, selector);
}
