/**
 * Watches Zapette with a real Kodi on a virtual screen: its channel list and guide, the shared screen, ten switches, a busy
 * subscription, a channel of its own, a past programme, and a restart of Zapette.
 *
 *   node bench/kodi.ts [ts | hls | hdhomerun]      (all three unless given)
 *
 * Debian: kodi, kodi-pvr-iptvsimple, kodi-pvr-hdhomerun, pulseaudio, xvfb, ffmpeg. hdhomerun takes a network in which a
 * broadcast comes back, such as this one:
 *
 *   unshare -n sh -c 'ip link set lo up; ip link add v0 type veth peer name v1; ip link set v1 up;
 *     ip addr add 10.77.0.1/24 brd + dev v0; ip link set v0 up; ip route add default dev v0; node bench/kodi.ts hdhomerun'
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type KodiAddOn, startKodi } from './kodi-player.ts';
import { KodiTelevision } from './kodi-television.ts';
import { virtualScreen } from './players.ts';
import { colourDistance, type ScreenWatch, watchScreen } from './screen-watch.ts';
import { freePort, seconds, startZapette, table, until } from './tools.ts';

type Zapette = Awaited<ReturnType<typeof startZapette>>;
type Way = 'ts' | 'hls' | 'hdhomerun';
/** Writes down what a check has found. */
type Note = (check: string, found: string) => void;

const SIZE = '800x450';
const SWITCHES = 10;
/** Demo channels that are cheap to make, and of different colours, sizes and rates. */
const CHANNELS = ['Un HD', 'Deux', 'Météo Zapette', 'Petit Écho', 'Un +1 HD', 'Test 480p'];
/** A difference of colours that the moving text of a channel does not make. */
const OTHER_PICTURE = 12;
/** Milliseconds. */
const CHANGE_WITHIN = 40_000;
const RETURN_WITHIN = 90_000;

for (const way of ['ts', 'hls', 'hdhomerun'] as const)
  if (process.argv.length < 3 || process.argv.includes(way)) await watchBy(way);

