import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome.exe'];
/** Options that keep Chromium from looking for updates and the like. */
const quiet = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
  '--autoplay-policy=no-user-gesture-required',
];

/** Starts a headless Chromium from the PATH, else from the npm package. */
export async function launchBrowser(): Promise<Browser> {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
  const executablePath = onPath ?? (await (await import('@sparticuz/chromium')).default.executablePath());
  // The sandbox needs rights that containers and root lack; only our own pages are opened.
  return chromium.launch({ executablePath, args: [...quiet, '--no-sandbox'] });
}
