import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { applySettings, type SettingsFollowers } from '../../src/app/apply-settings.ts';
import { createJellyfin } from '../../src/app/create-jellyfin.ts';
import { Settings } from '../../src/config/settings.ts';
import type { BroadcastStatus } from '../../src/domain/broadcast-status.ts';
import type { ClientInUse } from '../../src/domain/client.ts';
import { liveScreen } from '../../src/domain/ids.ts';
import { Emitter } from '../../src/lib/emitter.ts';
import type { ScreenEvent, Screen as SharedScreen } from '../../src/stream/screen/screen.ts';
import { Screens } from '../../src/stream/screen/screens.ts';
import { Viewers } from '../../src/stream/screen/viewers.ts';
import { settle } from '../fakes/fake-clock.ts';
import { FakeJellyfin, guideSource } from '../fakes/jellyfin-server.ts';
import { mainId } from '../fakes/main-id.ts';
import { OfferedWorld } from '../fakes/offered-world.ts';

const MINUTE = 60_000;
const DEVICE = '10ABCDE1';
const GUIDE = '/LiveTv/ListingProviders';
const TUNERS = '/LiveTv/TunerHosts';
const SERVER = '192.168.1.9 Jellyfin-Server/10.11.2';
const idle: BroadcastStatus = {
  id: liveScreen,
  state: 'idle',
  ...{
    channel: null,
    standsInFor: null,
    wanted: null,
    startedAt: null,
    askedBy: null,
    past: null,
    firstSegment: null,
  },
  sound: { tracks: [], track: null },
  ...{ attempt: null, reason: null, viewers: 0, bitrate: null, restarts: 0, lastFailure: null },
};

let jellyfin: FakeJellyfin;
let world: OfferedWorld;
let part: ReturnType<typeof createJellyfin>;
let events: Emitter<ScreenEvent>;
let viewers: Viewers;
let clients: ClientInUse[];
let settings: { current: Settings['current'] };
let log: string[];
beforeEach(async () => {
  jellyfin = await FakeJellyfin.start();
  world = new OfferedWorld();
  await world.list([{ id: 11, name: 'FR| TF1 HD' }]);
  events = new Emitter(() => {});
  viewers = new Viewers(world.clock);
  clients = [];
  log = [];
  settings = { current: naming(jellyfin.url, jellyfin.apiKey) };
  part = createJellyfin({
    ...{
      settings,
      screens: new Screens([{ events, viewers } as unknown as SharedScreen], pino({ level: 'silent' })),
      lineUp: world.lineUp,
      deviceId: DEVICE,
    },
    ...{ clients: { list: () => clients }, clock: world.clock },
    logger: pino({}, { write: (line: string) => void log.push(line) }),
  });
  await part.start?.();
});
afterEach(async () => {
  await part.stop?.();
  await world.stop();
  await jellyfin.stop();
});

const naming = (url: string, key: string) =>
  Settings.open({ DATA_DIR: '/nowhere', JELLYFIN_URL: url, JELLYFIN_API_KEY: key }).current;
const show = (id: number | null) =>
  events.emit({
    type: 'status',
    status: { ...idle, channel: id === null ? null : { id: mainId(id), name: `Channel ${id}` } },
  });
/** Lets time pass, in minutes. @param lines what the log says by then, of all that has happened. */
async function pass(minutes: number, lines: number): Promise<void> {
  await world.clock.advance(minutes * MINUTE);
  await vi.waitUntil(() => log.length >= lines, { timeout: 10_000 });
  await settle();
  // Whatever was asked for before this has arrived.
  await fetch(jellyfin.url).catch(() => {});
  expect(log).toHaveLength(lines);
}

