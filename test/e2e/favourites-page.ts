import type { Page } from 'playwright-core';

export const star = (page: Page, name: string) =>
  page.locator('.channel-list').getByRole('button', { name: `Favourite: ${name}`, exact: true });
export const isPressed = (page: Page, name: string) => star(page, name).getAttribute('aria-pressed');
export const shelf = (page: Page, name: RegExp) =>
  page.getByRole('navigation', { name: 'Categories' }).getByRole('button', { name });
export const names = (page: Page) => page.locator('.channel-name').allTextContents();
