import { deadline } from '../common/deadline.ts';

/** Milliseconds between two questions to an edge, which cannot hold its answer until the next segment is there. */
const EDGE_ASKED_EVERY = { usual: 1_000, urgent: 350 };
/** Milliseconds after which it is looked again whether it has become urgent. */
const LOOK = 100;
/** Milliseconds that an answer may take, so that an edge does not stop the picture; longer for the first, which may have to be made. */
const PATIENCE = { first: 6_000, next: 2_000 };
/** Milliseconds without a new segment, after which an edge counts as failed: longer than a segment and two caches. */
const LONGEST_IN_VAIN = 9_000;

/** A playlist, and where it was. */
export interface Found {
  readonly url: string;
  readonly text: string;
}

/**
 * Asks an edge until its playlist has a segment.
 * @param address of the playlist there; null once it is not on an edge any more
 * @param next the segment's number; null for any
 * @returns null if the edge fails, or does not get the segment
 */
export async function untilOnEdge(
  address: () => string | null,
  next: number | null,
  isUrgent: () => boolean,
  signal: AbortSignal,
): Promise<Found | null> {
  const began = performance.now();
  // hls.js asks as soon as it has the last answer, since it was invited to.
  if (next !== null) await untilDue(isUrgent, signal);
  while (!signal.aborted && performance.now() - began < LONGEST_IN_VAIN) {
    const url = address();
    const text = url && (await fetchText(url, signal, PATIENCE[next === null ? 'first' : 'next']));
    if (!text) return null;
    if (next === null || newestOf(text) >= next) return { url, text };
    await untilDue(isUrgent, signal);
  }
  return null;
}

/** Waits until it is time for the next question to an edge. */
async function untilDue(isUrgent: () => boolean, signal: AbortSignal): Promise<void> {
  const began = performance.now();
  while (!signal.aborted && performance.now() - began < EDGE_ASKED_EVERY[isUrgent() ? 'urgent' : 'usual'])
    await new Promise((resolve) => setTimeout(resolve, LOOK));
}

/** Null where there is no usable answer in time. */
export async function fetchText(
  url: string,
  signal: AbortSignal,
  patience = PATIENCE.first,
): Promise<string | null> {
  try {
    // The browser's own cache would show an older playlist while it asks for a new one.
    const response = await fetch(url, {
      cache: 'no-store',
      signal: deadline(patience, signal),
    });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

/** The media sequence number of a playlist's last segment. */
export function newestOf(playlist: string): number {
  const first = Number(/^#EXT-X-MEDIA-SEQUENCE:(\d+)/m.exec(playlist)?.[1] ?? 0);
  return first + (playlist.match(/^#EXTINF:/gm)?.length ?? 0) - 1;
}
