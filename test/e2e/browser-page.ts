import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

/** The rule that an accessible name begins with the visible text: voice control needs it, but axe calls it experimental. */
const RULES = JSON.stringify({ rules: { 'label-content-name-mismatch': { enabled: true } } });

/** The folder for screenshots of the tests. */
const pictures = fileURLToPath(new URL('../../test-results/', import.meta.url));

/** Cookies and local storage of an earlier session. */
export type BrowserState = Awaited<ReturnType<BrowserContext['storageState']>>;

export interface OpenOptions {
  readonly locale?: string;
  readonly phone?: boolean;
  readonly dark?: boolean;
  readonly state?: BrowserState;
  /** The window's size, if not a desktop's or a phone's. */
  readonly size?: { readonly width: number; readonly height: number };
  /** True for a page that stays open for later tests. */
  readonly lasts?: true;
  /** True for a browser that keeps no data of sites. */
  readonly keepsNothing?: true;
}

export interface OpenedPage {
  readonly page: Page;
  /** Errors of the page, and requests to other servers. */
  readonly complaints: string[];
}

/** Opens a page and collects its errors and its requests to other servers. */
export async function openPage(
  browser: Browser,
  base: string,
  path: string,
  options: OpenOptions = {},
): Promise<OpenedPage> {
  const complaints: string[] = [];
  const page = await browser.newPage({
    ...(options.state ? { storageState: options.state } : {}),
    locale: options.locale ?? 'en',
    colorScheme: options.dark ? 'dark' : 'light',
    viewport: options.size ?? (options.phone ? { width: 390, height: 844 } : { width: 1280, height: 800 }),
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 40[1349]/.test(message.text()))
      complaints.push(message.text());
  });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== base) complaints.push(`asked ${request.url()}`);
  });
  if (!options.lasts) closeWithTest(page);
  if (options.keepsNothing) await page.addInitScript(refuseStorage);
  await page.goto(base + path);
  return { page, complaints };
}

/** Runs in the page: what Chromium does where site data is blocked. */
function refuseStorage(): void {
  const get = () => {
    throw new DOMException('Access is denied for this document.', 'SecurityError');
  };
  Object.defineProperties(window, { localStorage: { get }, sessionStorage: { get } });
}

/** Closes a page after its test, since a page that plays on after a failed test would slow down all later ones. */
function closeWithTest(page: Page): void {
  try {
    onTestFinished(() => page.close());
  } catch {
    // opened before the tests of a file, for all of them
  }
}

/** Presses keys one right after the other, including keys that only remotes have, such as GoBack. */
export async function pressOnRemote(page: Page, ...keys: string[]): Promise<void> {
  await page.evaluate((names) => {
    for (const key of names) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      (document.activeElement ?? document.body).dispatchEvent(event);
    }
  }, keys);
}

/** Saves a screenshot of the page under test-results/. */
export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}${name}.png` });
}

/** Pixels by which the page is wider than its window; must not be above 0. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** The current picture of /watch: its width, the frames so far, and 64 samples of it. */
export function videoState(page: Page): Promise<{ width: number; frames: number; print: number[] }> {
  return page.evaluate(() => {
    const video = document.querySelector('video');
    if (!video) return { width: 0, frames: 0, print: [] };
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 8;
    const context = canvas.getContext('2d');
    context?.drawImage(video, 0, 0, 8, 8);
    const { data } = context?.getImageData(0, 0, 8, 8) ?? { data: new Uint8ClampedArray() };
    const print = Array.from({ length: 64 }, (_, place) => data[place * 4] ?? 0);
    return { width: video.videoWidth, frames: video.getVideoPlaybackQuality().totalVideoFrames, print };
  });
}

/** Fails unless the picture has this width, changes, and keeps playing. */
export async function moves(page: Page, width: number): Promise<void> {
  await expect.poll(async () => (await videoState(page)).width, { timeout: 30_000 }).toBe(width);
  const { frames } = await videoState(page);
  await expect
    .poll(async () => (await videoState(page)).frames, { timeout: 15_000 })
    .toBeGreaterThan(frames + 10);
}

/** Serious findings of axe: rules, each with the elements that break it. */
export async function seriousFindings(page: Page): Promise<unknown[]> {
  const violations = await axe(page);
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(toFinding);
}

/** All findings of axe, including minor ones. */
export async function allFindings(page: Page): Promise<unknown[]> {
  return (await axe(page)).map(toFinding);
}

async function axe(page: Page): Promise<AxeResults['violations']> {
  await page.evaluate(await readFile(fileURLToPath(import.meta.resolve('axe-core')), 'utf8'));
  return (await page.evaluate<AxeResults>(`axe.run(${RULES})`)).violations;
}

function toFinding({ id, nodes }: AxeResults['violations'][number]): unknown {
  return [id, nodes.map(({ html }) => html)];
}
