import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

/** What is read aloud begins with what is seen: axe takes this rule for an experiment, voice control needs it. */
const RULES = JSON.stringify({ rules: { 'label-content-name-mismatch': { enabled: true } } });

/** Pictures of the pages as tests saw them, for people to look at. */
const pictures = fileURLToPath(new URL('../../test-results/', import.meta.url));

/** Cookies and the like of a browser that has been somewhere before. */
export type BrowserState = Awaited<ReturnType<BrowserContext['storageState']>>;

export interface OpenOptions {
  readonly locale?: string;
  readonly phone?: boolean;
  readonly dark?: boolean;
  readonly state?: BrowserState;
  /** Instead of a desktop's or a phone's. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Later tests go on with it: it stays open after the one that opens it. */
  readonly lasts?: true;
}

export interface OpenedPage {
  readonly page: Page;
  /** Errors of the page, and requests to anybody but us. */
  readonly complaints: string[];
}

/** A page that notes what it complains about, and whom it asks besides us. */
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
  await page.goto(base + path);
  return { page, complaints };
}

/** A page that plays on after a test that has failed would slow down all that come after it. */
function closeWithTest(page: Page): void {
  try {
    onTestFinished(() => page.close());
  } catch {
    // It was opened before the tests of a file, for all of them.
  }
}

/** Presses keys one right after the other; also those that remotes have and keyboards do not, such as GoBack. */
export async function pressOnRemote(page: Page, ...keys: string[]): Promise<void> {
  await page.evaluate((names) => {
    for (const key of names) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      (document.activeElement ?? document.body).dispatchEvent(event);
    }
  }, keys);
}

/** Keeps a picture of the page under test-results/. */
export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}${name}.png` });
}

/** How far the page is wider than its window, which it never may be. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** What the video of /watch shows just now: its width, the frames so far, and a print of the picture in 64 numbers. */
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

/** Fails unless the picture is of this width, changes, and goes on. */
export async function moves(page: Page, width: number): Promise<void> {
  await expect.poll(async () => (await videoState(page)).width, { timeout: 30_000 }).toBe(width);
  const { frames } = await videoState(page);
  await expect
    .poll(async () => (await videoState(page)).frames, { timeout: 15_000 })
    .toBeGreaterThan(frames + 10);
}

/** What axe finds serious in the page: rules, each with the elements that break it. */
export async function seriousFindings(page: Page): Promise<unknown[]> {
  const violations = await axe(page);
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(toFinding);
}

/** The same, with all that axe finds less grave. */
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
