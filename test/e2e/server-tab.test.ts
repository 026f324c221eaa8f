import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';
import { allFindings, type OpenOptions, openPage, overflow, picture } from './browser-page.ts';

let dataDirs: DataDirs;
let panel: FakePanel;
let server: RunningApp;
let browser: Browser;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  panel = await FakePanel.start({ password: "p@ss w/örd+%'", channels: [{ id: 1, name: 'One' }] });
  const account = { XTREAM_URL: panel.url, XTREAM_USERNAME: panel.username, XTREAM_PASSWORD: panel.password };
  [server, browser] = await Promise.all([startApp(await dataDirs.next(), account), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.app.stop();
  await panel?.stop();
  await dataDirs?.remove();
});

/** Opens the tab as an admin who has just logged in. */
async function open(name: string, options?: OpenOptions) {
  const opened = await openPage(browser, server.url, `/#token=${ADMIN_TOKEN}`, options);
  await opened.page.getByRole('link', { name, exact: true }).click();
  return opened;
}

const log = (page: Page) => page.getByRole('log');

it('the server tab shows the diagnostics and runs them again by a button', async () => {
  const { page, complaints } = await open('Server');
  const line = (topic: string) => page.locator('.finding').filter({ hasText: topic });
  await line('Account').getByText('Good:').waitFor();
  await line('Discord').getByText('it has no token').waitFor();
  const { url } = panel;
  await panel.stop();
  await page.getByRole('button', { name: 'Check again' }).click();
  await line('Account').getByText('Broken:').waitFor();
  // the bundled FFmpeg counts among the findings, where it is in use
  await page
    .getByRole('status')
    .getByText(/needs? a look\.$/)
    .waitFor();
  panel = await FakePanel.start({ password: panel.password, channels: [] });
  expect(await page.content()).not.toContain(url);
  expect(complaints).toEqual([]);
  await page.close();
}, 30_000);

it('the server tab leads to the set-up page', async () => {
  const { page } = await open('Server');
  await page.getByRole('link', { name: 'Set-up', exact: true }).click();
  await page.getByRole('heading', { name: 'Your channels', level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/setup');
});

it('the server tab shows the settings in use and no secrets', async () => {
  const { page } = await open('Server');
  const row = (name: string) => page.locator('.settings > div').filter({ hasText: name });
  await row('LOG_LEVEL').getByText('debug', { exact: true }).waitFor();
  await row('IDLE_STOP_MINUTES').getByText('15 default').waitFor();
  await row('XTREAM_PASSWORD').getByText('set, and kept secret').waitFor();
  await row('TELEGRAM_TOKEN').getByText('not set').waitFor();
  server.logger.error(
    { err: new Error(`at ${encodeURIComponent(panel.password)}`) },
    `not ${panel.password}`,
  );
  await log(page).getByText('not ***').waitFor();
  const content = await page.content();
  for (const secret of [panel.password, encodeURIComponent(panel.password), panel.username, ADMIN_TOKEN])
    expect(content).not.toContain(secret);
  await page.close();
});

it('the server tab follows the log, and stops while the reader has scrolled up', async () => {
  for (let line = 1; line <= 60; line++) server.logger.info(`early ${line}`);
  const [{ page, complaints }, other] = await Promise.all([open('Server'), open('Server')]);
  const isAtEnd = () => log(page).evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight < 24);
  await log(page).getByText('early 60', { exact: true }).waitFor();
  server.logger.warn('something new');
  await log(page).getByText('something new').waitFor();
  expect(await isAtEnd()).toBe(true);
  await log(page).evaluate((box) => box.scrollTo(0, 0));
  await page.getByRole('button', { name: 'Follow the log' }).waitFor();
  const questions: string[] = [];
  page.on('request', (request) => questions.push(request.url()));
  server.logger.warn('something newer');
  // both pages know of the new line, and the other one has loaded it already
  await log(other.page).getByText('something newer').waitFor();
  expect(questions).toEqual([]);
  expect(await log(page).evaluate((box) => box.scrollTop)).toBe(0);
  expect(await log(page).getByText('something newer').count()).toBe(0);
  await page.getByRole('button', { name: 'Follow the log' }).click();
  await log(page).getByText('something newer').waitFor();
  expect(await isAtEnd()).toBe(true);
  await page.getByLabel('Warnings only').check();
  await expect.poll(() => log(page).getByText('early 60', { exact: true }).count()).toBe(0);
  await log(page).getByText('something newer').waitFor();
  expect(complaints).toEqual([]);
  await Promise.all([page.close(), other.page.close()]);
});

it('the server tab is for admins only', async () => {
  const made = await server.post('/api/tokens', { name: 'controller', role: 'controller' });
  const page = await browser.newPage({
    locale: 'en',
    extraHTTPHeaders: { authorization: `Bearer ${made.body.token}` },
  });
  await page.goto(`${server.url}/#server`);
  await page.getByRole('link', { name: 'History' }).waitFor();
  expect(await page.getByRole('link', { name: 'Server' }).count()).toBe(0);
  await page.getByLabel('Search channels').waitFor();
  await page.close();
});

it.each([
  ['Server', 'server', {}],
  ['Serveur', 'server-dark-phone', { dark: true, phone: true, locale: 'fr' }],
] as const)('the tab %s is accessible: axe finds nothing serious (%s)', async (name, file, options) => {
  const { page } = await open(name, options);
  for (const level of ['info', 'warn', 'error', 'debug'] as const) server.logger[level]('of every kind');
  await page.locator('.finding').first().waitFor();
  await page.locator('.log-error').getByText('of every kind').first().waitFor();
  await page.screenshot({ path: `test-results/console-${file}.png`, fullPage: true });
  await picture(page, `console-${file}-top`);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await allFindings(page)).toEqual([]);
  await page.close();
});

it('the server tab plots the last hour', async () => {
  const { page, complaints } = await openPage(browser, server.url, '/');
  const now = Date.now();
  const items = [20_000, 10_000, 0].map((before, index) => ({
    at: new Date(now - before).toISOString(),
    viewers: 3 + index,
    bits_in: 5_200_000,
    bits_out: 15_600_000,
    segment_age: null,
    switch_seconds: index === 1 ? 0.75 : null,
    lag: 0.02,
  }));
  await page.route('**/api/figures*', (route) =>
    route.fulfill({ json: { items: route.request().url().includes('after') ? [] : items } }),
  );
  await page.goto(`${server.url}/#token=${ADMIN_TOKEN}`);
  await page.getByRole('link', { name: 'Server', exact: true }).click();
  const figure = (title: string) => page.getByRole('figure').filter({ hasText: title });
  await figure('Viewers').getByText('5', { exact: true }).waitFor();
  await figure('Bitrate').getByText('in 5.2 Mb/s').waitFor();
  await figure('Bitrate').getByText('out 15.6 Mb/s').waitFor();
  await figure('Time since the last segment').getByText('none').waitFor();
  await figure('Time of a switch').getByText('0.75 s').waitFor();
  await figure('Delay of the server').locator('canvas').waitFor();
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(complaints).toEqual([]);
  await page.close();
}, 30_000);
