import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Slots } from '../../src/accounts/slots.ts';
import type { Recording, RecordingFiles, RecordingState } from '../../src/domain/recording.ts';
import { parseRecordingNames } from '../../src/domain/recording-names.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { Emitter } from '../../src/lib/emitter.ts';
import { recordingPlace } from '../../src/recordings/file-names.ts';
import { Recordings } from '../../src/recordings/recordings.ts';
import { Schedule } from '../../src/recordings/schedule.ts';
import { Watchers } from '../../src/recordings/watchers.ts';
import { openDatabase } from '../../src/store/database.ts';
import { StoredRecordings } from '../../src/store/recordings.ts';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';
import { Tuners } from '../../src/stream/tuner/tuners.ts';
import { poolOf } from '../fakes/account-pool.ts';
import { asDelivered } from '../fakes/as-delivered.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { mainId } from '../fakes/main-id.ts';
import { Origin } from '../fakes/origin.ts';
import { makeTs } from '../fakes/real-ts.ts';
import { silentLogger } from '../fakes/silent-logger.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';
import { usualFiles } from '../fakes/usual-files.ts';
import { framesOf, streamsOfFile } from './frames-of.ts';

const ada = { id: 'discord:1', name: 'Ada' };
const MINUTE = 60_000;
/** FFmpeg runs at low priority, and so waits for whatever else the machine does. */
const PATIENT = { timeout: 60_000 };
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let dirs: TempDirs;
let ffmpegPath: string;
/** Three seconds of a channel, and three of the same channel later. */
let film: Buffer;
let later: Buffer;
let origin: Origin;
/** The provider's side of each connection. */
let lines: ServerResponse[];
let tuners: Tuners;
let slots: Slots;
let clock: FakeClock;
let root: string;
let stored: StoredRecordings;
let schedule: Schedule;
let recordings: Recordings;
let files: RecordingFiles;
/** Files that were told of. */
let made: string[];

beforeAll(async () => {
  dirs = await TempDirs.create();
  ffmpegPath = (await findFfmpeg(null)).path;
  const tracks = [
    { tone: 440, language: 'fra' },
    { tone: 880, language: 'eng' },
  ];
  film = await makeTs({ seconds: 3, tracks });
  later = await makeTs({ seconds: 3, tracks, start: 100, filter: 'negate' });
});
afterAll(() => dirs.remove());

beforeEach(async () => {
  files = usualFiles;
  made = [];
  lines = [];
  root = join(await dirs.next(), 'recordings');
  origin = await new Origin().start();
  origin.answer((_, response) => {
    response.writeHead(200, { 'content-type': 'video/mp2t' });
    response.write(lines.length === 0 ? film : later);
    lines.push(response);
  });
  slots = new Slots(1);
  const timeouts = { firstByte: 2_000, silence: 5_000, refusals: 0 };
  const accounts = poolOf({ slots, http: origin.http, urlOf: (id) => origin.url(`/${id}`) });
  tuners = new Tuners(accounts, { clock: systemClock, logger: silentLogger, timeouts });
  // Files have the system's time.
  clock = new FakeClock({ epoch: Date.now() });
  stored = new StoredRecordings(openDatabase(':memory:'));
  begin();
});
afterEach(async () => {
  await schedule.stop();
  await tuners.stop();
  await origin.stop();
});

/** Begins as a process does. */
function begin(): void {
  const watchers = new Watchers(clock);
  schedule = new Schedule({
    watchers,
    ...{ stored, root, tuners, ffmpegPath, clock, logger: silentLogger },
    ...{ leastFree: () => 0, files: () => files, onFile: (path) => void made.push(path) },
    labelOf: ({ channelName }) => channelName,
  });
  const changes = new Emitter(() => {});
  recordings = new Recordings({ stored, schedule, root, changes, watchers, clock });
  schedule.start();
}

function plan({ from = 0, minutes = 10, title = 'Le Journal' } = {}): Recording {
  const start = clock.now() + from * MINUTE;
  return recordings.plan(
    {
      channel: { channelId: mainId(1), channelName: 'TF1' },
      ...{ title, start, stop: start + minutes * MINUTE, programme: null, isFollowing: false },
    },
    ada,
  );
}

const stateOf = ({ id }: Recording) => stored.find(id)?.state;
const is = (recording: Recording, state: RecordingState) =>
  expect.poll(() => stateOf(recording), { interval: 20, ...PATIENT }).toBe(state);
