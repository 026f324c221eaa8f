import type { Span } from '../../domain/span.ts';
import {
  decodingTimestamp,
  isRandomAccess,
  PACKET_SIZE,
  pidOf,
  TICKS_PER_SECOND,
  ticksBetween,
} from '../../stream/mpeg-ts/packets.ts';
import type { RingEntry } from '../../stream/segments/ring/ring-entry.ts';
import type { SegmentRing } from '../../stream/segments/ring/segment-ring.ts';
import { VIDEO_PID } from '../../stream/segments/segmenter.ts';

/** The part of a screen's past that a clip is made of. */
export interface ClipSource {
  /** What is to be read, oldest first. */
  readonly entries: readonly RingEntry[];
  /** When the first keyframe of it is shown, in epoch milliseconds. */
  readonly begin: number;
  /** When the last of it ends, at the wish's end at the latest. */
  readonly end: number;
  /** MPEG-TS from that keyframe on. */
  readonly bytes: () => AsyncGenerator<Buffer, void, undefined>;
  /** It can be copied: one source all the way. */
  readonly isWhole: boolean;
}

type Past = Pick<SegmentRing, 'entries' | 'entryAt' | 'edge' | 'read'>;

/** How far before the wish a keyframe is looked for, in milliseconds. */
const FARTHEST_KEYFRAME = 20_000;

/** Finds what a clip of a span is made of; null if nothing is kept of it. */
export async function findClipSource(past: Past, { from, to }: Span): Promise<ClipSource | null> {
  const wished = past.entryAt(from);
  if (!wished || wished.programDateTime >= to || (past.edge ?? 0) <= from) return null;
  const { entries } = past;
  const [first] = entries;
  const indexOf = ({ index }: RingEntry) => index - (first?.index ?? 0);
  const used = entries.slice(indexOf(wished)).filter(({ programDateTime }) => programDateTime < to);
  const start = await findStart(past, wished, from);
  // Where there is no keyframe before, what is shown begins with the first one after.
  const before = start ? entries.slice(indexOf(start.entry), indexOf(wished)) : [];
  const all = [...before, ...used];
  return {
    entries: all,
    begin: start?.time ?? wished.programDateTime,
    end: Math.min(to, past.edge ?? to),
    isWhole: start !== null && all.slice(1).every(({ discontinuity }) => !discontinuity),
    bytes: async function* () {
      for (const [index, { sequence }] of all.entries()) {
        const bytes = await past.read(sequence);
        // What is gone is left out.
        if (bytes) yield index === 0 && start ? fromPacket(bytes, start.packet) : bytes;
      }
    },
  };
}

interface Start {
  readonly entry: RingEntry;
  /** Bytes into the segment. */
  readonly packet: number;
  /** Epoch milliseconds. */
  readonly time: number;
}

/** The last keyframe at or before a moment. */
async function findStart(past: Past, wished: RingEntry, from: number): Promise<Start | null> {
  const first = past.entries[0]?.index ?? 0;
  for (let index = wished.index; index >= first; index--) {
    const entry = past.entries[index - first];
    if (!entry || from - entry.programDateTime > FARTHEST_KEYFRAME) return null;
    const bytes = await past.read(entry.sequence);
    if (!bytes) return null;
    const keyframe = keyframesOf(bytes)
      .map(({ packet, seconds }) => ({ packet, time: entry.programDateTime + seconds * 1000 }))
      .findLast(({ time }) => time <= from);
    if (keyframe) return { entry, ...keyframe };
    // Another source's keyframe is of no use.
    if (entry.discontinuity) return null;
  }
  return null;
}

/** The keyframes of a segment: where, and how many seconds after its beginning. */
function keyframesOf(bytes: Buffer): { readonly packet: number; readonly seconds: number }[] {
  const found: { packet: number; seconds: number }[] = [];
  let begin: number | null = null;
  for (let packet = 0; packet + PACKET_SIZE <= bytes.length; packet += PACKET_SIZE) {
    if (pidOf(bytes, packet) !== VIDEO_PID) continue;
    const time = decodingTimestamp(bytes, packet);
    if (time === null) continue;
    begin ??= time;
    if (isRandomAccess(bytes, packet))
      found.push({ packet, seconds: ticksBetween(begin, time) / TICKS_PER_SECOND });
  }
  return found;
}

/** The segment from a packet on, behind the tables that it begins with. */
function fromPacket(bytes: Buffer, packet: number): Buffer {
  if (packet <= 2 * PACKET_SIZE) return bytes;
  return Buffer.concat([bytes.subarray(0, 2 * PACKET_SIZE), bytes.subarray(packet)]);
}
