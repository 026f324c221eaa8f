import { foldWords } from '../catalogue/names/fold.ts';
import type { Programme } from '../domain/channel.ts';
import { isOver, type RecordedProgramme, type Recording } from '../domain/recording.ts';

/** Milliseconds by which a programme may move and still be the same one. */
const FURTHEST = 3 * 3_600_000;

/** The new times of a recording. */
export interface MovedTimes {
  readonly start: number;
  readonly stop: number;
  readonly programme: RecordedProgramme;
}

/** The span in which the programme of a recording is looked for. */
export function searchedSpan({ start }: Pick<RecordedProgramme, 'start'>): { from: number; to: number } {
  return { from: start - FURTHEST, to: start + FURTHEST };
}

/**
 * The times of a recording whose programme has moved in the guide, with the same margins; null where it has not, or where the
 * guide does not know it any more. What runs keeps its beginning.
 * @param programmes of its channel, some hours around it.
 */
export function movedTimes(
  recording: Recording,
  programmes: readonly Programme[],
  now: number,
): MovedTimes | null {
  const { programme: known, isFollowing, isFromArchive } = recording;
  if (!isFollowing || !known || isOver(recording)) return null;
  const found = sameProgramme(known, programmes);
  if (!found || (found.start === known.start && found.stop === known.stop)) return null;
  const isPlanned = recording.state === 'planned';
  if (isFromArchive && !isPlanned) return null;
  const earliest = isFromArchive ? Number.NEGATIVE_INFINITY : now;
  const start = isPlanned
    ? Math.max(earliest, found.start - (known.start - recording.start))
    : recording.start;
  const stop = found.stop + (recording.stop - known.stop);
  if (stop <= Math.max(earliest, start)) return null;
  return { start, stop, programme: { ...known, start: found.start, stop: found.stop } };
}

/** The programme with the same title that begins nearest, of several with the same episode if one has it. */
function sameProgramme(known: RecordedProgramme, programmes: readonly Programme[]): Programme | null {
  const distance = ({ start }: Programme) => Math.abs(start - known.start);
  const words = foldWords(known.title);
  const same = programmes
    .filter((each) => distance(each) <= FURTHEST)
    .filter((each) => titlesOf(each).some((text) => foldWords(text) === words))
    .toSorted((one, other) => distance(one) - distance(other));
  const { subTitle } = known;
  return (subTitle ? same.find((each) => each.subTitle === subTitle) : undefined) ?? same[0] ?? null;
}

function titlesOf({ title, texts = [] }: Programme): string[] {
  return [title, ...texts.map((text) => text.title)];
}
