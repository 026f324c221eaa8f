import { foldWords } from '../catalogue/names/fold.ts';
import { hasFile, type Recording, type RecordingRules } from '../domain/recording.ts';

const DAY = 24 * 3_600_000;

/**
 * The recordings that the rules do not keep, oldest first. Protected ones, and those that are not over, are always kept.
 * @param free bytes that are free on the disk.
 */
export function notKept(
  all: readonly Recording[],
  { keepDays, keepPerTitle, mostBytes, leastFree }: RecordingRules,
  { now, free }: { readonly now: number; readonly free: number },
): Recording[] {
  const files = all.filter(hasFile).toSorted((one, other) => one.start - other.start);
  const loose = files.filter(({ isProtected }) => !isProtected);
  const dropped = new Set<Recording>();
  if (keepDays !== null) for (const each of loose) if (now - each.stop > keepDays * DAY) dropped.add(each);
  if (keepPerTitle !== null)
    for (const same of Map.groupBy(files, ({ title }) => foldWords(title)).values())
      for (const each of same.slice(0, -keepPerTitle)) if (!each.isProtected) dropped.add(each);
  if (mostBytes !== null) {
    let kept = sum(files) - sum([...dropped]);
    let room = free + sum([...dropped]);
    for (const each of loose) {
      if (kept <= mostBytes && room >= leastFree) break;
      if (dropped.has(each)) continue;
      dropped.add(each);
      kept -= each.bytes;
      room += each.bytes;
    }
  }
  return loose.filter((each) => dropped.has(each));
}

function sum(recordings: readonly Recording[]): number {
  return recordings.reduce((total, { bytes }) => total + bytes, 0);
}
