import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AccountPool } from '../../src/accounts/account-pool.ts';
import { Slots } from '../../src/accounts/slots.ts';
import { AppError } from '../../src/domain/errors.ts';
import { mainAccount } from '../../src/domain/ids.ts';
import type { Recording, RecordingState } from '../../src/domain/recording.ts';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import { Emitter } from '../../src/lib/emitter.ts';
import { type RecordingPlan, Recordings } from '../../src/recordings/recordings.ts';
import { Schedule } from '../../src/recordings/schedule.ts';
import { Watchers } from '../../src/recordings/watchers.ts';
import { openDatabase } from '../../src/store/database.ts';
import { StoredRecordings } from '../../src/store/recordings.ts';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';
import { Tuners } from '../../src/stream/tuner/tuners.ts';
import { XtreamClient } from '../../src/xtream/client.ts';
import { XtreamProvider } from '../../src/xtream/provider.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { FakeTuners } from '../fakes/fake-leases.ts';
import { mainId } from '../fakes/main-id.ts';
import { PanelArchive } from '../fakes/panel-archive.ts';
import { plainHttp } from '../fakes/plain-http.ts';
import { makeTs } from '../fakes/real-ts.ts';
import { silentLogger } from '../fakes/silent-logger.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';
import { usualFiles } from '../fakes/usual-files.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';
import { framesOf } from './frames-of.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const PATIENT = { timeout: 60_000 };
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let dirs: TempDirs;
let root: string;
let stored: StoredRecordings;
let schedule: Schedule;
let recordings: Recordings;
beforeAll(async () => {
  dirs = await TempDirs.create();
});
beforeEach(async () => {
  root = join(await dirs.next(), 'recordings');
  stored = new StoredRecordings(openDatabase(':memory:'));
});
afterAll(() => dirs.remove());

/** Begins as a process does. */
function begin(tuners: Pick<Tuners, 'acquire'>, clock: Clock, ffmpegPath: string): void {
  const watchers = new Watchers(clock);
  schedule = new Schedule({
    ...{ stored, root, tuners, watchers, clock, ffmpegPath, logger: silentLogger },
    ...{
      leastFree: () => 0,
      files: () => usualFiles,
      onFile: () => {},
      random: () => 0,
      labelOf: ({ channelName }) => channelName,
    },
  });
  recordings = new Recordings({ stored, schedule, root, watchers, clock, changes: new Emitter(() => {}) });
  schedule.start();
}

function plan(times: Pick<RecordingPlan, 'start' | 'stop'>, isFromArchive = true): Recording {
  return recordings.plan(
    {
      channel: { channelId: mainId(7), channelName: 'TF1' },
      ...{ ...times, title: 'Film', programme: null, isFollowing: false, isFromArchive },
    },
    { id: 'discord:1', name: 'Ada' },
  );
}

const stateOf = ({ id }: Recording) => stored.find(id)?.state;
const is = (recording: Recording, state: RecordingState) =>
  expect.poll(() => stateOf(recording), { interval: 20, ...PATIENT }).toBe(state);
const textOf = ({ id }: Recording) => readFile(join(root, stored.find(id)?.file ?? 'none'), 'utf8');

