import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome.exe'];
/** Chromium otherwise looks for updates and the like all the time. */
const quiet = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
  '--autoplay-policy=no-user-gesture-required',
];

/** A headless Chromium: the one on the PATH, else the one of the npm package. */
export async function launchBrowser(): Promise<Browser> {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
  const executablePath = onPath ?? (await (await import('@sparticuz/chromium')).default.executablePath());
  // A sandbox needs rights that containers and root do not have; only our own pages are opened.
  return chromium.launch({ executablePath, args: [...quiet, '--no-sandbox'] });
}
