import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/web/common/texts.en.ts';
import { sentence } from '../../src/words/sentence.ts';
import { allFindings, picture, pressOnRemote } from './browser-page.ts';
import { ASKED, DEUX, SOON, UN, ViewerWorld } from './viewer-world.ts';

let world: ViewerWorld;
beforeAll(async () => {
  world = await ViewerWorld.start();
}, 60_000);
afterAll(() => world?.stop());

describe('the question before a switch', () => {
  it('can be answered with a remote, on /watch and on a television', async () => {
    await world.ownerWatches(DEUX);
    const { page, complaints } = await world.open('/watch?tv', { size: { width: 1920, height: 1080 } });
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
    expect(await world.onAir()).toBe(DEUX);
    expect(await page.locator('.notice').count()).toBe(0);
    await remote.getByRole('button', { name: /Un\b/ }).first().press('Enter');
    await question.waitFor();
    await keyboard.press('Enter');
    await question.waitFor({ state: 'detached' });
    // the focus is back where it was
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/Un/);
    expect(await world.onAir()).toBe(DEUX);
    await keyboard.press('Enter');
    await question.waitFor();
    await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    await expect.poll(() => world.onAir(), SOON).toBe(UN);
    expect(complaints).toEqual([]);
    await page.close();
  }, 120_000);

  it('appears for digits and channel keys in the console too', async () => {
    await world.ownerWatches(DEUX);
    const { page, complaints } = await world.open('/');
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
    await expect.poll(() => world.onAir(), SOON).not.toBe(DEUX);
    expect(complaints).toEqual([]);
    await page.close();
  }, 120_000);
});

describe('the pages of a viewer', () => {
  it('offer only what a viewer may do', async () => {
    await world.ownerWatches(DEUX);
    const { page, complaints } = await world.open('/');
    await page.locator('.channel-now').first().waitFor();
    expect(await page.getByRole('link', { name: 'Server' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: en.restart }).count()).toBe(0);
    await picture(page, 'console-viewer');
    await page.getByRole('button', { name: en.stop }).click();
    await page.getByText(sentence('en', 'stop_not_yours', {})).waitFor();
    expect(await world.onAir()).toBe(DEUX);
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);
});