describe('a recording from the archive', () => {
  let clock: FakeClock;
  let tuners: FakeTuners;
  beforeEach(() => {
    clock = new FakeClock({ epoch: Date.UTC(2026, 10, 29, 20) });
    tuners = new FakeTuners();
    // Parts are text: what FFmpeg cannot copy stays as it is.
    begin(tuners, clock, 'none');
  });
  afterEach(() => schedule.stop());

  const opened = (count: number) => expect.poll(() => tuners.leases.length, PATIENT).toBe(count);
  const lease = (number: number) => tuners.leases[number - 1] ?? tuners.last;

  it('begins when the archive has all of it, takes no connection from others, and is complete', async () => {
    const [start, stop] = [clock.now() - HOUR, clock.now() + HOUR];
    const planned = plan({ start, stop });
    expect(planned).toMatchObject({ start, stop, state: 'planned' });
    await clock.advance(HOUR + 9 * MINUTE);
    expect(tuners.wishes).toEqual([]);
    await clock.advance(MINUTE);
    await opened(1);
    expect(tuners.wishes[0]).toMatchObject({
      channelId: mainId(7),
      past: { from: start - 15_000, to: stop },
    });
    expect(tuners.purposes).toEqual(['client']);
    for (let at = start - MINUTE; at < stop; at += 10 * SECOND) lease(1).sendShown(`K${at - start}\n`, at);
    await is(planned, 'recording');
    await lease(1).end('archive_over');
    await is(planned, 'done');
    const lines = (await textOf(planned)).trim().split('\n');
    expect([lines[0], lines.at(-1), lines.length]).toEqual(['K-10000', `K${stop - start - 10_000}`, 721]);
  });

  it('goes on where it broke off, and misses nothing', async () => {
    const [start, stop] = [clock.now() - 3 * HOUR, clock.now() - HOUR];
    const planned = plan({ start, stop });
    await opened(1);
    for (const at of [0, 5, 10, 15]) lease(1).sendShown(`K${at}\n`, start + at * SECOND);
    await lease(1).end('no_slot');
    await is(planned, 'waiting');
    await clock.advance(29_000);
    expect(tuners.leases).toHaveLength(1);
    await clock.advance(1_000);
    await opened(2);
    expect(tuners.wishes[1]?.past).toEqual({ from: start, to: stop });
    for (const at of [0, 6, 11, 16]) lease(2).sendShown(`K${at}\n`, start + at * SECOND);
    lease(2).sendShown('Kend\n', stop - SECOND);
    await lease(2).end('archive_over');
    await is(planned, 'done');
    expect(await textOf(planned)).toBe('K0\nK5\nK10\nK15\nK6\nK11\nK16\nKend\n');
  });

  it('is incomplete where the archive ends early, and says so', async () => {
    const [start, stop] = [clock.now() - 3 * HOUR, clock.now() - HOUR];
    const planned = plan({ start, stop });
    await opened(1);
    lease(1).sendShown('K', start);
    lease(1).sendShown('a', stop - 11 * SECOND);
    await lease(1).end('archive_over');
    await is(planned, 'incomplete');
    expect(stored.find(planned.id)).toMatchObject({
      holes: [{ from: stop - 11 * SECOND, to: stop }],
      reason: { code: 'archive_short' },
    });
  });

  it('goes on after a restart from where it was', async () => {
    const [start, stop] = [clock.now() - 3 * HOUR, clock.now() - HOUR];
    const planned = plan({ start, stop });
    await opened(1);
    for (const at of [0, 30, 60]) lease(1).sendShown(`K${at}\n`, start + at * SECOND);
    await is(planned, 'recording');
    await schedule.stop();
    begin(tuners, clock, 'none');
    await opened(2);
    expect(tuners.wishes[1]?.past).toEqual({ from: start + 45 * SECOND, to: stop });
    lease(2).sendShown('K45\n', start + 45 * SECOND);
    lease(2).sendShown('K55\n', start + 55 * SECOND);
    lease(2).sendShown('Kend\n', stop);
    await lease(2).end('archive_over');
    await is(planned, 'done');
    expect(await textOf(planned)).toBe('K0\nK30\nK60\nK55\nKend\n');
  });

  it('is asked for seldom while the archive does not have it, and fails with the reason after a day', async () => {
    for (let count = 0; count < 1_000; count++) tuners.refusals.push(new AppError('archive_missing'));
    const planned = plan({ start: clock.now() - 3 * HOUR, stop: clock.now() - HOUR });
    await is(planned, 'waiting');
    for (let hours = 0; hours < 26; hours++) await clock.advance(HOUR);
    await is(planned, 'failed');
    expect(stored.find(planned.id)?.reason?.code).toBe('archive_missing');
    expect(tuners.wishes.length).toBeLessThan(170);
  });

  it('replaces what was recorded before as soon as it begins', async () => {
    const [start, stop] = [clock.now(), clock.now() + HOUR];
    const planned = plan({ start, stop }, false);
    await opened(1);
    lease(1).send('Klive');
    await is(planned, 'recording');
    await recordings.takeFromArchive(planned.id, { id: mainId(8), name: 'TF1 HD' });
    expect(lease(1).isReleased).toBe(true);
    expect(stored.find(planned.id)).toMatchObject({
      state: 'planned',
      isFromArchive: true,
      channelId: mainId(8),
    });
    await clock.advance(HOUR + 10 * MINUTE);
    await opened(2);
    lease(2).sendShown('Kpast', start);
    lease(2).sendShown('Kend', stop);
    await lease(2).end('archive_over');
    await is(planned, 'done');
    expect(await textOf(planned)).toBe('KpastKend');
    expect(stored.find(planned.id)?.holes).toEqual([]);
  });

  it('keeps what was recorded before where the archive never comes, with its hole', async () => {
    const [start, stop] = [clock.now(), clock.now() + HOUR];
    const planned = plan({ start, stop }, false);
    await opened(1);
    lease(1).send('Klive');
    await is(planned, 'recording');
    await clock.advance(10 * MINUTE);
    await recordings.takeFromArchive(planned.id, { id: mainId(7), name: 'TF1' });
    for (let count = 0; count < 1_000; count++) tuners.refusals.push(new AppError('archive_missing'));
    for (let hours = 0; hours < 27; hours++) await clock.advance(HOUR);
    await is(planned, 'incomplete');
    expect(await textOf(planned)).toBe('Klive');
    expect(stored.find(planned.id)).toMatchObject({
      holes: [{ from: start + 10 * MINUTE, to: stop }],
      reason: { code: 'archive_missing' },
    });
  });
});

