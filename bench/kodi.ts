/**
 * Watches Zapette with a real Kodi on a virtual screen: its channel list and guide, the shared screen, ten switches, a busy
 * subscription, a channel of its own, a past programme, and a restart of Zapette. It looks at the picture, not at what
 * Kodi says of itself.
 *
 *   node bench/kodi.ts [ts | hls | hdhomerun]      (all three unless given)
 *
 * Debian: kodi, kodi-pvr-iptvsimple, kodi-pvr-hdhomerun, pulseaudio, xvfb, ffmpeg. For hdhomerun, whose players look for
 * tuners by a broadcast, without a network of its own:
 *
 *   unshare -n sh -c 'ip link set lo up; ip link add b0 type bridge; ip addr add 10.77.0.1/24 brd + dev b0; ip link set b0 up;
 *     node bench/kodi.ts hdhomerun'
 */
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type KodiAddOn, startKodi } from './kodi-player.ts';
import { virtualScreen } from './players.ts';
import { colourDistance, watchScreen } from './screen-watch.ts';
import { freePort, startZapette, table } from './tools.ts';

const SIZE = '800x450';
const SWITCHES = 10;
/** Demo channels that are cheap to make and of different colours, sizes and rates. */
const CHANNELS = ['Un HD', 'Deux', 'Météo Zapette', 'Petit Écho', 'Un +1 HD', 'Test 480p'];
/** A difference of colours that no other channel's moving text makes. */
const OTHER_PICTURE = 12;
/** Milliseconds. */
const PICTURE_WITHIN = 30_000;

const channelsSchema = z.object({
  channels: z.array(
    z.object({ channelid: z.number(), label: z.string(), channelnumber: z.number(), icon: z.string() }),
  ),
});
const broadcastsSchema = z.object({
  broadcasts: z
    .array(
      z.object({
        broadcastid: z.number().optional(),
        title: z.string(),
        starttime: z.string(),
        isplayable: z.boolean().optional(),
      }),
    )
    .default([]),
});
const groupsSchema = z.object({ channelgroups: z.array(z.object({ label: z.string() })) });
const booleansSchema = z.record(z.string(), z.boolean());
const unknown = z.unknown();

type Way = 'ts' | 'hls' | 'hdhomerun';
const ways = ['ts', 'hls', 'hdhomerun'] as const;
const asked = ways.filter((way) => process.argv.length < 3 || process.argv.includes(way));
for (const way of asked) await watchWith(way);

