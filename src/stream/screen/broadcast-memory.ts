import { z } from 'zod';
import { type ChannelId, fromApiChannelId, type OwnAccount, toApiChannelId } from '../../domain/ids.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Numbering } from '../segments/live-playlist.ts';
import type { ListedSegment } from '../segments/segment.ts';

/** How the file names a channel: of the installation's own account by number, which version 0.2 reads too. */
const storedId = z.union([z.number(), z.string()]);

const storedAsker = z.object({ id: z.string(), name: z.string() });

const storedItem = z.object({
  channelId: storedId,
  name: z.string(),
  /** Null if an earlier version wrote another shape, so that the numbers are kept all the same. */
  askedBy: storedAsker.nullable().catch(null),
  startedAt: z.number(),
  /** Where a past programme is; null or absent for a channel as it comes. */
  past: z
    .object({
      from: z.number(),
      to: z.number(),
      start: z.number(),
      title: z.string().nullable(),
      recording: z.number().optional(),
    })
    .nullish()
    .catch(null),
  /** Null or absent while it plays. */
  pause: z.object({ by: storedAsker.nullable(), at: z.number() }).nullish().catch(null),
});

const chosenTrack = z.object({
  id: z.number(),
  language: z.string().nullable(),
  isDescription: z.boolean(),
});

/** Largest numbers and seconds; anything beyond means a damaged file, and could not be counted on exactly. */
const MOST = 2 ** 52;
const LONGEST = 1e9;

export const broadcastMemorySchema = z.object({
  savedAt: z.number().nonnegative(),
  sequence: z.int().nonnegative().max(MOST),
  discontinuitySequence: z.int().nonnegative().max(MOST),
  /** Seconds on the broadcast's timeline. */
  position: z.number().nonnegative().max(LONGEST),
  /** The memory's `item`, under the name that the files of version 0.2 have. */
  programme: storedItem.nullable(),
  audioChoices: z
    .array(z.tuple([storedId, chosenTrack]))
    .optional()
    .catch(undefined),
});

/** A `BroadcastMemory` as it is in the file. */
export type StoredMemory = z.infer<typeof broadcastMemorySchema>;

/** An `OnAirItem` as far as it outlives the process. */
export interface RememberedItem extends Omit<z.infer<typeof storedItem>, 'channelId'> {
  readonly channelId: ChannelId;
}

/** What a broadcast must know after a restart of the process, so that its players notice only a pause. */
export interface BroadcastMemory extends Omit<StoredMemory, 'programme' | 'audioChoices'> {
  /** The channel that is meant to be on air; null if there is none. */
  readonly item: RememberedItem | null;
  /** Channels and the tracks chosen for them. */
  readonly audioChoices?: [ChannelId, z.infer<typeof chosenTrack>][] | undefined;
}

/** The memory of a file; what names no channel is left out. @param own the installation's own account. */
export function fromStored(
  { programme: stored, audioChoices, ...rest }: StoredMemory,
  own: OwnAccount,
): BroadcastMemory {
  const channelId = stored && fromApiChannelId(stored.channelId, own);
  return {
    ...rest,
    item: stored && channelId ? { ...stored, channelId } : null,
    audioChoices: audioChoices?.flatMap(([given, track]): [ChannelId, typeof track][] => {
      const id = fromApiChannelId(given, own);
      return id === null ? [] : [[id, track]];
    }),
  };
}

/** The reverse of `fromStored`. */
export function toStored({ item, audioChoices, ...rest }: BroadcastMemory, own: OwnAccount): StoredMemory {
  return {
    ...rest,
    programme: item && { ...item, channelId: toApiChannelId(item.channelId, own) },
    audioChoices: audioChoices?.map(([id, track]) => [toApiChannelId(id, own), track]),
  };
}

export interface Beginning {
  readonly numbering: Numbering;
  /** Seconds on the broadcast's timeline. */
  readonly position: number;
  /** True if the next segment follows the saved window directly, so that the window may be listed again. */
  readonly goesOn: boolean;
}

/** Milliseconds between two saves while on air; so old is the memory at most when the process is killed. */
export const SAVE_EVERY = 5_000;
/** Most segments per second, since none is shorter than half a second. */
const SEGMENTS_PER_SECOND = 2;
const FIRST_POSITION = 10;

/**
 * Computes where numbers and position continue after a restart. They never go back: media sequence numbers are at least
 * the epoch's seconds, even without a memory, and a remembered number is raised by more than can have been used since.
 * @param window the segments of the last playlist; if they were saved with the memory, numbering continues exactly.
 * @param unused the first media sequence number that the past on disk has not used.
 */
export function beginAgain(
  memory: BroadcastMemory | null,
  window: readonly ListedSegment[],
  unused: number,
  clock: Pick<Clock, 'now'>,
): Beginning {
  const epochSeconds = Math.floor(clock.now() / 1000);
  if (!memory) {
    return {
      numbering: { sequence: Math.max(epochSeconds, unused), discontinuitySequence: 0 },
      position: FIRST_POSITION,
      goesOn: false,
    };
  }
  const { sequence, discontinuitySequence, position } = memory;
  if (window.at(-1)?.sequence === sequence - 1 && unused <= sequence) {
    const counted = window.filter(({ discontinuity }) => discontinuity).length;
    const numbering = { sequence, discontinuitySequence: discontinuitySequence - counted };
    return { numbering, position, goesOn: true };
  }
  const elapsed = Math.max(0, clock.now() - memory.savedAt) / 1000;
  // This does not use the elapsed time, since the wall clock may have been put back.
  const possible = (SAVE_EVERY / 1000 + 1) * SEGMENTS_PER_SECOND;
  return {
    numbering: {
      sequence: Math.max(epochSeconds, sequence + possible, unused),
      discontinuitySequence: discontinuitySequence + possible,
    },
    position: position + elapsed + 1,
    goesOn: false,
  };
}
