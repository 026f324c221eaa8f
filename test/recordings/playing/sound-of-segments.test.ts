import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AudioCodec } from '../../../src/domain/audio-track.ts';
import { argumentList } from '../../../src/lib/argument-list.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { readIndex } from '../../../src/recordings/container/read-index.ts';
import { segmentsOf } from '../../../src/recordings/playing/finished-playlist.ts';
import { segmentOfFile } from '../../../src/recordings/playing/segment-of-file.ts';
import { segmentOfPart, tracksOfParts } from '../../../src/recordings/playing/segment-of-part.ts';
import { recordingPlaylist } from '../../../src/recordings/recording-playlist.ts';
import { UnfinishedFolder } from '../../../src/recordings/unfinished-folder.ts';
import { findFfmpeg } from '../../../src/stream/ffmpeg/binary.ts';
import {
  isUnitStart,
  PACKET_SIZE,
  pesPayload,
  presentationTimestamp,
} from '../../../src/stream/mpeg-ts/packets.ts';
import { Normaliser } from '../../../src/stream/normaliser/normaliser.ts';
import { DataDirs } from '../../fakes/data-dir.ts';
import { framesOf } from '../frames-of.ts';

vi.setConfig({ testTimeout: 120_000 });

const RATE = 48_000;
const SECONDS = 20;
/** A tone that rises, so that every moment sounds otherwise. */
const chirp = 'aevalsrc=0.4*sin(2*PI*t*(200+30*t)):s=48000';
const surround = 'pan=5.1|c0=c0|c1=c0|c2=0.5*c0|c3=0*c0|c4=0.3*c0|c5=0.3*c0';
const signal = AbortSignal.timeout(300_000);
interface Track {
  readonly id: number;
  readonly name: string;
  readonly codec: AudioCodec;
}
const tracks: readonly Track[] = [
  { id: 1, name: 'AC-3 in 5.1', codec: 'ac3' },
  { id: 2, name: 'MP2', codec: 'mpeg' },
  { id: 3, name: 'AAC, copied', codec: 'aac lc 48000 stereo' },
  { id: 4, name: 'E-AC-3', codec: 'eac3' },
];
/** Its frames are no whole milliseconds long, so that Matroska tells their times a little wrong. */
const uneven: Track = { id: 5, name: 'MP2 at 44.1 kHz', codec: 'mpeg' };

let dataDirs: DataDirs;
let ffmpegPath: string;
let film: string;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  const folder = await dataDirs.next();
  await mkdir(folder, { recursive: true });
  film = join(folder, 'film.mkv');
  ffmpegPath = (await findFfmpeg(null)).path;
  const picture = `-f lavfi -i testsrc=s=64x48:r=25:d=${SECONDS} -f lavfi -t ${SECONDS} -i`;
  const encoders =
    '-c:v libx264 -preset ultrafast -bf 3 -g 50 -keyint_min 50 -sc_threshold 0 -c:a:0 ac3 -b:a:0 384k -c:a:1 mp2 -b:a:1 256k -c:a:2 aac -b:a:2 192k -c:a:3 eac3 -b:a:3 256k -c:a:4 mp2 -b:a:4 256k -ar:a:4 44100';
  await execa(ffmpegPath, [
    ...[...argumentList(picture), chirp, '-filter_complex', `[1:a]asplit=5[a][b][c][d][e];[a]${surround}[s]`],
    ...argumentList(
      '-map 0:v -map [s] -map [b] -map [c] -map [d] -map [e] -ac:a:1 2 -ac:a:2 2 -ac:a:3 2 -ac:a:4 2',
    ),
    ...[...argumentList(encoders), film],
  ]);
}, 60_000);
afterAll(() => dataDirs.remove());

