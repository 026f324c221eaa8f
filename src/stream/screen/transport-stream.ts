import type { ServerResponse } from 'node:http';
import type { StoredSegment } from '../segments/segment.ts';
import type { LiveChannel } from './live-channel.ts';

/** Seconds sent at once at the beginning, so that a player never runs dry between two segments. */
const HEAD_START = 4;
/** Bytes of backlog at which a reader is taken to have stopped reading. */
export const LARGEST_BACKLOG = 64 * 1024 * 1024;

/**
 * Sends the channel as one continuous MPEG-TS body that survives every switch, until the reader leaves. Segments
 * carry their own tables, timestamps and packet counters run on, so they are simply sent one after another.
 * @param player its id among the viewers.
 */
export function streamTransport(live: LiveChannel, response: ServerResponse, player?: string): void {
  // The reader may have left while the request was handled: its `close` will not come again.
  if (response.destroyed) return;
  for (const segment of beginning(live.playlist.listed())) response.write(segment.bytes);
  const disconnected = live.viewers.connected(player);
  const unsubscribe = live.playlist.subscribe((segment) => {
    response.write(segment.bytes);
    if (response.writableLength > LARGEST_BACKLOG) response.destroy();
  });
  response.once('close', () => {
    unsubscribe();
    disconnected();
  });
}

/** The last few segments, from one that begins with a keyframe. */
function beginning(listed: readonly StoredSegment[]): readonly StoredSegment[] {
  let seconds = 0;
  let from = listed.length;
  while (from > 0 && (seconds < HEAD_START || listed[from]?.independent === false)) {
    from--;
    seconds += listed[from]?.duration ?? 0;
  }
  return listed.slice(from);
}
