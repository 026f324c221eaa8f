import type { Clock } from '../../src/lib/clock.ts';
import { LiveChannel } from '../../src/stream/screen/live-channel.ts';
import { LivePlaylist } from '../../src/stream/segments/live-playlist.ts';

import { Timeline } from '../../src/stream/segments/timeline.ts';
import { noPast } from './no-past.ts';
import { silentLogger } from './silent-logger.ts';
import { syntheticSlate } from './synthetic-segment.ts';

export const FIRST_SEQUENCE = 1000;

/** An empty live channel with a slate of six seconds. @param position seconds at which its timeline begins. */
export function makeLiveChannel(clock: Clock, position = 10): LiveChannel {
  const first = { sequence: FIRST_SEQUENCE, discontinuitySequence: 0 };
  return new LiveChannel({
    playlist: new LivePlaylist({
      targetDuration: 6,
      window: 24,
      first,
      storage: noPast(),
      logger: silentLogger,
    }),
    timeline: new Timeline(position),
    slate: syntheticSlate(),
    clock,
  });
}
