import type { Browser } from 'playwright-core';
import { expect, vi } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { en } from '../../src/web/common/texts.en.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { type RunningApp, startApp } from '../fakes/running-app.ts';
import { type OpenedPage, type OpenOptions, openPage } from './browser-page.ts';

export const UN = 101;
export const DEUX = 102;
export const ASKED = new RegExp(en.switchTo('.*').replace('?', '\\?'));
/** Long enough for a busy machine. */
export const SOON = { timeout: 30_000 };

/** A viewer, who may watch and choose channels only, while somebody else watches too. */
export class ViewerWorld {
  readonly server: RunningApp;
  readonly #browser: Browser;
  readonly #end: () => Promise<void>;

  private constructor(server: RunningApp, browser: Browser, end: () => Promise<void>) {
    this.server = server;
    this.#browser = browser;
    this.#end = end;
  }

  static async start(): Promise<ViewerWorld> {
    const dataDirs = await DataDirs.create();
    const [server, browser] = await Promise.all([startApp(await dataDirs.next(), {}), launchBrowser()]);
    await vi.waitUntil(async () => (await server.get('/api/channels')).body.total > 0, { timeout: 10_000 });
    // another viewer
    await openPage(browser, server.url, '/watch', { lasts: true });
    return new ViewerWorld(server, browser, () => dataDirs.remove());
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.server.app.stop();
    await this.#end();
  }

  /** Opens a page as a viewer who has just been invited. */
  async open(path: string, options?: OpenOptions): Promise<OpenedPage> {
    const invitation = await this.server.post('/api/invites', { name: 'Ada', role: 'viewer' });
    const invited = new URL(invitation.body.url).pathname;
    const opened = await openPage(this.#browser, this.server.url, invited, options);
    await opened.page.getByRole('button', { name: /Log in|Se connecter/ }).click();
    await opened.page.waitForURL(/\/watch$/);
    await opened.page.goto(this.server.url + path);
    return opened;
  }

  async onAir(): Promise<number> {
    return (await this.server.get('/stream_status')).body.channel_id;
  }

  /** Puts a channel on air as the owner, while somebody watches. */
  async ownerWatches(channelId: number): Promise<void> {
    const { status } = await this.server.post('/set_active_stream', { channel_id: channelId });
    expect(status).toBe(200);
    await expect
      .poll(async () => (await this.server.get('/stream_status')).body.viewers, SOON)
      .toBeGreaterThan(0);
  }
}
