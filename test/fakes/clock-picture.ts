import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Page } from 'playwright-core';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';
import { isRandomAccess, isUnitStart, PACKET_SIZE, pidOf } from '../../src/stream/mpeg-ts/packets.ts';
import { RingDisk } from '../../src/stream/segments/ring/ring-disk.ts';
import { FakeClock } from './fake-clock.ts';
import { silentLogger } from './silent-logger.ts';

/** Columns of the picture: 16 bits of tenths of a second, two of the channel, a white one and a black one. */
const COLUMNS = 20;
const TIME_BITS = 16;
const RATE = 10;
const VIDEO_PID = 0x100;

/** What the picture of a channel with a clock shows. */
export interface ShownClock {
  /** 0 to 3. */
  readonly channel: number;
  /** Seconds since its beginning. */
  readonly seconds: number;
}

export interface ClockPictureOptions {
  /** 0 to 3. */
  readonly channel: number;
  readonly seconds: number;
  /** Seconds between keyframes. */
  readonly keyframeSeconds: number;
  /** Of the picture; 320 by 180 unless given. */
  readonly size?: { readonly width: number; readonly height: number };
}

/** The arguments of an FFmpeg that makes a picture whose columns are a clock. */
function clockArguments({ channel, seconds, keyframeSeconds, size }: ClockPictureOptions): string[] {
  const { width, height } = size ?? { width: 320, height: 180 };
  const column = `floor(X*${COLUMNS}/W)`;
  const bit = (value: string, at: string) => `mod(floor(${value}/pow(2,${at})),2)`;
  const light = [
    `if(lt(${column},${TIME_BITS}),${bit(`floor(T*10+0.5)`, column)}`,
    `if(lt(${column},${TIME_BITS + 2}),${bit(String(channel), `(${column}-${TIME_BITS})`)}`,
    `eq(${column},${TIME_BITS + 2})))`,
  ].join(',');
  return [
    ...['-hide_banner', '-loglevel', 'error'],
    ...['-f', 'lavfi', '-i', `color=s=40x20:r=${RATE}:d=${seconds}`],
    ...['-f', 'lavfi', '-i', `sine=r=48000:f=440:d=${seconds}`],
    ...['-vf', `geq=lum='16+219*${light}':cb=128:cr=128,scale=${width}:${height}:flags=neighbor,setsar=1`],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-sc_threshold', '0'],
    ...['-g', String(keyframeSeconds * RATE), '-keyint_min', String(keyframeSeconds * RATE)],
    // The quick coder: encoding the sound takes most of the time otherwise.
    ...['-c:a', 'aac', '-ac', '2', '-b:a', '64k', '-aac_coder', 'fast'],
  ];
}

/** A channel with a clock, from its beginning. */
export async function makeClockTs(options: ClockPictureOptions): Promise<Buffer> {
  const { path } = await findFfmpeg(null);
  const { stdout } = await execa(path, [...clockArguments(options), '-f', 'mpegts', 'pipe:1'], {
    encoding: 'buffer',
    maxBuffer: 512 * 1024 * 1024,
  });
  return Buffer.from(stdout);
}

/**
 * Fills the past of a screen that is not running with a clock, in segments of two seconds that begin wherever that is.
 * @param folder the ring's disk. @param end epoch milliseconds. @returns the moment at which the clock is 0
 */
export async function fillPast(
  folder: string,
  { end, ...options }: ClockPictureOptions & { readonly end: number },
): Promise<number> {
  const { path } = await findFfmpeg(null);
  const parts = await mkdtemp(join(tmpdir(), 'zapette-past-'));
  const list = join(parts, 'list.csv');
  await execa(path, [
    ...clockArguments(options),
    ...['-f', 'segment', '-segment_time', '2', '-break_non_keyframes', '1', '-segment_format', 'mpegts'],
    ...['-segment_list', list, '-segment_list_type', 'csv', join(parts, '%d.ts')],
  ]);
  const disk = { folder, length: () => 24 * 3_600_000, clock: new FakeClock(), logger: silentLogger };
  const ring = await new RingDisk(disk).open('live');
  const begin = end - options.seconds * 1000;
  let sequence = Math.floor(begin / 1000);
  for (const line of (await readFile(list, 'utf8')).trim().split('\n')) {
    const [file = '', from, to] = line.split(',');
    const bytes = await readFile(join(parts, file));
    ring.append({
      ...{ sequence, bytes, duration: Number(to) - Number(from), discontinuity: false },
      ...{ independent: beginsWithKeyframe(bytes), programDateTime: begin + Number(from) * 1000 },
    });
    sequence++;
    ring.advance({ listed: sequence, available: sequence });
    // A queue that grows too long would lose some of it.
    if (sequence % 20 === 0) await ring.flush();
  }
  await ring.flush();
  await ring.close();
  await rm(parts, { recursive: true });
  return begin;
}

function beginsWithKeyframe(ts: Buffer): boolean {
  for (let at = 0; at + PACKET_SIZE <= ts.length; at += PACKET_SIZE)
    if (isUnitStart(ts, at) && pidOf(ts, at) === VIDEO_PID) return isRandomAccess(ts, at);
  return false;
}

/** The arguments with which FFmpeg writes a picture for `clockOf`. */
export const clockPixels: readonly string[] = [
  ...['-vf', `scale=${COLUMNS * 3}:3:flags=neighbor,format=gray`, '-f', 'rawvideo', 'pipe:1'],
];

/** Reads the clock of a picture that FFmpeg wrote with `clockPixels`; null where it shows none. */
export function clockOf(pixels: Uint8Array): ShownClock | null {
  const middle = pixels.subarray(COLUMNS * 3, COLUMNS * 6);
  if (middle.length < COLUMNS * 3) return null;
  return clockOfBits(Array.from({ length: COLUMNS }, (_, at) => ((middle[at * 3 + 1] ?? 0) > 128 ? 1 : 0)));
}

function clockOfBits(bits: readonly number[]): ShownClock | null {
  if (bits[TIME_BITS + 2] !== 1 || bits[TIME_BITS + 3] !== 0) return null;
  const numberOf = (from: number, to: number) =>
    bits.slice(from, to).reduce((sum, bit, at) => sum + bit * 2 ** at, 0);
  return { channel: numberOf(TIME_BITS, TIME_BITS + 2), seconds: numberOf(0, TIME_BITS) / 10 };
}

/** Reads the clock of the picture on /watch; null where it shows none. */
export function clockOn(page: Page): Promise<ShownClock | null> {
  return page.evaluate(readClock, { columns: COLUMNS, timeBits: TIME_BITS });
}

/** Runs in the page. */
export function readClock({ columns, timeBits }: { columns: number; timeBits: number }): ShownClock | null {
  const video = document.querySelector('video');
  if (!video || video.readyState < 2) return null;
  const canvas = document.createElement('canvas');
  canvas.width = columns * 3;
  canvas.height = 3;
  const context = canvas.getContext('2d');
  context?.drawImage(video, 0, 0, canvas.width, canvas.height);
  const data = context?.getImageData(0, 1, canvas.width, 1).data ?? new Uint8ClampedArray();
  const bits = Array.from({ length: columns }, (_, at) => ((data[(at * 3 + 1) * 4] ?? 0) > 128 ? 1 : 0));
  if (bits[timeBits + 2] !== 1 || bits[timeBits + 3] !== 0) return null;
  const numberOf = (from: number, to: number) =>
    bits.slice(from, to).reduce<number>((sum, bit, at) => sum + bit * 2 ** at, 0);
  return { channel: numberOf(timeBits, timeBits + 2), seconds: numberOf(0, timeBits) / 10 };
}
