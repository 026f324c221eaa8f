import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ADMIN_TOKEN } from '../fakes/running-app.ts';
import { allFindings, overflow, picture } from './browser-page.ts';
import { ASKED, DEUX, ViewerWorld } from './viewer-world.ts';

/** Whether the pages of a viewer are accessible; `viewer.test.ts` has what they do. */
let world: ViewerWorld;
beforeAll(async () => {
  world = await ViewerWorld.start();
}, 60_000);
afterAll(() => world?.stop());

describe('the question before a switch', () => {
  it('names its screen where there are several', async () => {
    expect((await world.server.post('/api/screens', { name: 'Sport' })).status).toBe(201);
    onTestFinished(async () => {
      const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
      await fetch(`${world.server.url}/api/screens/sport`, { method: 'DELETE', headers });
    });
    await world.ownerWatches(DEUX);
    const { page, complaints } = await world.open('/');
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
      await world.ownerWatches(DEUX);
      const { page } = await world.open(path, options);
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

it('pages of a viewer are accessible', async () => {
  await world.ownerWatches(DEUX);
  const { page, complaints } = await world.open('/');
  await page.locator('.channel-now').first().waitFor();
  for (const tab of ['guide', 'recordings', 'history', 'links', 'access']) {
    await page.evaluate((name) => {
      location.hash = name;
    }, tab);
    await page.locator(':is(main h2, .channel-now, .guide-cell, .title-hits li):visible').first().waitFor();
    expect([tab, await allFindings(page)]).toEqual([tab, []]);
  }
  expect(complaints).toEqual([]);
}, 60_000);
