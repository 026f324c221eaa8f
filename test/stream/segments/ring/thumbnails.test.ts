import { beforeAll, expect, it } from 'vitest';
import { findFfmpeg } from '../../../../src/stream/ffmpeg/binary.ts';
import type { RingEntry } from '../../../../src/stream/segments/ring/ring-entry.ts';
import { type ShownPast, Thumbnails } from '../../../../src/stream/segments/ring/thumbnails.ts';
import { makeTs } from '../../../fakes/real-ts.ts';

/** Milliseconds. */
const BEGIN = 1_795_520_000_000;
let ffmpegPath: string;
let red: Buffer;
let blue: Buffer;

beforeAll(async () => {
  ({ path: ffmpegPath } = await findFfmpeg(null));
  const coloured = (colour: string) =>
    makeTs({ seconds: 1, rate: 5, gop: 5, filter: `drawbox=color=${colour}:t=fill,setsar=4/3` });
  [red, blue] = await Promise.all([coloured('red'), coloured('blue')]);
});

interface FakePast extends ShownPast {
  /** The segments that were read. */
  readonly reads: number[];
}

/** A past of segments of two seconds. @param independent by default all begin with a keyframe */
function pastOf(segments: readonly Buffer[], independent: (index: number) => boolean = () => true): FakePast {
  const reads: number[] = [];
  const entries = segments.map(
    (_, index): RingEntry => ({
      ...{ index, sequence: 100 + index, breaks: 0, duration: 2, discontinuity: false },
      ...{ independent: independent(index), programDateTime: BEGIN + index * 2000 },
    }),
  );
  return {
    id: 'live',
    reads,
    past: {
      entries,
      entryAt: (time) => entries.findLast(({ programDateTime }) => programDateTime <= time) ?? null,
      read: async (sequence) => {
        reads.push(sequence);
        return segments[sequence - 100];
      },
    },
  };
}

const waiting = new AbortController().signal;

/** Width and height, by the frame header of the JPEG. */
function sizeOf(jpeg: Buffer): [number, number] {
  const at = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  return [jpeg.readUInt16BE(at + 7), jpeg.readUInt16BE(at + 5)];
}

it('is a JPEG of 240 pixels with the shape of the picture as viewers see it, made once', async () => {
  const past = pastOf([red, blue]);
  const thumbnails = new Thumbnails(ffmpegPath);
  const [first, again, second] = await Promise.all([
    thumbnails.at(past, BEGIN, waiting),
    thumbnails.at(past, BEGIN + 1_999, waiting),
    thumbnails.at(past, BEGIN + 2_000, waiting),
  ]);
  // 64 by 48 pixels that are 4:3 each.
  expect(sizeOf(first as Buffer)).toEqual([240, 134]);
  expect(again).toEqual(first);
  expect(second?.equals(first as Buffer)).toBe(false);
  await thumbnails.at(past, BEGIN, waiting);
  expect(past.reads.toSorted((one, other) => one - other)).toEqual([100, 101]);
});

it('is of the last keyframe before a segment that has none at its beginning', async () => {
  const past = pastOf([red, blue, blue], (index) => index === 0);
  await new Thumbnails(ffmpegPath).at(past, BEGIN + 5_000, waiting);
  expect(past.reads).toEqual([100]);
});

it('is none where the segment is gone, damaged, or there is no FFmpeg', async () => {
  const thumbnails = new Thumbnails(ffmpegPath);
  expect(await thumbnails.at(pastOf([]), BEGIN, waiting)).toBeNull();
  expect(await thumbnails.at(pastOf([Buffer.from('no video')]), BEGIN, waiting)).toBeNull();
  expect(await new Thumbnails('no-such-program').at(pastOf([red]), BEGIN, waiting)).toBeNull();
});

it('is not made once nobody waits for it, and made again when somebody asks anew', async () => {
  const past = pastOf([red, blue]);
  const thumbnails = new Thumbnails(ffmpegPath);
  const gone = new AbortController();
  const first = thumbnails.at(past, BEGIN, waiting);
  const left = thumbnails.at(past, BEGIN + 2_000, gone.signal);
  gone.abort();
  await expect(left).rejects.toThrow(/abort/i);
  expect(await first).not.toBeNull();
  expect(past.reads).toEqual([100]);
  expect(await thumbnails.at(past, BEGIN + 2_000, waiting)).not.toBeNull();
});

it('lets so many wait only', async () => {
  const past = pastOf(Array.from({ length: 40 }, () => red));
  const thumbnails = new Thumbnails(ffmpegPath);
  const gone = new AbortController();
  const asked = Array.from({ length: 40 }, (_, at) => thumbnails.at(past, BEGIN + at * 2000, gone.signal));
  expect(await asked.at(-1)).toBeNull();
  gone.abort();
  const settled = await Promise.allSettled(asked);
  expect(settled.filter(({ status }) => status === 'rejected').length).toBeGreaterThanOrEqual(16);
});