describe('Jellyfin', () => {
  it('reads the guide anew soon after a switch, with its own settings of it', async () => {
    viewers.connected(SERVER);
    const before = structuredClone(jellyfin.guides);
    show(1);
    await pass(0.2, 1);
    expect(jellyfin.reads).toEqual([GUIDE]);
    expect(jellyfin.guides).toEqual(before);
  });

  it('is told of many switches once, every ten minutes at most, and of the last one always', async () => {
    viewers.connected(SERVER);
    for (const id of [1, 2, 3]) show(id);
    await pass(0.2, 1);
    show(4);
    // Neither the same channel again nor its trouble changes the guide.
    show(4);
    await pass(9, 1);
    await pass(1, 2);
    await pass(60, 2);
    show(null);
    await pass(0.2, 3);
    expect(jellyfin.reads).toEqual([GUIDE, GUIDE, GUIDE]);
  });

  it('is told of nothing until somebody watches by it', async () => {
    viewers.connected('192.168.1.7 VLC/3.0.21');
    show(1);
    await pass(30, 0);
    expect(jellyfin.requests).toBe(1);
    viewers.seen('192.168.1.9 Lavf/61.1.100');
    await pass(0.2, 1);
    expect(jellyfin.reads).toEqual([GUIDE]);
  });

  it('is known by its token, whatever it calls itself', async () => {
    const client = { id: 1, name: 'Jellyfin', kind: 'jellyfin', createdAt: 0, lastUsedAt: null } as const;
    clients = [{ ...client, playing: [], refusal: null }];
    show(1);
    await pass(1, 0);
    clients = [{ ...client, playing: ['TF1'], refusal: null }];
    await pass(0.2, 1);
  });

  it('reads the channels anew when others are offered, and no tuners of others', async () => {
    viewers.connected(SERVER);
    const mine = [
      { Id: 'a', Type: 'm3u', Url: 'http://zapette:8002/t/Tok3n/playlist.m3u', TunerCount: 0 },
      { Id: 'b', Type: 'hdhomerun', Url: 'http://zapette:8002/t/Tok3n', DeviceId: DEVICE },
    ];
    jellyfin.tuners = [
      ...mine,
      { Id: 'c', Type: 'm3u', Url: 'http://others/list.m3u' },
      { Id: 'd', Type: 'hdhomerun', Url: 'http://192.168.1.5', DeviceId: '12345678' },
    ];
    const before = structuredClone(jellyfin.tuners);
    world.offered = { kind: 'all' };
    const changed = new Promise<void>((resolve) => world.lineUp.onChange(resolve));
    await takeSetting('OUTPUT_CHANNELS');
    await changed;
    await pass(0.2, 1);
    expect(jellyfin.reads).toEqual([TUNERS, TUNERS, GUIDE]);
    expect(jellyfin.tuners).toEqual(before);
  });

  it('is asked to run its task where it does not take its own settings back', async () => {
    jellyfin.isOld = true;
    viewers.connected(SERVER);
    show(1);
    await pass(0.2, 1);
    expect(jellyfin.reads).toEqual(['the task']);
  });

  it('that does not answer is told ten minutes later, and the log says once what is wrong, without the key', async () => {
    viewers.connected(SERVER);
    jellyfin.isStarting = true;
    show(1);
    await pass(0.2, 1);
    await pass(10, 1);
    jellyfin.isStarting = false;
    await pass(10, 2);
    expect(jellyfin.reads).toEqual([GUIDE]);
    expect(log[0]).toContain('unreachable');
    expect(log.join()).not.toContain(jellyfin.apiKey);
  });

  it('is asked for nothing where no server is named', async () => {
    settings.current = Settings.open({ DATA_DIR: '/nowhere' }).current;
    viewers.connected(SERVER);
    show(1);
    expect(world.clock.pending).toBe(0);
    expect(await part.api.state()).toBe('off');
  });
});

describe('what /doctor learns of it', () => {
  it.each<[what: string, state: string, change: () => unknown]>([
    ['all is well', 'works', () => {}],
    [
      'the guide is a file of a client',
      'works',
      () => {
        jellyfin.guides = [guideSource('https://tv.example/t/Tok3n/epg.xml.gz')];
      },
    ],
    ['the key is wrong', 'refused', () => use(jellyfin.url, 'wrong')],
    ['the key is not an administrator’s', 'no_rights', () => use(jellyfin.url, jellyfin.usersToken)],
    ['something else answers', 'foreign', () => use(`${jellyfin.url}/other`, jellyfin.apiKey)],
    [
      'it is starting',
      'unreachable',
      () => {
        jellyfin.isStarting = true;
      },
    ],
    [
      'it has only guides of others',
      'no_guide',
      () => {
        jellyfin.guides = [
          guideSource('http://others/guide.xml'),
          guideSource('/epg.xml', { Type: 'schedulesdirect' }),
        ];
      },
    ],
    ['nobody answers', 'unreachable', () => jellyfin.stop().then(() => use(jellyfin.url, 'x'))],
  ])('%s: %s', async (_what, state, change) => {
    await change();
    expect(await part.api.state()).toBe(state);
    expect(jellyfin.reads).toEqual([]);
  });
});

/** As after a change on the set-up page. */
async function takeSetting(name: string): Promise<void> {
  const followers = { lineUp: world.lineUp, secrets: { add: () => {} } };
  const apply = applySettings(followers as unknown as SettingsFollowers);
  await apply({ before: settings.current, after: settings.current, names: new Set([name]) });
}

function use(url: string, key: string): void {
  settings.current = naming(url, key);
}
