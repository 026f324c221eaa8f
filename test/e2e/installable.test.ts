import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { type RunningApp, startApp } from '../fakes/running-app.ts';
import { openPage } from './browser-page.ts';

let dataDirs: DataDirs;
let server: RunningApp;
let browser: Browser;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  [server, browser] = await Promise.all([startApp(await dataDirs.next(), {}), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.app.stop();
  await dataDirs?.remove();
});

interface Icon {
  readonly src: string;
  readonly sizes: string;
  readonly type: string;
  readonly purpose?: string;
}

/** The real sizes of the icons, as the browser decodes them. */
function decoded(page: Page, icons: readonly Icon[]): Promise<string[]> {
  return page.evaluate(async (wanted) => {
    const sizes: string[] = [];
    for (const { src } of wanted) {
      const picture = await createImageBitmap(await (await fetch(src)).blob());
      sizes.push(`${picture.width}x${picture.height}`);
    }
    return sizes;
  }, icons);
}

it.each([
  ['/', 'Zapette'],
  ['/watch', 'Zapette TV'],
])('%s can be installed as an app of its own', async (path, name) => {
  const { page, complaints } = await openPage(browser, server.url, path);
  const devtools = await page.context().newCDPSession(page);
  const { url, data = '', errors } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const served = await fetch(url);
  expect([served.status, served.headers.get('content-type')]).toEqual([
    200,
    expect.stringMatching(/^application\/manifest\+json/),
  ]);
  const manifest = JSON.parse(data);
  expect(manifest).toMatchObject({ name, id: path, start_url: path, scope: '/', display: 'standalone' });
  const icons: readonly Icon[] = manifest.icons;
  expect(await decoded(page, icons)).toEqual(icons.map(({ sizes }) => sizes));
  expect(icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']));
  expect(icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
  const { installabilityErrors: obstacles } = await devtools.send('Page.getInstallabilityErrors');
  // each test runs in a private window
  expect(obstacles.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  expect((await fetch(server.url + manifest.start_url)).status).toBe(200);
  expect(complaints).toEqual([]);
  await page.close();
});
