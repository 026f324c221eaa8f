import { open } from 'node:fs/promises';
import type { AudioTrack } from '../../domain/audio-track.ts';
import { AppError } from '../../domain/errors.ts';
import type { Span } from '../../domain/span.ts';
import { argumentList } from '../../lib/argument-list.ts';
import { mapTimestamps, PACKET_SIZE, TICKS_PER_SECOND, wrapTicks } from '../../stream/mpeg-ts/packets.ts';
import { SOURCE_VIDEO_PID } from '../../stream/normaliser/stream-layout.ts';
import { type PartsTrack, readStreams, tracksOf } from '../part-streams.ts';
import type { ListedPart, PartEntry } from '../recording-playlist.ts';
import type { UnfinishedFolder } from '../unfinished-folder.ts';
import { makeSegment, type SegmentOptions } from './make-segment.ts';
import { type ByteRange, firstUnit, lastUnit, type Unit } from './part-units.ts';

/** Bytes of a part from one of its entries to another. */
export interface PartRange extends ByteRange {
  /** The part's number, from 1. */
  readonly part: number;
}

/** Seconds that are read before a range, for the sound of which the beginning is there. */
const BEFORE = 1.5;
/** Seconds of sound before the end of a range that belong to the next one, since a part of its last frames does too. */
const LATE = 0.2;
/** Seconds at which FFmpeg gets the beginning of a part: a whole number of frames of AAC. */
const LEAD = 1_000;
const CHUNK = 1024 * PACKET_SIZE;

/** The tracks of sound of a recording that is not one file yet. @throws the system's error */
export async function tracksOfParts(folder: Pick<UnfinishedFolder, 'parts'>): Promise<PartsTrack[]> {
  return tracksOf(await Promise.all((await folder.parts()).map(readStreams)));
}

/**
 * Makes a segment for browsers of a recording that is not one file yet. A part without the track has its first one.
 * @param number of the track, from 1. @throws AppError not_found, and as `makeSegment`
 */
export async function segmentOfPart(
  folder: Pick<UnfinishedFolder, 'listedParts' | 'parts' | 'pathOf'>,
  range: PartRange,
  number: number,
  options: SegmentOptions,
): Promise<AsyncIterable<Buffer>> {
  const part = (await folder.listedParts()).find((each) => each.number === range.part);
  const begin = part?.entries.find(({ offset, isEnd }) => offset === range.from && !isEnd);
  if (!part || !begin || !part.entries.some(({ offset }) => offset === range.to))
    throw new AppError('not_found');
  const path = folder.pathOf(range.part);
  const parts = await folder.parts();
  const layouts = await Promise.all(parts.map(readStreams));
  const wanted = tracksOf(layouts).find(({ id }) => id === number);
  const own = tracksOf(layouts.filter((_, at) => parts[at]?.number === range.part));
  const track =
    own.find(({ pid }) => pid === wanted?.pid) ?? own.find(({ isDescription }) => !isDescription) ?? own[0];
  const { start, picture, sound, codec, inPart } = await survey(path, part, { ...range, begin }, track);
  return makeSegment(
    {
      input: argumentList('-f mpegts -analyzeduration 500000 -correct_ts_overflow 0 -i pipe:0'),
      bytes: read(path, { from: start, to: range.to }, inPart),
      maps: `-map 0:i:${SOURCE_VIDEO_PID}?${track ? ` -map 0:i:${track.pid}?` : ''}`,
      ...{ track: track ? { codec } : null, picture, sound },
    },
    options,
  );
}

interface Survey {
  /** The byte at which reading begins. */
  readonly start: number;
  readonly picture: Span;
  readonly sound: Span;
  readonly codec: AudioTrack['codec'];
  /** Counts timestamps from the part's beginning. */
  readonly inPart: (ticks: number) => number;
}

/** What the bytes say of a range. Neighbouring ranges agree where one's sound ends and the other's begins. */
async function survey(
  path: string,
  { entries }: ListedPart,
  { from, to, begin }: ByteRange & { readonly begin: PartEntry },
  track: PartsTrack | undefined,
): Promise<Survey> {
  await using file = await open(path);
  const start = entries.findLast(({ seconds }) => seconds <= begin.seconds - BEFORE) ?? entries[0] ?? begin;
  const first = entries[0]?.offset ?? 0;
  const pictureIn = (range: ByteRange) => firstUnit(file, SOURCE_VIDEO_PID, range);
  const soundIn = async (range: ByteRange) => (track ? lastUnit(file, track.pid, range) : null);
  const heard = track ? await firstUnit(file, track.pid, { from: start.offset, to }) : null;
  const base = (await pictureIn({ from: first, to })) ?? heard;
  if (!base) throw new AppError('recording_file_gone');
  const inPart = (ticks: number) => wrapTicks(ticks - base.ticks + LEAD * TICKS_PER_SECOND);
  const secondsOf = ({ ticks }: Unit) => inPart(ticks) / TICKS_PER_SECOND;
  const shown = secondsOf((await pictureIn({ from, to })) ?? base);
  const [before, last] = [await soundIn({ from: first, to: from }), await soundIn({ from: first, to })];
  const isEnd = entries.some(({ offset, isEnd: ends }) => ends && offset === to);
  const sound = {
    from: before ? secondsOf(before) - LATE : shown,
    to: last ? secondsOf(last) + (isEnd ? LATE : -LATE) : shown,
  };
  return {
    ...{ start: start.offset, inPart, sound, picture: { from: shown, to: Number.POSITIVE_INFINITY } },
    codec: heard?.content?.kind === 'audio' ? heard.content.codec : 'other',
  };
}

/** @param inPart is told each timestamp, and says what it becomes. */
async function* read(
  path: string,
  { from, to }: ByteRange,
  inPart: (ticks: number) => number,
): AsyncGenerator<Buffer, void, undefined> {
  await using file = await open(path);
  for (let at = from; at < to; ) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(CHUNK, to - at)), 0, null, at);
    if (bytesRead === 0) return;
    for (let packet = 0; packet + PACKET_SIZE <= bytesRead; packet += PACKET_SIZE)
      mapTimestamps(buffer, packet, inPart);
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}
