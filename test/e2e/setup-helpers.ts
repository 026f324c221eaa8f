import type { Browser, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

/** Presses Tab until an element has the focus. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${selector}`);
}

/** Opens an address on a dark French phone with touch. */
export async function openOnPhone(browser: Browser, address: string, width: number): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 844 },
    hasTouch: true,
    isMobile: true,
    locale: 'fr-FR',
    colorScheme: 'dark',
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(address);
  await page.locator('.setup h1').waitFor();
  return page;
}
