import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { en } from '../../src/web/common/texts.en.ts';
import { sentence } from '../../src/words/sentence.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { allFindings, type OpenOptions, openPage, overflow, picture, pressOnRemote } from './browser-page.ts';

/** The pages of a viewer, who may watch and choose channels only, while somebody else watches too. */
const UN = 101;
const DEUX = 102;
const ASKED = new RegExp(en.switchTo('.*').replace('?', '\\?'));
/** Long enough for a busy machine. */
const SOON = { timeout: 30_000 };

let dataDirs: DataDirs;
let server: RunningApp;
let browser: Browser;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  [server, browser] = await Promise.all([startApp(await dataDirs.next(), {}), launchBrowser()]);
  await vi.waitUntil(async () => (await server.get('/api/channels')).body.total > 0, { timeout: 10_000 });
  // another viewer
  await openPage(browser, server.url, '/watch');
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.app.stop();
  await dataDirs?.remove();
});

/** Opens a page as a viewer who has just been invited. */
async function openAsViewer(path: string, options?: OpenOptions) {
  const invitation = await server.post('/api/invites', { name: 'Ada', role: 'viewer' });
  const opened = await openPage(browser, server.url, new URL(invitation.body.url).pathname, options);
  await opened.page.getByRole('button', { name: /Log in|Se connecter/ }).click();
  await opened.page.waitForURL(/\/watch$/);
  await opened.page.goto(server.url + path);
  return opened;
}

const onAir = async () => (await server.get('/stream_status')).body.channel_id;

/** Puts a channel on air as the owner, while somebody watches. */
async function ownerWatches(channelId: number): Promise<void> {
  const { status } = await server.post('/set_active_stream', { channel_id: channelId });
  expect(status).toBe(200);
  await expect.poll(async () => (await server.get('/stream_status')).body.viewers, SOON).toBeGreaterThan(0);
}

describe('the question before a switch', () => {
  it('can be answered with a remote, on /watch and on a television', async () => {
    await ownerWatches(DEUX);
    const { page, complaints } = await openAsViewer('/watch?tv', { size: { width: 1920, height: 1080 } });
    const question = page.getByRole('dialog', { name: ASKED });
    const remote = page.getByRole('dialog', { name: en.remote });
    const { keyboard } = page;
    await page.getByRole('button', { name: en.remote }).waitFor();
    await keyboard.press('1');
    await keyboard.press('Enter');
    await question.getByText(en.switchTo('Un')).waitFor();
    expect(await allFindings(page)).toEqual([]);
    await picture(page, 'watch-tv-question');
    // "OK" right after "back" goes to the page, since the question is closed already
    await pressOnRemote(page, 'GoBack', 'Enter');
    await remote.waitFor();
    await question.waitFor({ state: 'detached' });
    expect(await onAir()).toBe(DEUX);
    expect(await page.locator('.notice').count()).toBe(0);
    await remote.getByRole('button', { name: /Un\b/ }).first().press('Enter');
    await question.waitFor();
    await keyboard.press('Enter');
    await question.waitFor({ state: 'detached' });
    // the focus is back where it was
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/Un/);
    expect(await onAir()).toBe(DEUX);
    await keyboard.press('Enter');
    await question.waitFor();
    await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    await expect.poll(onAir, SOON).toBe(UN);
    expect(complaints).toEqual([]);
    await page.close();
  }, 120_000);

  it('appears for digits and channel keys in the console too', async () => {
    await ownerWatches(DEUX);
    const { page, complaints } = await openAsViewer('/');
    await page.locator('.channel-name').first().waitFor();
    const question = page.getByRole('dialog', { name: ASKED });
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await question.getByText(en.switchTo('Un')).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText(en.leftAsIs).waitFor();
    await page.evaluate(() => {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ChannelUp', bubbles: true }));
    });
    await question.getByRole('button', { name: en.switch }).click();
    await expect.poll(onAir, SOON).not.toBe(DEUX);
    expect(complaints).toEqual([]);
    await page.close();
  }, 120_000);

  it('names its screen where there are several', async () => {
    expect((await server.post('/api/screens', { name: 'Sport' })).status).toBe(201);
    onTestFinished(async () => {
      const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
      await fetch(`${server.url}/api/screens/sport`, { method: 'DELETE', headers });
    });
    await ownerWatches(DEUX);
    const { page, complaints } = await openAsViewer('/');
    await page.locator('.channel-name').first().waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: ASKED }).getByText('watching Deux on the screen Live').waitFor();
    await picture(page, 'question-several-screens');
    expect(await allFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  }, 120_000);

  it.each([
    ['/watch', { size: { width: 390, height: 844 }, locale: 'fr', dark: true }],
    ['/', { phone: true, locale: 'fr', dark: true }],
    ['/', { dark: true }],
  ] as const)(
    'is accessible on %s: axe finds nothing, nothing is cut off (%j)',
    async (path, options) => {
      await ownerWatches(DEUX);
      const { page } = await openAsViewer(path, options);
      await page.locator('.channel-name, .banner h1').first().waitFor();
      await page.keyboard.press('1');
      await page.keyboard.press('Enter');
      await page.locator('.question[open]').waitFor();
      await picture(page, `question${path.replace('/', '-')}${'locale' in options ? '-phone' : ''}`);
      expect(await allFindings(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await page.close();
    },
    60_000,
  );
});

describe('the pages of a viewer', () => {
  it('offer only what a viewer may do', async () => {
    await ownerWatches(DEUX);
    const { page, complaints } = await openAsViewer('/');
    await page.locator('.channel-now').first().waitFor();
    expect(await page.getByRole('link', { name: 'Server' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: en.restart }).count()).toBe(0);
    await picture(page, 'console-viewer');
    for (const tab of ['guide', 'recordings', 'history', 'links', 'access']) {
      await page.evaluate((name) => {
        location.hash = name;
      }, tab);
      await page.locator(':is(main h2, .channel-now, .guide-cell, .title-hits li):visible').first().waitFor();
      expect([tab, await allFindings(page)]).toEqual([tab, []]);
    }
    await page.getByRole('button', { name: en.stop }).click();
    await page.getByText(sentence('en', 'stop_not_yours', {})).waitFor();
    expect(await onAir()).toBe(DEUX);
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);
});
