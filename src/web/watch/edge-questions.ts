import { deadline } from '../common/deadline.ts';

/** Milliseconds that an answer may take: the first may have to be made, and one that is held comes with the segment. */
const PATIENCE = { first: 6_000, held: 8_000, alive: 1_500 };
/** Milliseconds of waiting for a held answer, after which the edge has to show that it is there. */
const LOOK_EVERY = 1_200;

/** The addresses of a playlist on an edge. */
export interface EdgePlaylist {
  /** As it is. */
  readonly now: string;
  /** As it is once it has a segment, until when the answer is held. */
  readonly with: (segment: number) => string;
}

/**
 * Asks an edge for a playlist.
 * @param next the number of a segment that it must have; null for any
 * @returns null if the edge fails, or is silent
 */
export async function askEdge(
  playlist: EdgePlaylist,
  next: number | null,
  signal: AbortSignal,
): Promise<string | null> {
  if (next === null) return fetchText(playlist.now, signal, PATIENCE.first);
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  signal.addEventListener('abort', leave);
  const has = (text: string | null) => text !== null && newestOf(text) >= next;
  const held = async () => {
    const text = await fetchText(playlist.with(next), leaving.signal, PATIENCE.held);
    return has(text) ? text : null;
  };
  const looked = async () => {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
      if (leaving.signal.aborted) return null;
      const text = await fetchText(playlist.now, leaving.signal, PATIENCE.alive);
      if (text === null || has(text)) return text;
    }
  };
  const answer = await Promise.race([held(), looked()]);
  signal.removeEventListener('abort', leave);
  leave();
  return answer;
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
