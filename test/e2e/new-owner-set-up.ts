import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { channels, NewOwnerWorld } from '../fakes/new-owner-world.ts';
import { type ServerProcess, startServerProcess } from '../fakes/server-process.ts';
import {
  chooseViewers,
  goBack,
  NewOwner,
  openLink,
  putOnAir,
  setUpDiscord,
  setUpTelegram,
  useSubscription,
  type Way,
} from './new-owner.ts';

/** Tests the real program with nothing set, the provider, Discord and Telegram around it, and its page in Chromium. */
export function testNewOwner(...ways: readonly Way[]): void {
  let browser: Browser;
  let world: NewOwnerWorld;
  let server: ServerProcess;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    world = await NewOwnerWorld.start();
    server = await startServerProcess(world.env);
  }, 60_000);
  afterEach(async () => {
    await server?.stop();
    await world?.stop();
  });

  it.each(ways)(
    'a new owner has channels, a Discord bot and a Telegram bot, without an id or a restart, by %s',
    async (way) => {
      const owner = await NewOwner.sitDown(browser, way);
      const shot = (name: string) =>
        owner.page.screenshot({ path: `test-results/new-owner-${way}-${name}.png` });
      let step = 0;
      owner.onStep = (name) => {
        step += 1;
        return shot(`${step}-${name}`);
      };
      await openLink(owner, server.link);
      await useSubscription(owner, world);
      await chooseViewers(owner);
      await putOnAir(owner, channels.news);
      await goBack(owner);
      await setUpDiscord(owner, world, channels.film);
      await owner.looksAt(channels.film);
      await setUpTelegram(owner, world, channels.sport);
      await owner.looksAt(channels.sport);

      expect(owner.idsTyped(world.ids)).toEqual([]);
      expect(owner.typed).toHaveLength(3);
      expect(server.restarts()).toBe(0);
      expect(server.output()).not.toMatch(/"level":[56]0/);
      expect(owner.complaints).toEqual([]);
      await server.stop();
      expect(await world.stop()).toEqual([]);
      await owner.leave();
    },
    150_000,
  );
}
