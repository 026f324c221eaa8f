import { appendFile, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { LivePlaylist } from '../../../../src/stream/segments/live-playlist.ts';
import { RingDisk } from '../../../../src/stream/segments/ring/ring-disk.ts';
import type { SegmentRing } from '../../../../src/stream/segments/ring/segment-ring.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { silentLogger } from '../../../fakes/silent-logger.ts';
import { TempDirs } from '../../../fakes/temp-dirs.ts';

const MINUTE = 60_000;
const SECONDS = 2;

let dirs: TempDirs;

beforeAll(async () => {
  dirs = await TempDirs.create();
});

afterAll(() => dirs.remove());

describe('SegmentRing', () => {
  it('gives back every segment of its minutes, and none before', async () => {
    const world = await makeWorld({ minutes: 5 });
    await world.play(10 * MINUTE);
    const { first } = world.ring;
    expect(first).not.toBeNull();
    const from = first?.sequence ?? 0;
    const last = world.next - 1;
    // To the minute: a chunk goes as a whole.
    expect((last - from) * SECONDS).toBeGreaterThanOrEqual(5 * 60 - SECONDS);
    expect((last - from) * SECONDS).toBeLessThanOrEqual(6 * 60 + 2 * SECONDS);
    for (let sequence = from; sequence <= last; sequence++)
      expect((await world.ring.read(sequence))?.toString()).toBe(contentOf(sequence));
    expect(await world.ring.read(from - 1)).toBeUndefined();
  });

  it('holds no more in memory than the playlist lists, once the disk has the rest', async () => {
    const world = await makeWorld();
    await world.play(3 * MINUTE);
    const listed = new Set(world.playlist.listed().map(({ sequence }) => sequence));
    const all = Array.from({ length: world.next - FIRST }, (_, at) => FIRST + at);
    const inMemory = all.filter((sequence) => world.ring.inMemory(sequence) !== undefined);
    expect(inMemory).toEqual(all.filter((sequence) => listed.has(sequence)));
  });

  it('reads many at once, each in several pieces', async () => {
    const size = 1_300_000;
    const world = await makeWorld({ size });
    await world.play(3 * MINUTE);
    const first = world.ring.first?.sequence ?? 0;
    const asked = Array.from({ length: 60 }, (_, at) => first + at);
    for (const bytes of await Promise.all(asked.map((sequence) => world.ring.read(sequence)))) {
      const sequence = asked.shift() ?? 0;
      expect(bytes?.equals(Buffer.from(contentOf(sequence).padEnd(size)))).toBe(true);
    }
  });

  it('gives all of a segment whose chunk is dropped meanwhile', async () => {
    const size = 1_300_000;
    const world = await makeWorld({ size });
    await world.play(3 * MINUTE);
    const lengths: number[] = [];
    const isWhole = await world.ring.fromDisk(FIRST, async (piece, length) => {
      if (lengths.length === 0) await world.ring.clear();
      lengths.push(piece.length);
      expect(length).toBe(size);
    });
    expect(isWhole).toBe(true);
    expect(lengths.reduce((sum, each) => sum + each)).toBe(size);
    expect(await world.ring.read(FIRST)).toBeUndefined();
  });

  it('checks all pieces of what a former process left before it gives any', async () => {
    const size = 1_300_000;
    const world = await makeWorld({ size });
    await world.play(2 * MINUTE);
    const [path = ''] = await world.files('.ts');
    const content = await readFile(path);
    content[size - 1] = 0;
    await writeFile(path, content);
    const { ring } = await world.reopen();
    const take = vi.fn(async () => {});
    expect(await ring.fromDisk(FIRST, take)).toBe(false);
    expect(take).not.toHaveBeenCalled();
    expect(await ring.fromDisk(FIRST + 1, take)).toBe(true);
  });

  it('goes on after the process was killed, whatever was being written', async () => {
    const world = await makeWorld();
    await world.play(3 * MINUTE);
    const last = world.next - 1;
    const [lists, chunks] = [await world.files('.jsonl'), await world.files('.ts')];
    // Half a line, and a segment without one.
    await appendFile(lists.at(-1) ?? '', '{"index":9');
    await appendFile(chunks.at(-1) ?? '', 'half a segm');
    const again = await world.reopen();
    expect(again.ring.entries.at(-1)?.sequence).toBe(last);
    expect(again.ring.nextSequence).toBe(last + 1);
    await again.play(MINUTE);
    for (let sequence = FIRST; sequence < again.next; sequence++)
      expect((await again.ring.read(sequence))?.toString()).toBe(contentOf(sequence));
    const indices = again.ring.entries.map(({ index }) => index);
    expect(indices).toEqual(indices.map((_, at) => (indices[0] ?? 0) + at));
  });

  it('leaves out what a power cut has damaged, and reads the rest', async () => {
    const world = await makeWorld();
    await world.play(4 * MINUTE);
    const [first = '', second = '', third = ''] = await world.files('.ts');
    const content = await readFile(first);
    await writeFile(first, content.fill(0, 0, contentOf(FIRST).length));
    await truncate(second, 3 * contentOf(FIRST).length);
    await rm(third);
    const { ring } = await world.reopen();
    expect(await ring.read(FIRST)).toBeUndefined();
    expect((await ring.read(FIRST + 1))?.toString()).toBe(contentOf(FIRST + 1));
    const begin = Number(/(\d+)\.ts$/.exec(second)?.[1]);
    expect((await ring.read(begin + 2))?.toString()).toBe(contentOf(begin + 2));
    expect(await ring.read(begin + 3)).toBeUndefined();
    expect(ring.entries.some(({ sequence }) => sequence === begin + 3)).toBe(false);
    // What follows a hole is marked.
    const after = ring.entries.find(({ sequence }) => sequence > begin + 2);
    expect(after?.sequence).toBeGreaterThan(begin + 3);
    expect(after).toMatchObject({ discontinuity: true, breaks: 0 });
    const indices = ring.entries.map(({ index }) => index);
    expect(indices).toEqual(indices.map((_, at) => at));
  });

  it('writes nothing while nothing is on air, unless somebody watches the past', async () => {
    const world = await makeWorld();
    await world.play(MINUTE);
    const written = world.ring.nextSequence;
    await world.play(3 * MINUTE, { isIdle: true });
    expect(world.ring.nextSequence).toBe(written);
    world.ring.watch();
    await world.play(MINUTE / 2, { isIdle: true });
    expect(world.ring.nextSequence).toBe(world.next);
    // The first one after what was left out.
    const after = world.ring.entries.find(({ sequence }) => sequence >= written);
    expect(after?.sequence).toBeGreaterThan(written);
    expect(after?.discontinuity).toBe(true);
  });

  it('lets the channel go on where nothing can be written, says so, and tries again', async () => {
    const world = await makeWorld({ folder: join(await fileInsteadOfFolder(), 'below') });
    await world.play(2 * MINUTE);
    expect(world.ring.trouble).toBe('disk_unwritable');
    for (const { sequence } of world.playlist.listed()) expect(world.ring.inMemory(sequence)).toBeDefined();
    await rm(join(world.folder, '..'));
    await world.play(MINUTE);
    expect(world.ring.trouble).toBeNull();
    expect(world.ring.first).not.toBeNull();
  });

  it('takes a tenth of the disk at most, for all screens together', async () => {
    const size = 60 * contentOf(FIRST).length;
    const world = await makeWorld({ free: () => size * 10 });
    const other = await world.beside('sport');
    await world.play(10 * MINUTE);
    await other.play(10 * MINUTE);
    const both = world.ring.size + other.ring.size;
    expect(both).toBeLessThanOrEqual(1.2 * size + 70 * contentOf(FIRST).length);
    expect(other.ring.first).not.toBeNull();
    expect(await readable(other)).toBe(true);
    expect(other.ring.trouble).toBe('disk_share');
    // A past that has its whole length again has no trouble.
    other.minutes = 0.5;
    await other.play(2 * MINUTE);
    expect(other.ring.trouble).toBeNull();
  });

  it('leaves to clips what they have of that tenth', async () => {
    const size = 60 * contentOf(FIRST).length;
    let clips = 0;
    const world = await makeWorld({ free: () => size * 10, clips: () => clips });
    await world.play(10 * MINUTE);
    const before = world.ring.size;
    clips = size / 2;
    await world.play(10 * MINUTE);
    expect(world.ring.size).toBeLessThan(0.8 * before);
    expect(world.ring.first).not.toBeNull();
  });

  it('gives all space back when it is turned off', async () => {
    const world = await makeWorld();
    await world.play(2 * MINUTE);
    expect(await world.files('.ts')).not.toEqual([]);
    world.minutes = 0;
    await world.play(10_000);
    expect(await world.files('.ts')).toEqual([]);
    expect(world.ring.first).toBeNull();
    world.minutes = 30;
    await world.play(MINUTE);
    expect(await readable(world)).toBe(true);
  });

  it('finds a moment', async () => {
    const world = await makeWorld();
    const begin = world.clock.now();
    await world.play(3 * MINUTE);
    const found = world.ring.entryAt(begin + 61_000);
    expect(found && Math.abs(found.programDateTime - (begin + 61_000))).toBeLessThan(SECONDS * 1000 + 1);
    expect(world.ring.entryAt(0)).toBe(world.ring.first);
    expect(world.ring.entryAt(Number.MAX_SAFE_INTEGER)?.sequence).toBe(world.next - 1);
  });
});

const FIRST = 1000;

interface World {
  readonly folder: string;
  readonly clock: FakeClock;
  readonly ring: SegmentRing;
  readonly playlist: LivePlaylist;
  /** The next media sequence number. */
  readonly next: number;
  minutes: number;
  /** Publishes segments for so many milliseconds, and waits for the disk. */
  play(time: number, kind?: { isIdle?: boolean }): Promise<void>;
  files(ending: string): Promise<string[]>;
  /** The same folder in another process. */
  reopen(): Promise<World>;
  /** Another screen. */
  beside(name: string): Promise<World>;
}

interface WorldOptions {
  readonly minutes?: number;
  readonly folder?: string;
  readonly free?: () => number;
  readonly clips?: () => number;
  /** Bytes of each segment. */
  readonly size?: number;
}

async function makeWorld(options: WorldOptions = {}): Promise<World> {
  const folder = options.folder ?? (await dirs.next());
  const clock = new FakeClock();
  const state = { minutes: options.minutes ?? 30 };
  const makeDisk = () =>
    new RingDisk({
      ...{ folder, clock, logger: silentLogger },
      length: () => state.minutes * MINUTE,
      clips: async () => options.clips?.() ?? 0,
      ...(options.free ? { freeSpace: async () => options.free?.() ?? 0 } : {}),
    });
  const open = async (disk: RingDisk, name: string): Promise<World> => {
    const ring = await disk.open(name);
    onTestFinished(() => ring.close());
    const playlist = new LivePlaylist({
      targetDuration: 6,
      window: 24,
      first: { sequence: Math.max(FIRST, ring.nextSequence), discontinuitySequence: 0 },
      storage: ring,
      logger: silentLogger,
    });
    return {
      ...{ folder, clock, ring, playlist },
      get next() {
        return playlist.nextSequence;
      },
      get minutes() {
        return state.minutes;
      },
      set minutes(minutes: number) {
        state.minutes = minutes;
      },
      play: async (time, { isIdle = false } = {}) => {
        for (let left = time; left > 0; left -= SECONDS * 1000) {
          await clock.advance(SECONDS * 1000);
          const bytes = Buffer.from(contentOf(playlist.nextSequence).padEnd(options.size ?? 0));
          const segment = { bytes, duration: SECONDS, independent: true, discontinuity: false, isIdle };
          playlist.append(segment, clock.now());
          await ring.flush();
        }
      },
      files: async (ending) => {
        const names = await readdir(join(folder, name)).catch((): string[] => []);
        return names
          .filter((file) => file.endsWith(ending))
          .sort()
          .map((file) => join(folder, name, file));
      },
      reopen: () => open(makeDisk(), name),
      beside: (other) => open(disk, other),
    };
  };
  const disk = makeDisk();
  return open(disk, 'live');
}

function contentOf(sequence: number): string {
  return `segment ${sequence} `.padEnd(200, '.');
}

async function readable({ ring, next }: World): Promise<boolean> {
  for (let sequence = ring.first?.sequence ?? next; sequence < next; sequence++)
    if ((await ring.read(sequence))?.toString() !== contentOf(sequence)) return false;
  return ring.first !== null;
}

async function fileInsteadOfFolder(): Promise<string> {
  const path = join(await dirs.next(), 'file');
  await writeFile(path, '');
  return path;
}