/** The sound that an FFmpeg hears, as samples from a moment of the file on. */
async function samplesOf(input: string | Buffer, from: number, track: number): Promise<Float32Array> {
  const filters = `aformat=sample_rates=${RATE}:channel_layouts=stereo,aresample=async=1:first_pts=${Math.round(from * RATE)},pan=mono|c0=c0`;
  const { stdout } = await execa(
    ffmpegPath,
    [
      ...[
        '-hide_banner',
        '-loglevel',
        'error',
        '-copyts',
        '-i',
        typeof input === 'string' ? input : 'pipe:0',
      ],
      ...['-map', `0:a:${track}`, '-af', filters, '-f', 'f32le', 'pipe:1'],
    ],
    { ...(typeof input === 'string' ? { stdin: 'ignore' } : { input }), encoding: 'buffer' },
  );
  const bytes = Buffer.from(stdout);
  return new Float32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 4));
}

/** By how much two sounds differ at most, from `from` to `to` seconds. */
function difference(one: Float32Array, other: Float32Array, from: number, to: number): number {
  let most = 0;
  for (let at = Math.round(from * RATE); at < to * RATE; at++)
    most = Math.max(most, Math.abs((one[at] ?? Number.NaN) - (other[at] ?? Number.NaN)));
  return most;
}

/** @see difference; the other one begins half a millisecond later, or as much more or less as Matroska rounds times. */
function roughly(one: Float32Array, other: Float32Array, from: number, to: number): number {
  const shifts = Array.from({ length: RATE / 1000 }, (_, samples) => one.subarray(samples));
  return Math.min(...shifts.map((each) => difference(each, other, from, to)));
}

