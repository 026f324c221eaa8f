import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Player } from '../test/e2e/players.ts';
import { type Kodi, startKodi } from './kodi-player.ts';
import { virtualScreen } from './players.ts';
import { type ScreenWatch, watchScreen } from './screen-watch.ts';
import { seconds, until } from './tools.ts';

const channels = z.object({
  channels: z.array(
    z.object({ channelid: z.number(), label: z.string(), channelnumber: z.number(), icon: z.string() }),
  ),
});
const groups = z.object({ channelgroups: z.array(z.object({ label: z.string() })) });
const guide = z.object({
  broadcasts: z.array(z.object({ title: z.string(), starttime: z.string() })).default([]),
});
const row = z.object({ idBroadcast: z.number(), sTitle: z.string() });
const booleans = z.record(z.string(), z.boolean());

/** Milliseconds. */
const LIST_WITHIN = 60_000;
const GUIDE_WITHIN = 30_000;
const PICTURE_WITHIN = 30_000;
const STILL = 500;

type Item = { readonly channelid: number } | { readonly broadcastid: number } | { readonly file: string };

/** Plays with Kodi on a screen of its own. Its position is when the picture last moved. */
export async function kodiPlayer(url: string): Promise<Player> {
  const size = '640x360';
  const screen = await virtualScreen(size);
  const kodi = await startKodi(null, screen.display);
  const watch = watchScreen(screen.display, size);
  const television = new KodiTelevision(kodi, watch);
  await television.open({ file: url });
  let movedAt = 0;
  return {
    name: 'Kodi',
    position: async () => {
      if (!(await television.isOpen())) return null;
      if (await television.isPlaying()) movedAt = performance.now();
      return movedAt;
    },
    lastWords: () => kodi.log().slice(-1_500),
    stop: async () => {
      await watch.stop();
      await kodi.stop();
      await screen.stop();
    },
  };
}

/** Kodi as somebody in front of it sees it: by its lists and its picture, not by what it says of its player. */
export class KodiTelevision {
  readonly #kodi: Kodi;
  readonly #watch: ScreenWatch;

  constructor(kodi: Kodi, watch: ScreenWatch) {
    this.#kodi = kodi;
    this.#watch = watch;
  }

  /** Its channels, once it has any. */
  async channels() {
    const params = { channelgroupid: 'alltv', properties: ['channelnumber', 'icon'] };
    const read = async () => (await this.#kodi.call('PVR.GetChannels', params, channels)).channels;
    await until(async () => (await read()).length > 0, LIST_WITHIN);
    return read();
  }

  async groups(): Promise<readonly string[]> {
    const read = await this.#kodi.call('PVR.GetChannelGroups', { channeltype: 'tv' }, groups);
    return read.channelgroups.map(({ label }) => label);
  }

  /** The programmes of a channel, once there are any; none if there are none for half a minute. */
  async guideOf(channelid: number) {
    const params = { channelid, properties: ['title', 'starttime'] };
    const read = async () => (await this.#kodi.call('PVR.GetBroadcasts', params, guide)).broadcasts;
    await until(async () => (await read()).length > 0, GUIDE_WITHIN);
    return read();
  }

  /** Opens the last programme of a channel that ended an hour ago, as from Kodi's guide. @returns what came of it */
  async openPast(channel: string): Promise<string> {
    // It writes its guide some time after it has read it.
    await until(async () => this.#pastOf(channel) !== null, GUIDE_WITHIN);
    const programme = this.#pastOf(channel);
    if (!programme) return 'Kodi knows no past programme';
    return `${programme.sTitle}: ${await this.open({ broadcastid: programme.idBroadcast })}`;
  }

  #pastOf(channel: string) {
    const database = new DatabaseSync(this.#kodi.guideFile(), { readOnly: true });
    try {
      const found = database
        .prepare(
          `SELECT idBroadcast, sTitle FROM epgtags JOIN epg USING (idEpg)
           WHERE sName = ? AND iEndTime < ? ORDER BY iStartTime DESC LIMIT 1`,
        )
        .get(channel, Date.now() / 1000 - 3_600);
      return found ? row.parse(found) : null;
    } finally {
      database.close();
    }
  }

  /** Whether it has something open, even while it waits for more of it. */
  async isOpen(): Promise<boolean> {
    return (await this.#ask('Player.HasMedia')) === true;
  }

  /** Whether a moving picture fills the screen. */
  async isPlaying(): Promise<boolean> {
    return (
      this.#watch.still() < STILL &&
      (await this.#ask('Player.Playing')) === true &&
      (await this.#ask('Player.Caching')) === false &&
      (await this.#ask('VideoPlayer.IsFullscreen')) === true
    );
  }

  async stop(): Promise<void> {
    await this.#kodi.call('Player.Stop', { playerid: 1 }, z.unknown()).catch(() => {});
    await sleep(2_000);
  }

  /** Opens a channel, a programme or an address as a person would. @returns what came of it */
  async open(item: Item): Promise<string> {
    await this.stop();
    const started = performance.now();
    await this.#kodi.call('Player.Open', { item }, z.unknown()).catch(() => {});
    const isShown = await until(() => this.isPlaying(), PICTURE_WITHIN);
    return isShown ? `a picture after ${seconds(performance.now() - started)}` : 'no picture';
  }

  async #ask(what: string): Promise<boolean | undefined> {
    return (await this.#kodi.call('XBMC.GetInfoBooleans', { booleans: [what] }, booleans))[what];
  }
}
