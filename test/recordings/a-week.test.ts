import { readdir, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel, Programme } from '../../src/domain/channel.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { ChannelId } from '../../src/domain/ids.ts';
import { isOver, type Recording } from '../../src/domain/recording.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { Emitter } from '../../src/lib/emitter.ts';
import { GuideFollower } from '../../src/recordings/guide-follower.ts';
import { Recordings } from '../../src/recordings/recordings.ts';
import { Schedule } from '../../src/recordings/schedule.ts';
import { Watchers } from '../../src/recordings/watchers.ts';
import { openDatabase } from '../../src/store/database.ts';
import { StoredRecordings } from '../../src/store/recordings.ts';
import type { ChannelWish, TunerLease } from '../../src/stream/tuner/tuners.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { FakeLease } from '../fakes/fake-leases.ts';
import { mainId } from '../fakes/main-id.ts';
import { silentLogger } from '../fakes/silent-logger.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';
import { usualFiles } from '../fakes/usual-files.ts';

/**
 * Days of recordings in some seconds: two accounts with one connection each, programmes that move, a provider that breaks off,
 * a process that is killed, a disk that is full. ZAPETTE_DAYS=7 makes it a week of 60 recordings.
 */
const DAYS = Number(process.env.ZAPETTE_DAYS ?? 1);
const RECORDINGS = Math.ceil((60 * DAYS) / 7);
const SEED = Number(process.env.ZAPETTE_SEED ?? 7);

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Milliseconds between two pictures of a channel, each of which is a keyframe. */
const FRAME = 10 * SECOND;
/** Milliseconds at the beginning that opening a channel may take without being missed. */
const OPENING = 10 * SECOND;
/** Rounds of the event loop without any work for the disk after which none is to come. */
const ROUNDS_AT_REST = 5;

let dirs: TempDirs;
beforeAll(async () => {
  dirs = await TempDirs.create();
});
afterAll(() => dirs.remove());

describe(`${DAYS} days of recordings`, () => {
  it('leave each complete to the frame, or with its holes named', { timeout: 600_000 }, async () => {
    const days = new Days(await dirs.next());
    await days.run();
    const results = await Promise.all(days.recordings().map((recording) => days.examine(recording)));
    const count = (state: Recording['state']) => results.filter((result) => result.state === state).length;
    process.stdout.write(
      `${results.length} recordings: ${count('done')} complete, ${count('incomplete')} with holes, ${count('failed')} failed; ` +
        `${days.kills} kills, ${days.breaks} breaks, ${days.fullDisks} full disks, ${days.moves} moves; ` +
        `${sum(results.map(({ shown }) => shown))} frames, ${sum(results.map(({ missing }) => missing))} missing in holes that are named\n`,
    );
    expect(results).toHaveLength(RECORDINGS);
    for (const result of results) {
      // What is not there is named, and what is named is not there.
      expect(result).toMatchObject({ unnamed: [], repeated: [], strange: [], wronglyNamed: [] });
      if (result.state === 'done') expect(result.missing).toBe(0);
      else expect(result).not.toMatchObject({ reason: null });
    }
    expect(count('done')).toBeGreaterThan(0);
    expect(count('incomplete')).toBeGreaterThan(0);
    expect(Math.min(days.kills, days.breaks, days.fullDisks, days.moves)).toBeGreaterThan(0);
  });
});

/** An account with one connection, and the channels that it has. */
interface Account {
  readonly channels: ReadonlySet<number>;
  lease: { readonly lease: FakeLease; readonly channel: number } | null;
  /** Until when it refuses everybody. */
  brokenUntil: number;
}