const bytesOf = async ({ id }: Recording) => {
  const folder = join(root, '.unfinished', String(id));
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^part-\d+\.ts$/.test(name));
  return Promise.all(names.toSorted().map(async (name) => (await readFile(join(folder, name))).length));
};
/** Waits until a part has everything that the provider has sent. */
const hasAll = (recording: Recording, part: number) => {
  const whole = asDelivered(part === 1 ? film : later).length;
  return expect.poll(async () => (await bytesOf(recording))[part - 1], PATIENT).toBe(whole);
};
const fileOf = ({ id }: Recording) => join(root, stored.find(id)?.file ?? 'none');

describe('a recording', () => {
  it('begins when it is due, holds every picture and track, and ends when it is over', async () => {
    const planned = plan({ from: 5 });
    await clock.advance(4 * MINUTE);
    expect([stateOf(planned), origin.requests]).toEqual(['planned', []]);
    await clock.advance(MINUTE);
    await is(planned, 'recording');
    expect(slots.holders).toEqual(['TF1 (● Le Journal)']);
    await hasAll(planned, 1);
    expect(existsSync(join(root, 'Shows'))).toBe(false);
    await clock.advance(10 * MINUTE);
    await is(planned, 'done');
    expect(slots.free).toBe(1);
    expect(stored.find(planned.id)).toMatchObject({ holes: [], reason: null });
    const path = fileOf(planned);
    expect(path).toMatch(
      /Shows[\\/]Le Journal[\\/]Season \d{4}[\\/]Le Journal - \d{4}-\d\d-\d\d \d\d-\d\d - TF1\.mkv$/,
    );
    expect(await framesOf(path)).toEqual(await framesOf(film));
    expect(await streamsOfFile(path)).toEqual(['Video: h264', 'Audio: aac', 'Audio: aac']);
    expect(await readFile(path.replace('.mkv', '.nfo'), 'utf8')).toContain('<title>Le Journal</title>');
    expect(await readdir(join(root, '.unfinished'))).toEqual([]);
  });

  it('is an MP4 file under a name of one’s own, where that is wished', async () => {
    files = { names: parseRecordingNames('{channel}/{title}[ - {subtitle}]') ?? [], format: 'mp4' };
    const planned = plan();
    await is(planned, 'recording');
    await hasAll(planned, 1);
    await clock.advance(10 * MINUTE);
    await is(planned, 'done');
    expect(stored.find(planned.id)?.file).toBe('TF1/Le Journal.mp4');
    expect(await framesOf(fileOf(planned))).toEqual(await framesOf(film));
    expect(await streamsOfFile(fileOf(planned))).toEqual(['Video: h264', 'Audio: aac', 'Audio: aac']);
    expect(existsSync(join(root, 'TF1/Le Journal.nfo'))).toBe(true);
    expect(made).toEqual([join(root, 'TF1', 'Le Journal.mp4')]);
    // The index is in front, so that players begin before they have all of it.
    const head = (await readFile(fileOf(planned))).subarray(0, 200).toString('latin1');
    expect(head).toMatch(/moov/);
  });

  it('whose provider breaks off goes on, is incomplete, and has all that came', async () => {
    const planned = plan();
    await is(planned, 'recording');
    await hasAll(planned, 1);
    const broken = clock.now();
    lines[0]?.destroy();
    await is(planned, 'waiting');
    await clock.advance(3_000);
    await is(planned, 'recording');
    await hasAll(planned, 2);
    await clock.advance(10 * MINUTE);
    await is(planned, 'incomplete');
    const { holes, reason } = recordings.get(planned.id);
    expect(reason?.code).toBe('channel_ended');
    expect(holes).toEqual([{ from: expect.any(Number), to: expect.any(Number) }]);
    expect(holes[0]?.from).toBeLessThanOrEqual(broken);
    expect(holes[0]?.to).toBeGreaterThan(broken);
    const frames = await framesOf(fileOf(planned));
    expect(frames).toEqual([...(await framesOf(film)), ...(await framesOf(later))]);
  });

  it('goes on after a restart, and knows what is missing', async () => {
    const planned = plan();
    await is(planned, 'recording');
    await hasAll(planned, 1);
    const stoppedAt = clock.now();
    await schedule.stop();
    expect(slots.free).toBe(1);
    await clock.advance(2 * MINUTE);
    begin();
    await expect.poll(() => lines.length).toBe(2);
    await is(planned, 'recording');
    await hasAll(planned, 2);
    await clock.advance(10 * MINUTE);
    await is(planned, 'incomplete');
    const { holes, reason } = recordings.get(planned.id);
    expect(reason?.code).toBe('recording_interrupted');
    expect(holes).toHaveLength(1);
    // Files have the system's time.
    expect(Math.abs((holes[0]?.from ?? 0) - stoppedAt)).toBeLessThan(MINUTE);
    expect(holes[0]?.to).toBeGreaterThanOrEqual(stoppedAt + 2 * MINUTE);
    expect((await framesOf(fileOf(planned))).length).toBe(2 * (await framesOf(film)).length);
  });

  it('that ended while nothing ran is made of what is there, with its hole', async () => {
    const planned = plan();
    await is(planned, 'recording');
    await hasAll(planned, 1);
    await schedule.stop();
    await clock.advance(20 * MINUTE);
    begin();
    await is(planned, 'incomplete');
    expect(recordings.get(planned.id).holes).toEqual([{ from: expect.any(Number), to: planned.stop }]);
    expect(await framesOf(fileOf(planned))).toEqual(await framesOf(film));
    expect(origin.requests).toHaveLength(1);
  });

  it('whose time went by while nothing ran has failed, and says why', async () => {
    const planned = plan({ from: 5 });
    await schedule.stop();
    await clock.advance(30 * MINUTE);
    begin();
    await is(planned, 'failed');
    expect(recordings.get(planned.id).reason?.code).toBe('recording_missed');
  });

  // Windows deletes no file that is open.
  it.skipIf(process.platform === 'win32')('whose parts somebody has deleted says so', async () => {
    const planned = plan();
    await is(planned, 'recording');
    await hasAll(planned, 1);
    await rm(join(root, '.unfinished'), { recursive: true });
    await clock.advance(10 * MINUTE);
    await expect.poll(() => stateOf(planned), PATIENT).toMatch(/failed|incomplete/);
    expect(recordings.get(planned.id).reason?.code).toBe('recordings_folder');
  });

  it('of a channel that never came has failed, with the reason', async () => {
    origin.answer((_, response) => response.writeHead(404).end());
    const planned = plan();
    await expect.poll(() => recordings.get(planned.id).reason?.code).toBe('channel_dead');
    await clock.advance(10 * MINUTE);
    await is(planned, 'failed');
    expect(recordings.get(planned.id).reason?.code).toBe('channel_dead');
  });

  it('waits for a connection that a screen has, says who, and takes it once it is free', async () => {
    const screen = await tuners.acquire(
      { channelId: mainId(2), name: 'Arte' },
      'screen',
      new AbortController().signal,
    );
    const planned = plan();
    await expect
      .poll(() => recordings.get(planned.id).reason)
      .toEqual({
        code: 'no_slot',
        params: { capacity: 1, holders: 'Arte' },
      });
    await screen.release();
    await clock.advance(2_000);
    await is(planned, 'recording');
  });

  it('costs no second connection where a screen has the channel, and outlives the screen', async () => {
    const screen = await tuners.acquire(
      { channelId: mainId(1), name: 'TF1' },
      'screen',
      new AbortController().signal,
    );
    screen.listen(() => {});
    const planned = plan();
    await expect.poll(() => stateOf(planned)).toBe('waiting');
    // It joins in the middle, and so begins with the next keyframe.
    lines[0]?.write(later);
    await is(planned, 'recording');
    await screen.release();
    expect(origin.requests).toEqual(['/1']);
    expect(slots.free).toBe(0);
  });

  it('can be played from its beginning while it runs, and by who does so a while longer', async () => {
    const planned = plan();
    await is(planned, 'recording');
    await hasAll(planned, 1);
    const { id } = planned;
    const folder = join(root, '.unfinished', String(id));
    const whole = await readFile(join(folder, 'part-1.ts'));
    await clock.advance(10_000);
    recordings.change(id, { stop: clock.now() });
    await recordings.playlistOf(id, '').catch(() => {});
    await is(planned, 'done');
    // The playlist is over, the parts are there.
    const playlist = (await recordings.playlistOf(id, '')) ?? '';
    expect(playlist).toContain('#EXT-X-ENDLIST');
    const ranges = [...playlist.matchAll(/BYTERANGE:(\d+)@(\d+)/g)].map(([, length, from]) =>
      whole.subarray(Number(from), Number(from) + Number(length)),
    );
    expect(Buffer.concat(ranges).equals(whole)).toBe(true);
    await writeFile(join(folder, 'index.m3u8'), playlist);
    expect(await framesOf(join(folder, 'index.m3u8'))).toEqual(await framesOf(film));
    await expect(recordings.remove(id)).rejects.toMatchObject({ code: 'recording_in_use' });
    await clock.advance(45_000);
    expect(existsSync(folder)).toBe(true);
    await clock.advance(60_000);
    await expect.poll(() => existsSync(folder)).toBe(false);
    expect(await recordings.playlistOf(id, '')).toBeNull();
  });

  it('ends earlier or later when its end is moved', async () => {
    const planned = plan({ minutes: 1 });
    await is(planned, 'recording');
    await hasAll(planned, 1);
    recordings.change(planned.id, { stop: planned.stop + 30 * MINUTE });
    await clock.advance(10 * MINUTE);
    expect(stateOf(planned)).toBe('recording');
    recordings.change(planned.id, { stop: clock.now() });
    await is(planned, 'done');
    expect(await framesOf(fileOf(planned))).toEqual(await framesOf(film));
  });

  it('becomes a transport stream where its parts fit into no other file', async () => {
    const planned = plan();
    await is(planned, 'recording');
    await hasAll(planned, 1);
    await schedule.stop();
    const folder = join(root, '.unfinished', String(planned.id));
    // An FFmpeg that fails.
    ffmpegPath = process.execPath;
    await clock.advance(20 * MINUTE);
    const part = await readFile(join(folder, 'part-1.ts'));
    begin();
    await is(planned, 'incomplete');
    expect(fileOf(planned)).toMatch(/\.ts$/);
    expect((await readFile(fileOf(planned))).equals(part)).toBe(true);
    ffmpegPath = (await findFfmpeg(null)).path;
  });

  it('gets another name where its place is taken', async () => {
    const planned = plan();
    await is(planned, 'recording');
    await hasAll(planned, 1);
    const taken = join(root, `${recordingPlace(planned)}.mkv`);
    await mkdir(dirname(taken), { recursive: true });
    await writeFile(taken, 'somebody’s');
    await clock.advance(10 * MINUTE);
    await is(planned, 'done');
    expect(fileOf(planned)).toBe(taken.replace('.mkv', ' (2).mkv'));
    expect(await readFile(taken, 'utf8')).toBe('somebody’s');
  });

  it('keeps its parts while its folder cannot be written to, and is finished later', async () => {
    const planned = plan();
    await is(planned, 'recording');
    await hasAll(planned, 1);
    // A file where the folder of shows has to be.
    await writeFile(join(root, 'Shows'), '');
    await clock.advance(10 * MINUTE);
    await expect.poll(() => recordings.get(planned.id).reason?.code, PATIENT).toBe('recordings_folder');
    expect(stateOf(planned)).toBe('finishing');
    expect((await bytesOf(planned)).length).toBe(1);
  });
});

