import { Writable } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/domain/errors.ts';
import { PartFile } from '../../src/recordings/part-file.ts';
import { Recorder } from '../../src/recordings/recorder.ts';
import { FakeClock, settle } from '../fakes/fake-clock.ts';
import { FakeTuners } from '../fakes/fake-leases.ts';
import { mainId } from '../fakes/main-id.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

/** A disk in memory. */
class Disk {
  /** What each part holds, by its number. */
  readonly parts = new Map<number, string>();
  isStalled = false;
  isFull = false;
  /** The bytes that were ever given to it. */
  given = 0;
  #goOn: (() => void)[] = [];

  open(number: number, clock: FakeClock): PartFile {
    this.parts.set(number, '');
    const write = async (bytes: Buffer, done: (error?: Error | null) => void) => {
      this.given += bytes.length;
      if (this.isStalled) await new Promise<void>((resolve) => this.#goOn.push(resolve));
      if (this.isFull) return done(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
      const text = bytes.length > 1000 ? `${bytes.length};` : bytes.toString();
      this.parts.set(number, (this.parts.get(number) ?? '') + text);
      done();
    };
    const list = new Writable({ write: (_bytes, _encoding, done) => done() });
    return new PartFile(new Writable({ write: (bytes, _, done) => void write(bytes, done) }), list, clock);
  }

  goOn(): Promise<void> {
    this.isStalled = false;
    for (const goOn of this.#goOn.splice(0)) goOn();
    return settle();
  }
}

const MB = 1024 * 1024;
let clock: FakeClock;
let tuners: FakeTuners;
let disk: Disk;
let begin: number;
let said: unknown[];
let trouble: AppError | null;
let recorder: Recorder;

beforeEach(async () => {
  [clock, tuners, disk] = [new FakeClock(), new FakeTuners(), new Disk()];
  [said, trouble, begin] = [[], null, clock.now()];
  recorder = make();
});

function make({ nextPart = 1, allowance = 10_000, missingSince = begin } = {}): Recorder {
  return new Recorder(
    {
      wish: () => ({ channelId: mainId(1), name: 'TF1' }),
      folder: {
        openPart: (number) => disk.open(number, clock),
        hasPart: async (number) => disk.parts.has(number),
      },
      prepare: async () => {
        if (trouble) throw trouble;
      },
      ...{ nextPart, allowance, missingSince },
      onOver: () => said.push('over'),
      onRecording: () => said.push('recording'),
      onWaiting: ({ code }) => said.push(code),
      onHole: ({ from, to }, code) => said.push([from - begin, to - begin, ...(code ? [code] : [])]),
    },
    { tuners, clock, logger: silentLogger, random: () => 1 },
  );
}

async function start(): Promise<void> {
  recorder.start();
  await settle();
}

describe('a recorder', () => {
  it('writes from the first keyframe to the end, and misses nothing', async () => {
    await start();
    await clock.advance(1_500);
    for (const piece of ['early', 'K1', 'a', 'K2', 'b']) tuners.last.send(piece);
    expect(await recorder.stop()).toBeNull();
    expect([...disk.parts]).toEqual([[1, 'K1aK2b']]);
    expect(said).toEqual(['recording']);
    expect(tuners.last.isReleased).toBe(true);
  });

  it('counts a beginning as missing that takes longer than a channel needs', async () => {
    await start();
    await clock.advance(10_001);
    tuners.last.send('K');
    await recorder.stop();
    expect(said).toEqual([[0, 10_001], 'recording']);
  });

  it('begins a part anew when the source ends, and knows what is missing between', async () => {
    await start();
    tuners.last.send('K1');
    await clock.advance(1_000);
    tuners.last.send('a');
    await settle();
    await clock.advance(3_000);
    await tuners.last.end();
    await settle();
    expect(said).toEqual(['recording', 'channel_ended']);
    await clock.advance(500);
    expect(tuners.leases).toHaveLength(2);
    tuners.last.send('K2');
    expect(await recorder.stop()).toBeNull();
    expect([...disk.parts.values()]).toEqual(['K1a', 'K2']);
    expect(said).toEqual(['recording', 'channel_ended', [1_000, 4_500], 'recording']);
  });

  it('tries again for as long as it takes, less and less often, and tells since when nothing came', async () => {
    for (let count = 0; count < 200; count++) tuners.refusals.push(new AppError('channel_dead'));
    await start();
    await clock.advance(60_000);
    const young = tuners.wishes.length;
    expect(young).toBeGreaterThan(10);
    expect(young).toBeLessThan(25);
    await clock.advance(20 * 60_000);
    expect(tuners.wishes.length - young).toBeLessThan(50);
    expect(await recorder.stop()).toBe(begin);
    expect(new Set(said)).toEqual(new Set(['channel_dead']));
  });

  it('takes a connection within seconds of its being free', async () => {
    tuners.refusals.push(...Array.from({ length: 100 }, () => new AppError('no_slot')));
    await start();
    await clock.advance(600_000);
    expect(tuners.leases).toHaveLength(1);
    expect(tuners.wishes).toHaveLength(101);
    await recorder.stop();
  });

  it('begins a part at the first keyframe of another layout, without a hole', async () => {
    await start();
    tuners.last.send('K1');
    const other = { video: 'hevc', audio: [] } as const;
    tuners.last.send('a', other);
    tuners.last.send('K2', other);
    tuners.last.send('b', other);
    expect(await recorder.stop()).toBeNull();
    expect([...disk.parts.values()]).toEqual(['K1a', 'K2b']);
    expect(said).toEqual(['recording', 'recording']);
  });

  it('holds little for a disk that stands still, and goes on with a keyframe once it moves', async () => {
    await start();
    disk.isStalled = true;
    tuners.last.send('K1');
    for (let count = 0; count < 100; count++) {
      await clock.advance(100);
      tuners.last.send(Buffer.alloc(MB, 'K'));
    }
    await settle();
    await disk.goOn();
    for (let count = 0; count < 40; count++) await settle();
    await clock.advance(1_000);
    tuners.last.send('x');
    tuners.last.send('K2');
    expect(await recorder.stop()).toBeNull();
    const [first = '', second, ...more] = disk.parts.values();
    // The part has what may wait, and one piece by which it was too much.
    expect(first).toBe(`K1${`${MB};`.repeat(32)}`);
    expect([second, more]).toEqual(['K2', []]);
    expect(disk.given).toBeLessThan(34 * MB);
    expect(said).toEqual(['recording', [3_300, 11_000, 'recordings_disk_slow'], 'recording']);
  });

  it('ends in time on a disk that stands still, and says since when nothing was written', async () => {
    await start();
    tuners.last.send('K1');
    await settle();
    await clock.advance(1_000);
    disk.isStalled = true;
    tuners.last.send('a');
    tuners.last.send('b');
    const stopped = recorder.stop();
    await clock.advance(5_000);
    expect(await stopped).toBe(begin);
    expect(tuners.last.isReleased).toBe(true);
  });

  it('waits without a connection while the disk is full, and keeps what was written', async () => {
    await start();
    tuners.last.send('K1');
    await settle();
    await clock.advance(2_000);
    disk.isFull = true;
    trouble = new AppError('recordings_disk_full');
    tuners.last.send('a');
    await settle();
    await settle();
    expect(said).toEqual(['recording', 'recordings_disk_full']);
    expect(tuners.last.isReleased).toBe(true);
    await clock.advance(60_000);
    expect(tuners.leases).toHaveLength(1);
    disk.isFull = false;
    trouble = null;
    await clock.advance(5_000);
    tuners.last.send('K2');
    await recorder.stop();
    expect([...disk.parts.values()]).toEqual(['K1', 'K2']);
    expect(said.filter((each) => Array.isArray(each))).toEqual([[0, expect.any(Number)]]);
  });

  it('goes on in a new part where somebody has deleted the one that is written, all of which is missing', async () => {
    await start();
    tuners.last.send('K1');
    await clock.advance(14_000);
    tuners.last.send('a');
    await settle();
    disk.parts.delete(1);
    await clock.advance(1_000);
    await settle();
    expect(said).toEqual(['recording', 'recordings_folder']);
    await clock.advance(500);
    await settle();
    await clock.advance(500);
    tuners.last.send('K2');
    await settle();
    expect(said.slice(2)).toEqual([[0, clock.now() - begin], 'recording']);
    expect(disk.parts.get(2)).toBe('K2');
    await recorder.stop();
  });

  it('leaves the last of the disk to others', async () => {
    await start();
    tuners.last.send('K1');
    await clock.advance(40_000);
    expect(tuners.last.isReleased).toBe(false);
    trouble = new AppError('recordings_disk_full');
    await clock.advance(15_000);
    expect(tuners.last.isReleased).toBe(true);
    expect(new Set(said)).toEqual(new Set(['recording', 'recordings_disk_full']));
    await recorder.stop();
    expect(disk.parts.get(1)).toBe('K1');
  });

  it('harms no other user of the tuner where it cannot even open a part', async () => {
    disk.open = () => {
      throw new Error('broken');
    };
    await start();
    expect(() => tuners.last.send('K1')).not.toThrow();
    await settle();
    expect(said).toEqual(['internal']);
    await recorder.stop();
  });

  it('goes on with the next part after a restart, and knows what is missing', async () => {
    recorder = make({ nextPart: 4, allowance: 0, missingSince: begin - 3_000 });
    await start();
    await clock.advance(500);
    tuners.last.send('K');
    await recorder.stop();
    expect([...disk.parts]).toEqual([[4, 'K']]);
    expect(said).toEqual([[-3_000, 500], 'recording']);
  });

  it('can be stopped twice, while it waits, and while it opens the channel', async () => {
    tuners.refusals.push(new AppError('channel_dead'), new AppError('channel_dead'));
    await start();
    expect(await recorder.stop()).toBe(begin);
    expect(await recorder.stop()).toBe(begin);
    expect(clock.pending).toBe(0);
  });
});