class Days {
  readonly clock = new FakeClock({ epoch: new Date(2026, 10, 30, 0, 0).getTime() });
  kills = 0;
  breaks = 0;
  fullDisks = 0;
  moves = 0;
  readonly #begin = this.clock.now();
  readonly #random = randomOf(SEED);
  readonly #chance = randomOf(SEED + 1);
  readonly #root: string;
  readonly #stored = new StoredRecordings(openDatabase(':memory:'));
  readonly #accounts: Account[] = [new Set([1, 2, 3, 4, 5]), new Set([4, 5, 6, 7, 8])].map((channels) => ({
    ...{ channels, lease: null, brokenUntil: 0 },
  }));
  readonly #guide = new Map<ChannelId, Programme[]>();
  #process: { kill(): void; plan: Recordings } | null = null;
  #isDiskFull = false;

  constructor(root: string) {
    this.#root = root;
  }

  recordings(): Recording[] {
    return this.#stored.all();
  }

  async run(): Promise<void> {
    this.#start();
    this.#planAll();
    const end = this.#begin + DAYS * DAY + 6 * HOUR;
    while (this.clock.now() < end || this.recordings().some((each) => !isFinal(each))) {
      await this.#step();
      expect(this.clock.now()).toBeLessThan(end + DAY);
    }
    this.#process?.kill();
  }

  /** Compares the file of a recording with what its channel has sent. */
  async examine({ id, channelId, file, start, stop, holes, state, reason }: Recording) {
    const text = file === null ? '' : await readFile(join(this.#root, file), 'utf8');
    const frames = text.split('\n').slice(0, -1);
    const times = frames.map((frame) => Number(frame.split('@')[1]));
    const shown = new Set(times);
    const sent: number[] = [];
    // To the second frame: it may begin and end between two.
    for (let time = Math.ceil(start / FRAME) * FRAME; time < stop; time += FRAME) sent.push(time);
    const isNamed = (time: number) =>
      holes.some(({ from, to }) => time >= from - FRAME && time <= to + FRAME);
    const missing = sent.filter((time) => !shown.has(time));
    const isEdge = (time: number) => time < start + OPENING + FRAME || time >= stop - FRAME;
    return {
      ...{ id, state, reason, holes, shown: shown.size },
      missing: state === 'failed' ? 0 : missing.filter((time) => !isEdge(time)).length,
      unnamed: state === 'failed' ? [] : missing.filter((time) => !isEdge(time) && !isNamed(time)),
      repeated: times.filter((time, at) => times.indexOf(time) !== at),
      strange: frames.filter((frame) => !frame.startsWith(`K${channelId}@`)),
      wronglyNamed: sent.filter(
        (time) => shown.has(time) && holes.some(({ from, to }) => time > from + FRAME && time < to - FRAME),
      ),
    };
  }

  /** Plans recordings at any time, a third of them of programmes that will move. */
  #planAll(): void {
    for (let count = 0; count < RECORDINGS; count++) {
      const channel = 1 + Math.floor(this.#random() * 8);
      const channelId = mainId(channel);
      const start =
        this.#begin + HOUR + Math.floor((this.#random() * (DAYS * DAY - 3 * HOUR)) / MINUTE) * MINUTE;
      const stop = start + (20 + Math.floor(this.#random() * 80)) * MINUTE;
      const title = `Programme ${count}`;
      const isFollowing = count % 3 === 0;
      const programme: Programme = { title, start, stop, description: '' } as Programme;
      this.#guide.set(channelId, [...(this.#guide.get(channelId) ?? []), programme]);
      this.#process?.plan.plan(
        {
          channel: { channelId, channelName: `Channel ${channel}` },
          ...{ title, start, stop, isFollowing },
          programme: { title, start, stop },
        },
        { id: 'discord:1', name: 'Ada' },
      );
    }
  }

  async #step(): Promise<void> {
    await this.clock.advance(FRAME);
    const now = this.clock.now();
    let isBusy = false;
    for (const { lease } of this.#accounts) {
      if (!lease || lease.lease.isReleased) continue;
      isBusy = true;
      lease.lease.send(`K${mainId(lease.channel)}@${now}\n`);
    }
    for (const account of this.#accounts) if (account.lease?.lease.isReleased) account.lease = null;
    await this.#happen(now, isBusy);
    await filesAtRest();
  }

  async #happen(now: number, isBusy: boolean): Promise<void> {
    // Drawn at each step, so that nothing else changes when they happen.
    const [breaks, kill, fills, moves] = [2, 2.5, 3, 3].map(
      (hours) => this.#chance() < FRAME / (hours * HOUR),
    );
    if (isBusy && breaks) {
      this.breaks++;
      for (const account of this.#accounts.filter(({ lease }) => lease && this.#random() < 0.7)) {
        account.brokenUntil = now + this.#random() * 8 * MINUTE;
        await account.lease?.lease.end();
      }
    }
    // Half of a joining process would live on.
    if (isBusy && kill && !this.recordings().some(({ state }) => state === 'finishing')) {
      this.kills++;
      this.#process?.kill();
      await filesAtRest();
      await this.#dateFiles();
      this.clock.skip(Math.floor(this.#random() * 6) * FRAME);
      this.#start();
    }
    if (!this.#isDiskFull && isBusy && fills) {
      this.fullDisks++;
      this.#isDiskFull = true;
      this.clock.after(5 * MINUTE, () => {
        this.#isDiskFull = false;
      });
      for (const { lease } of this.#accounts) await lease?.lease.end('channel_ended');
    }
    if (moves) this.#moveProgramme(now);
  }

  /** The guide corrects a programme that is still to begin, or says that one that runs ends later. */
  #moveProgramme(now: number): void {
    const coming = [...this.#guide.values()].flat().filter(({ stop }) => stop > now);
    const programme = coming[Math.floor(this.#random() * coming.length)];
    if (!programme) return;
    this.moves++;
    const isRunning = programme.start <= now;
    const by = Math.floor((this.#random() - (isRunning ? 0 : 0.5)) * 60) * MINUTE;
    const later = {
      ...programme,
      start: isRunning ? programme.start : programme.start + by,
      stop: programme.stop + by,
    };
    for (const [id, list] of this.#guide)
      this.#guide.set(
        id,
        list.map((each) => (each === programme ? later : each)),
      );
  }

  /** Begins a process: its timers and connections end with it. */
  #start(): void {
    const clock = new ProcessClock(this.clock);
    const leases: FakeLease[] = [];
    const acquire = async (wish: ChannelWish): Promise<TunerLease> => {
      // It was killed while it looked at its folder.
      if (clock.isDead) return new Promise(() => {});
      const lease = this.#open(wish);
      leases.push(lease);
      return lease;
    };
    const watchers = new Watchers(clock);
    const options = { stored: this.#stored, root: this.#root, watchers, clock, logger: silentLogger };
    const schedule = new Schedule({
      ...options,
      tuners: { acquire },
      // Parts are text: what FFmpeg cannot copy stays as it is.
      ffmpegPath: 'none',
      files: () => usualFiles,
      onFile: () => {},
      leastFree: () => (this.#isDiskFull ? Number.POSITIVE_INFINITY : 0),
      labelOf: ({ channelName }) => channelName,
      random: () => 0.5,
    });
    const byId = new Map([...this.#guide.keys()].map((id) => [id, { id, name: '' } as Channel]));
    const follower = new GuideFollower({
      ...{ ...options, schedule },
      guide: { between: async (id) => this.#guide.get(id) ?? [] },
      catalogue: { groupOf: () => undefined, snapshot: () => ({ byId }) } as never,
    });
    schedule.start();
    follower.start();
    this.#process = {
      plan: new Recordings({ ...options, schedule, changes: new Emitter(() => {}) }),
      kill: () => {
        clock.isDead = true;
        for (const lease of leases) void lease.release();
      },
    };
  }

  #open(wish: ChannelWish): FakeLease {
    const channel = Number(wish.channelId.split(':')[1]);
    const having = this.#accounts.filter(({ channels }) => channels.has(channel));
    const free = having.filter(({ lease }) => lease === null || lease.lease.isReleased);
    if (free.length === 0) throw new AppError('no_slot', { capacity: 2, holders: '' });
    const account = free.find(({ brokenUntil }) => brokenUntil < this.clock.now());
    if (!account) throw new AppError('channel_refused');
    const lease = new FakeLease();
    account.lease = { lease, channel };
    return lease;
  }

  /** Parts were last written when their last frame came. */
  async #dateFiles(): Promise<void> {
    const folder = join(this.#root, '.unfinished');
    const names = await readdir(folder, { recursive: true }).catch((): string[] => []);
    for (const name of names.filter((each) => each.endsWith('.ts'))) {
      const path = join(folder, name);
      const last = (await readFile(path, 'utf8')).trim().split('@').at(-1);
      if (last) await utimes(path, Number(last) / 1000, Number(last) / 1000);
    }
  }
}

/** The clock of a process that may be killed. */
class ProcessClock implements Clock {
  isDead = false;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  monotonic(): number {
    return this.#clock.monotonic();
  }

  after(delay: number, callback: () => void): () => void {
    return this.#clock.after(delay, () => {
      if (!this.isDead) callback();
    });
  }
}

/** Files are real, and time is not: resolves once nothing is being read or written. */
async function filesAtRest(): Promise<void> {
  for (let rounds = 0; rounds < ROUNDS_AT_REST; rounds++) {
    await breath();
    if (process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq'))) rounds = 0;
  }
}

function isFinal({ state }: Recording): boolean {
  return isOver({ state }) && state !== 'finishing';
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