describe('removing', () => {
  it('ends a running recording, and leaves nothing', async () => {
    const planned = plan();
    await is(planned, 'recording');
    await recordings.remove(planned.id);
    expect(slots.free).toBe(1);
    expect(recordings.all()).toEqual([]);
    expect(await readdir(join(root, '.unfinished'))).toEqual([]);
    await clock.advance(MINUTE);
    expect(origin.requests).toHaveLength(1);
  });

  it('deletes the file and the folders that are empty then, never while somebody reads it', async () => {
    const planned = plan();
    await is(planned, 'recording');
    await hasAll(planned, 1);
    await clock.advance(1_000);
    recordings.change(planned.id, { stop: clock.now() });
    await is(planned, 'done');
    const leave = [recordings.read(planned.id), recordings.read(planned.id)];
    leave[0]?.();
    leave[0]?.();
    await expect(recordings.remove(planned.id)).rejects.toMatchObject({ code: 'recording_in_use' });
    expect(existsSync(fileOf(planned))).toBe(true);
    leave[1]?.();
    await recordings.remove(planned.id);
    expect(await readdir(root)).toEqual(['.unfinished']);
  });

  it('is made up for where a crash came between; parts that nobody knows are kept', async () => {
    const { id } = plan({ from: 60 });
    await schedule.stop();
    stored.remove(id, clock.now());
    const folder = join(root, '.unfinished');
    for (const name of [String(id), '77']) {
      await mkdir(join(folder, name), { recursive: true });
      await writeFile(join(folder, name, 'part-1.ts'), 'x');
    }
    begin();
    await expect.poll(() => readdir(folder)).toEqual([`lost-77-${clock.now()}`]);
    expect(await readdir(join(folder, `lost-77-${clock.now()}`))).toEqual(['part-1.ts']);
  });
});
