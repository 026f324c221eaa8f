import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { en } from '../../src/web/common/texts.en.ts';
import { en as past } from '../../src/web/watch/past-texts.en.ts';
import { clockOn, fillPast, makeClockTs } from '../fakes/clock-picture.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { type RunningApp, startApp } from '../fakes/running-app.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';
import { type OpenedPage, type OpenOptions, openPage } from './browser-page.ts';

/** Seconds of the past that is there before the server starts; its clock is of channel 0. */
const LENGTH = 240;
export const UN = 1;
export const DEUX = 2;
/** Long enough for a busy machine. */
export const SOON = { timeout: 30_000 };
/** Seconds by which a picture may miss the chosen moment. */
export const EXACT = 1;

export const timeline = (page: Page) => page.getByRole('slider', { name: past.timeline });
export const backToLive = (page: Page) => page.getByRole('button', { name: en.backToLive });
export const momentOf = async (page: Page) => Number(await timeline(page).getAttribute('aria-valuenow'));

export async function expectLive(page: Page, channel: number): Promise<void> {
  await backToLive(page).waitFor({ state: 'detached' });
  await expect.poll(async () => (await clockOn(page))?.channel, SOON).toBe(channel);
}

/** A server whose screen has a past, two channels whose pictures are clocks, and a browser. */
export class RewindWorld {
  readonly browser: Browser;
  /** The moment at which the clock of the past is 0, epoch seconds. */
  readonly begin: number;
  server: RunningApp;
  readonly #restart: () => Promise<RunningApp>;
  readonly #end: () => Promise<void>;

  private constructor(
    { server, browser }: { readonly server: RunningApp; readonly browser: Browser },
    begin: number,
    restart: (server: RunningApp) => Promise<RunningApp>,
    end: () => Promise<void>,
  ) {
    this.server = server;
    this.browser = browser;
    this.begin = begin;
    this.#restart = () => restart(this.server);
    this.#end = end;
  }

  /** @param liveSeconds of each channel, from when it is put on air. @returns with the first channel on air */
  static async start(liveSeconds: number): Promise<RewindWorld> {
    const dataDirs = await DataDirs.create();
    const dataDir = await dataDirs.next();
    const [un, deux] = await Promise.all(
      [UN, DEUX].map((channel) => makeClockTs({ channel, seconds: liveSeconds, keyframeSeconds: 4 })),
    );
    const panel = await FakePanel.start({
      maxConnections: 2,
      channels: [
        { id: UN, name: 'FR| TF1 HD', epg_channel_id: 'tf1' },
        { id: DEUX, name: 'FR| Arte HD', epg_channel_id: 'arte' },
      ],
    });
    panel.live.set(UN, (_, response) => void response.writeHead(200).write(un));
    panel.live.set(DEUX, (_, response) => void response.writeHead(200).write(deux));
    const time = (minutes: number) =>
      new Date(Date.now() + minutes * 60_000).toISOString().replace(/[-:T]|\..*/g, '');
    const programme = (channel: string, title: string) =>
      `<programme channel="${channel}" start="${time(-30)}" stop="${time(90)}"><title>${title}</title></programme>`;
    panel.xmltv = `<tv>${programme('tf1', 'Journal')}${programme('arte', 'Karambolage')}</tv>`;
    const account = {
      XTREAM_URL: panel.url,
      XTREAM_USERNAME: panel.username,
      XTREAM_PASSWORD: panel.password,
    };
    const begin = await fillPast(join(dataDir, 'cache', 'rewind'), {
      ...{ channel: 0, seconds: LENGTH, keyframeSeconds: 5, end: Date.now() },
    });
    const [server, browser] = await Promise.all([startApp(dataDir, account), launchBrowser()]);
    const world = new RewindWorld(
      { server, browser },
      begin / 1000,
      async ({ app, url }) => {
        await app.stop();
        return startApp(dataDir, { ...account, PORT: new URL(url).port });
      },
      async () => {
        await panel.stop();
        await dataDirs.remove();
      },
    );
    await vi.waitUntil(async () => (await server.get('/api/channels')).body.total === 2, SOON);
    await world.putOn(UN);
    return world;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.app.stop();
    await this.#end();
  }

  async restart(): Promise<void> {
    this.server = await this.#restart();
  }

  async putOn(channel: number): Promise<void> {
    const { status } = await this.server.post('/set_active_stream', { channel_id: channel, confirm: true });
    expect(status).toBe(200);
  }

  /** Opens a page with a timeline. */
  async open(path: string, options?: OpenOptions): Promise<OpenedPage> {
    const opened = await openPage(this.browser, this.server.url, path, options);
    opened.page.setDefaultTimeout(SOON.timeout);
    await timeline(opened.page).waitFor();
    return opened;
  }

  /** Opens /watch as a viewer who is logged in: others may make no clip. */
  async openAsViewer(options?: OpenOptions): Promise<OpenedPage> {
    const { url } = this.server;
    const { body } = await this.server.post('/api/tokens', { name: 'Vera', role: 'viewer' });
    const opened = await openPage(this.browser, url, `/#token=${body.token}`, options);
    opened.page.setDefaultTimeout(SOON.timeout);
    await opened.page.locator('.tabs').waitFor();
    await opened.page.goto(`${url}/watch`);
    await opened.page.locator('.timeline').waitFor();
    return opened;
  }

  /** Presses on the timeline at a second of the past. @returns the moment that was chosen */
  async pressOn(page: Page, second: number): Promise<number> {
    const slider = timeline(page);
    const [from, to] = await Promise.all(
      ['aria-valuemin', 'aria-valuemax'].map(async (name) => Number(await slider.getAttribute(name))),
    );
    const box = await slider.boundingBox();
    if (!box || from === undefined || to === undefined) throw new Error('no timeline');
    const place = (this.begin + second - from) / (to - from);
    await page.mouse.move(box.x + box.width * place, box.y + box.height / 2);
    await page.mouse.down();
    const chosen = await momentOf(page);
    await page.mouse.up();
    return chosen;
  }

  /**
   * Fails unless the picture is that of the past, at a moment or as long after it as the page can have played since.
   * @param started of performance.now()
   */
  async expectPastAt(page: Page, moment: number, started = performance.now()): Promise<void> {
    await expect
      .poll(async () => {
        const clock = await clockOn(page);
        if (clock?.channel !== 0) return clock;
        const late = clock.seconds - (moment - this.begin);
        return late >= -EXACT && late <= EXACT + (performance.now() - started) / 1000;
      }, SOON)
      .toBe(true);
  }
}