async function watchWith(way: Way): Promise<void> {
  const rows: string[][] = [];
  const note = (check: string, found: string): void => {
    rows.push([check, found]);
    console.log(`${way}: ${check}: ${found}`);
  };
  const env = {
    PORT: String(await freePort()),
    OUTPUT_CHANNELS: 'all',
    XTREAM_MAX_CONNECTIONS: '2',
    HOST: '0.0.0.0',
    HDHOMERUN_DISCOVERY: way === 'hdhomerun' ? 'on' : 'off',
  };
  let zapette = await startZapette({ env, keepData: true });
  const stopping = [() => zapette.stop()];
  try {
    const { items } = z
      .object({ items: z.array(z.object({ id: z.number(), name: z.string() })) })
      .parse(JSON.parse(await zapette.text('/api/channels?page_size=100')));
    /** @returns why not, if the channel could not be put on air */
    const play = async (name: string): Promise<string | null> => {
      const id = items.find((each) => each.name === name)?.id;
      try {
        await zapette.post('/set_active_stream', { channel_id: id });
        return null;
      } catch (error) {
        return String(error);
      }
    };
    const client = await zapette.makeClient('Kodi', 'kodi');
    await play('Un HD');
    // Kodi keeps for two hours what it reads at its start.
    await until(async () => (await (await fetch(client.guide_url)).text()).includes('<desc'), 60_000);

    const screen = await virtualScreen(SIZE);
    stopping.unshift(() => screen.stop());
    const kodi = await startKodi(addOnFor(way, client.playlist_url), screen.display);
    stopping.unshift(() => kodi.stop());
    const watch = watchScreen(screen.display, SIZE);
    stopping.unshift(() => watch.stop());

    const listed = async () =>
      (
        await kodi.call(
          'PVR.GetChannels',
          { channelgroupid: 'alltv', properties: ['channelnumber', 'icon'] },
          channelsSchema,
        )
      ).channels;
    await until(async () => (await listed()).length > 0, 60_000);
    const channels = await listed();
    const groups = await kodi.call('PVR.GetChannelGroups', { channeltype: 'tv' }, groupsSchema);
    const [first] = channels;
    note(
      'list',
      `${channels.length} channels, ${channels.filter(({ icon }) => icon !== '').length} with a logo`,
    );
    note('first channel', `${first?.channelnumber} ${first?.label}`);
    note('groups', groups.channelgroups.map(({ label }) => label).join(', '));
    const live = first?.channelid;
    const own = channels.find(({ label }) => label.includes('Deux'))?.channelid;

    const guideOf = async (channelid: number | undefined) =>
      (
        await kodi.call(
          'PVR.GetBroadcasts',
          {
            channelid,
            properties: ['title', 'starttime', 'endtime', 'isplayable'],
          },
          broadcastsSchema,
        )
      ).broadcasts;
    for (const [name, id] of [
      ['of the screen', live],
      ['of a channel', own],
    ] as const) {
      await until(async () => (await guideOf(id)).length > 0, 30_000);
      const guide = await guideOf(id);
      note(`guide ${name}`, `${guide.length} programmes, such as ${guide[0]?.starttime} ${guide[0]?.title}`);
    }

    const isPlaying = async () => {
      const params = { booleans: ['Player.Playing', 'Player.Caching', 'VideoPlayer.IsFullscreen'] };
      const is = await kodi.call('XBMC.GetInfoBooleans', params, booleansSchema);
      return Boolean(is['Player.Playing'] && !is['Player.Caching'] && is['VideoPlayer.IsFullscreen']);
    };
    const stopPlaying = async () => {
      await kodi.call('Player.Stop', { playerid: 1 }, unknown).catch(() => {});
      await sleep(2_000);
    };
    const open = async (item: object): Promise<string> => {
      await stopPlaying();
      const started = performance.now();
      await kodi.call('Player.Open', { item }, unknown).catch(() => {});
      const isShown = await until(async () => (await isPlaying()) && watch.still() < 500, PICTURE_WITHIN);
      return isShown ? `a picture after ${seconds(performance.now() - started)}` : 'no picture';
    };
    const state = async (): Promise<string> => {
      watch.longestStill();
      await sleep(5_000);
      const still = watch.longestStill();
      return (await isPlaying()) && still < 4_000
        ? 'plays'
        : `STANDS (${seconds(still)}), playing: ${await isPlaying()}`;
    };

    note('the screen', await open({ channelid: live }));
    note('the screen, 5 s later', await state());

    const delays: number[] = [];
    let refused = 0;
    watch.longestStill();
    for (let n = 1; n <= SWITCHES; n++) {
      const before = watch.colour();
      const started = performance.now();
      const failure = await play(CHANNELS[n % CHANNELS.length] ?? '');
      if (failure !== null) {
        refused++;
        console.log(failure);
        continue;
      }
      const hasChanged = await until(
        async () => colourDistance(before, watch.colour()) > OTHER_PICTURE,
        PICTURE_WITHIN,
      );
      if (hasChanged) delays.push(performance.now() - started);
      if (!(await isPlaying())) break;
      await sleep(1_500);
    }
    note(
      'ten switches',
      `${delays.length} seen, ${refused} refused, after ${seconds(Math.min(...delays))} to ${seconds(Math.max(...delays))}; longest still picture ${seconds(watch.longestStill())}`,
    );
    note('after them', await state());

    await play('Météo Zapette');
    note('a channel of its own', await open({ channelid: own }));
    note('the channel, 5 s later', await state());

    await stopPlaying();
    const neighbour = await zapette.makeClient('Neighbour', 'other');
    const other = /http\S+\/ch\/\d+\.ts/.exec(await (await fetch(neighbour.playlist_url)).text())?.[0] ?? '';
    const leave = new AbortController();
    const { status } = await fetch(other, { signal: leave.signal });
    note('busy', `the neighbour got ${status}, Kodi ${await open({ channelid: own })}`);
    note('the screen meanwhile', await open({ channelid: live }));
    leave.abort();
    note('no longer busy', await open({ channelid: own }));

    const now = new Date().toISOString().replace('T', ' ');
    const past = (await guideOf(own)).filter(({ starttime, isplayable }) => isplayable && starttime < now);
    const programme = past.at(-2);
    note(
      'a past programme',
      programme
        ? `${programme.title}: ${await open({ broadcastid: programme.broadcastid })}`
        : 'none is offered',
    );

    await open({ channelid: live });
    await sleep(5_000);
    await zapette.stop();
    const stoppedAt = performance.now();
    const starting = startZapette({ env, dataDir: zapette.dataDir, keepData: true });
    await until(async () => (await fetch(`${zapette.url}/live.m3u8`)).ok, 60_000);
    note('Zapette was away for', seconds(performance.now() - stoppedAt));
    zapette = await starting;
    const backAt = performance.now();
    const goesOn = await until(async () => (await isPlaying()) && watch.still() < 500, 60_000);
    note('after the restart', goesOn ? `goes on after ${seconds(performance.now() - backAt)}` : 'STOPS');
    note('and 5 s later', await state());
    const log = join(tmpdir(), `kodi-${way}.log`);
    await writeFile(log, kodi.log());
    console.log(`Kodi's log: ${log}`);
  } finally {
    for (const stop of stopping) await stop();
  }
  console.log(table([`Kodi, ${way}`, ''], rows));
}

function addOnFor(way: Way, playlist: string): KodiAddOn {
  if (way === 'hdhomerun') return { id: 'pvr.hdhomerun', needs: [], settings: { debug: 'true' } };
  return {
    id: 'pvr.iptvsimple',
    needs: ['inputstream.ffmpegdirect', 'inputstream.adaptive', 'inputstream.rtmp'],
    settings: {
      m3uPathType: '1',
      m3uUrl: way === 'hls' ? `${playlist}?output=hls` : playlist,
      m3uCache: 'false',
      epgPathType: '1',
      epgUrl: '',
      catchupEnabled: 'true',
    },
  };
}

async function until(isSo: () => Promise<boolean>, patience: number): Promise<boolean> {
  const started = performance.now();
  // Kodi has no answer to give while an add-on starts.
  while (!(await isSo().catch(() => false))) {
    if (performance.now() - started > patience) return false;
    await sleep(200);
  }
  return true;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