describe('a panel’s archive', () => {
  it('becomes a file with every minute of it', async () => {
    const SPEED = 60;
    const evening = Date.UTC(2026, 6, 1, 18, 45);
    const since = systemClock.monotonic();
    const monotonic = () => SPEED * (systemClock.monotonic() - since);
    const clock: Clock = {
      now: () => Math.round(evening + 3 * HOUR + monotonic()),
      monotonic,
      after: (delay, callback) => systemClock.after(delay / SPEED, callback),
    };
    const panel = await FakePanel.start();
    const { url, username, password } = panel;
    const client = new XtreamClient({
      ...{ baseUrl: url, username, password, accountId: mainAccount, userAgent: 'Player/1', http: plainHttp },
    });
    const provider = new XtreamProvider(client);
    const archive = new PanelArchive({ minute: await makeTs({ seconds: 60, rate: 5, gop: 5 }) });
    panel.archive = archive;
    panel.zones = { named: 'UTC', real: 'UTC' };
    await provider.account();
    const slots = new Slots(1);
    const accounts = new AccountPool({
      accounts: [{ id: mainAccount, provider, http: plainHttp, slots }],
      clock,
    });
    const timeouts = { firstByte: 5_000 * SPEED, silence: 500_000, refusals: 0 };
    const tuners = new Tuners(accounts, { clock, logger: silentLogger, timeouts });
    begin(tuners, clock, (await findFfmpeg(null)).path);
    try {
      const planned = plan({ start: evening, stop: evening + 3 * MINUTE });
      await is(planned, 'done');
      const { file, holes } = recordings.get(planned.id);
      expect(holes).toEqual([]);
      const frames = (await framesOf(join(root, file ?? ''))).length;
      expect(frames).toBeGreaterThanOrEqual(3 * 60 * 5 - 10);
      expect(frames).toBeLessThanOrEqual(3 * 60 * 5 + 20 * 5);
      expect(slots.free).toBe(1);
    } finally {
      await schedule.stop();
      await tuners.stop();
      await panel.stop();
    }
  });
});
