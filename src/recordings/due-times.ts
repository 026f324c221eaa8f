import type { Recording } from '../domain/recording.ts';
import type { Span } from '../domain/span.ts';

/** Milliseconds after a time at which an archive has all of it. */
const SETTLED = 10 * 60_000;
/** Milliseconds for which an archive is tried, beside the time that reading takes. */
const PATIENCE = 24 * 3_600_000;

/** When a recording is to be made: in its own time, or afterwards if it comes from the archive. Epoch milliseconds. */
export function dueTimes({
  start,
  stop,
  isFromArchive,
  createdAt,
}: Pick<Recording, 'start' | 'stop' | 'isFromArchive' | 'createdAt'>): Span {
  if (!isFromArchive) return { from: start, to: stop };
  const from = archiveDueAt(stop, createdAt);
  return { from, to: from + (stop - start) + PATIENCE };
}

/** When a time that ends at `stop` may be taken from the archive, `now` at the earliest. Epoch milliseconds. */
export function archiveDueAt(stop: number, now: number): number {
  return Math.max(stop + SETTLED, now);
}