async function watchBy(way: Way): Promise<void> {
  const rows: string[][] = [];
  const note: Note = (check, found) => {
    rows.push([check, found]);
    console.log(`${way}: ${check}: ${found}`);
  };
  const env = {
    ...{ PORT: String(await freePort()), OUTPUT_CHANNELS: 'all', XTREAM_MAX_CONNECTIONS: '2' },
    ...(way === 'hdhomerun' ? { HOST: '0.0.0.0', HDHOMERUN_DISCOVERY: 'on' } : {}),
  };
  const dataDir = await mkdtemp(join(tmpdir(), 'zapette-bench-'));
  const options = { env, dataDir, keepData: true };
  let zapette = await startZapette(options);
  const stopping = [() => zapette.stop(), () => rm(dataDir, { recursive: true, force: true })];
  try {
    const { playlist_url: playlist, guide_url: guide } = await zapette.makeClient('Kodi', 'kodi');
    await play(zapette, 'Un HD');
    // Kodi keeps for two hours what it reads at its start.
    await until(async () => (await (await fetch(guide)).text()).includes('<desc'), 60_000);

    const screen = await virtualScreen(SIZE);
    stopping.unshift(() => screen.stop());
    const kodi = await startKodi(addOnFor(way, playlist), screen.display);
    stopping.unshift(() => kodi.stop());
    const watch = watchScreen(screen.display, SIZE);
    stopping.unshift(() => watch.stop());
    const television = new KodiTelevision(kodi, watch);

    const { live, own } = await readLists(television, note);
    note('the screen', await television.open({ channelid: live }));
    await switchOften(zapette, television, watch, note);
    if (own !== null) await watchOwnChannel(zapette, television, { live, own }, note);

    await television.open({ channelid: live });
    await sleep(5_000);
    await zapette.stop();
    const stoppedAt = performance.now();
    const starting = startZapette(options);
    await until(async () => (await fetch(`${zapette.url}/live.m3u8`)).ok, 60_000);
    const backAt = performance.now();
    note('Zapette was away for', seconds(backAt - stoppedAt));
    zapette = await starting;
    // Not what it has in reserve from before.
    await sleep(10_000);
    await until(async () => (await television.isPlaying()) || !(await television.isOpen()), RETURN_WITHIN);
    const isBack = await television.isPlaying();
    note(
      'after its return',
      isBack ? `plays, seen after ${seconds(performance.now() - backAt)}` : 'has stopped',
    );

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

/** @returns why not, if the channel could not be put on air */
async function play(zapette: Zapette, name: string): Promise<string | null> {
  const { items } = JSON.parse(await zapette.text('/api/channels?page_size=100')) as {
    items: { id: number; name: string }[];
  };
  const id = items.find((each) => each.name === name)?.id;
  return zapette.post('/set_active_stream', { channel_id: id }).then(() => null, String);
}

/** @returns the shared screen and a channel, as Kodi calls them */
async function readLists(
  television: KodiTelevision,
  note: Note,
): Promise<{ live: number; own: number | null }> {
  const channels = await television.channels();
  const logos = channels.filter(({ icon }) => icon !== '').length;
  const some = channels.slice(0, 3).map(({ channelnumber, label }) => `${channelnumber} ${label}`);
  note('list', `${channels.length} channels, ${logos} with a logo: ${some.join(', ')}, …`);
  note('groups', (await television.groups()).join(', '));
  const live = channels[0]?.channelid;
  if (live === undefined) throw new Error('Kodi has no channel');
  const own = channels.find(({ label }) => label === 'Deux')?.channelid ?? null;
  for (const [name, id] of [
    ['of the screen', live],
    ['of a channel', own],
  ] as const) {
    if (id === null) continue;
    const guide = await television.guideOf(id);
    const [, second] = guide;
    note(`guide ${name}`, `${guide.length} programmes, such as ${second?.starttime} ${second?.title}`);
  }
  return { live, own };
}

async function switchOften(
  zapette: Zapette,
  television: KodiTelevision,
  watch: ScreenWatch,
  note: Note,
): Promise<void> {
  const delays: number[] = [];
  let refused = 0;
  watch.longestStill();
  for (let n = 1; n <= SWITCHES && (await television.isOpen()); n++) {
    const before = watch.colour();
    const failure = await play(zapette, CHANNELS[n % CHANNELS.length] ?? '');
    if (failure !== null) {
      refused++;
      console.log(failure);
      continue;
    }
    const onAirAt = performance.now();
    const isOther = async () => colourDistance(before, watch.colour()) > OTHER_PICTURE;
    if (await until(isOther, CHANGE_WITHIN)) delays.push(performance.now() - onAirAt);
    await sleep(1_500);
  }
  note('switches', `${delays.length} of ${SWITCHES} seen, ${refused} refused by Zapette`);
  note('behind', `${seconds(Math.min(...delays))} to ${seconds(Math.max(...delays))}`);
  note('longest still picture', seconds(watch.longestStill()));
  note('after them', (await television.isPlaying()) ? 'plays' : 'DOES NOT PLAY');
}

async function watchOwnChannel(
  zapette: Zapette,
  television: KodiTelevision,
  { live, own }: { readonly live: number; readonly own: number },
  note: Note,
): Promise<void> {
  await play(zapette, 'Météo Zapette');
  note('a channel of its own', await television.open({ channelid: own }));
  await television.stop();

  const neighbour = await zapette.makeClient('Neighbour', 'other');
  const list = await (await fetch(neighbour.playlist_url)).text();
  const other = /^http\S+\/ch\/\d+\.ts$/m.exec(list)?.[0] ?? '';
  const leave = new AbortController();
  const { status } = await fetch(other, { signal: leave.signal });
  note('busy', `the neighbour got ${status}, Kodi ${await television.open({ channelid: own })}`);
  note('the screen meanwhile', await television.open({ channelid: live }));
  leave.abort();
  note('no longer busy', await television.open({ channelid: own }));
  note('a past programme', await television.openPast('Deux'));
}