async function allOf(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const segmentsByTrack = new Map<Track, Promise<readonly Buffer[]>>();

/** All segments of a track, made once. */
function segments(track: Track): Promise<readonly Buffer[]> {
  const known = segmentsByTrack.get(track) ?? makeSegments(track);
  segmentsByTrack.set(track, known);
  return known;
}

async function makeSegments(track: Track): Promise<readonly Buffer[]> {
  const cues = await readIndex(film);
  const made: Buffer[] = [];
  for (const span of segmentsOf(cues ?? { keyframes: [], duration: 0 })) {
    made.push(await allOf(await segmentOfFile(film, span, track, { ffmpegPath, signal })));
  }
  return made;
}

/** What two samples of one sound may differ by when it was encoded; its loudest are at 0.4. */
const CLICK = 0.05;
/** Segments begin at 1,000 seconds. */
const ORIGIN = 1_000;

describe('the sound of segments for browsers', () => {
  it.each(tracks)('joins without a gap or a click, and is where it was: $name', async (track) => {
    const made = await segments(track);
    expect(made).toHaveLength(4);
    const original = await samplesOf(film, 0, track.id - 1);
    const joined = await samplesOf(Buffer.concat(made), ORIGIN, 0);
    expect(difference(original, joined, 0.1, SECONDS - 0.2)).toBeLessThan(CLICK);
    // A sample earlier or later would be heard of.
    expect(difference(original, joined.subarray(4), 0.1, SECONDS - 0.2)).toBeGreaterThan(CLICK);
    expect(await framesOf(Buffer.concat(made))).toHaveLength(SECONDS * 25);
  });

  it.each([...tracks, uneven].filter(({ id }) => id !== 3))(
    'has one frame after the other: $name',
    async (track) => {
      const made = Buffer.concat(await segments(track));
      const times: number[] = [];
      for (let at = 0; at < made.length; at += PACKET_SIZE)
        if (isUnitStart(made, at) && pesPayload(made, at)?.streamId === 0xc0)
          times.push(presentationTimestamp(made, at) ?? Number.NaN);
      expect(times.length).toBeGreaterThan((SECONDS - 0.2) * (RATE / 1024));
      expect(new Set(times.slice(1).map((time, at) => time - (times[at] ?? 0)))).toEqual(new Set([1920]));
    },
  );

  it.each(tracks)('is right from one segment on, after a seek: $name', async (track) => {
    const [, , third = Buffer.alloc(0)] = await segments(track);
    const original = await samplesOf(film, 12, track.id - 1);
    // Until the second frame, half of a window is missing.
    const late = await samplesOf(third, ORIGIN + 12 + 0.0005, 0);
    expect(roughly(original, late, 0.1, 5.8)).toBeLessThan(CLICK);
  });
});

describe('the sound of segments of a recording that runs', () => {
  async function newFolder(): Promise<UnfinishedFolder> {
    const folder = new UnfinishedFolder(await dataDirs.next(), 1, systemClock);
    await folder.prepare(0);
    return folder;
  }

  /** Records the film as a part. @param begin the first timestamp, in seconds. @param maps the streams that it has then. */
  async function record(
    folder: UnfinishedFolder,
    number: number,
    begin: number,
    maps: string,
  ): Promise<void> {
    const { stdout } = await execa(
      ffmpegPath,
      [
        ...['-hide_banner', '-loglevel', 'error', '-i', film],
        ...argumentList(`${maps} -c copy -muxdelay 0.9 -output_ts_offset ${begin} -f mpegts pipe:1`),
      ],
      { encoding: 'buffer' },
    );
    const part = folder.openPart(number, null);
    const normaliser = new Normaliser((piece) => part.write(piece));
    const bytes = Buffer.from(stdout);
    for (let at = 0; at < bytes.length; at += 65_536) {
      normaliser.take(Buffer.from(bytes.subarray(at, at + 65_536)));
      if (!normaliser.isOpen) normaliser.open(10_000);
    }
    await part.close();
  }

  async function segmentsOfParts(folder: UnfinishedFolder, track: number): Promise<Buffer[]> {
    const text = recordingPlaylist(await folder.listedParts(), {
      isOver: true,
      query: '',
      form: 'addresses',
    });
    const made: Buffer[] = [];
    for (const [, part, from, to] of text.matchAll(/^part-(\d+)-(\d+)-(\d+)\.ts$/gm)) {
      const range = { part: Number(part), from: Number(from), to: Number(to) };
      made.push(await allOf(await segmentOfPart(folder, range, track, { ffmpegPath, signal })));
    }
    return made;
  }

  // The second one's timestamps begin anew after eight seconds.
  it.each([
    [10, [1, 3]],
    [95_436, [2]],
  ])('joins, and is where it was, with timestamps from %d s on', async (begin, heard) => {
    const folder = await newFolder();
    await record(folder, 1, begin, '-map 0:v -map 0:a');
    expect((await tracksOfParts(folder)).map(({ id, codec }) => [id, codec])).toEqual([
      [1, 'ac3'],
      [2, 'mpeg'],
      [3, 'aac'],
      [4, 'eac3'],
      [5, 'mpeg'],
    ]);
    const [first = 0] = (await readIndex(film))?.keyframes ?? [];
    for (const id of heard) {
      const made = await segmentsOfParts(folder, id);
      expect(made.length).toBeGreaterThan(3);
      const original = await samplesOf(film, first, id - 1);
      const joined = await samplesOf(Buffer.concat(made), 2 * ORIGIN + 0.0005, 0);
      expect(roughly(original, joined, 0.1, SECONDS - 0.3)).toBeLessThan(CLICK);
      expect(await framesOf(Buffer.concat(made))).toHaveLength(SECONDS * 25);
    }
  });

  it('has sound also in a part without the track, and with another codec', async () => {
    const folder = await newFolder();
    await record(folder, 1, 10, '-map 0:v -map 0:a:0 -map 0:a:1');
    await record(folder, 2, 500, '-map 0:v -map 0:a:2');
    const second = (await segmentsOfParts(folder, 2)).slice(-4);
    const [first = 0] = (await readIndex(film))?.keyframes ?? [];
    const original = await samplesOf(film, first + 14, 2);
    const heard = await samplesOf(Buffer.concat(second), 2 * ORIGIN + 14.0005, 0);
    expect(roughly(original, heard, 0.1, 5)).toBeLessThan(CLICK);
  });
});
