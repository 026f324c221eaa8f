import type { Clock } from '../../src/lib/clock.ts';
import { Rendition } from '../../src/stream/rendition/rendition.ts';
import type { LivePlaylist } from '../../src/stream/segments/live-playlist.ts';
import { silentLogger } from './silent-logger.ts';

/** A lower rendition whose encoder fails at once, so that it is the full picture. */
export function noRendition(full: LivePlaylist, clock: Clock, isOn = true): Rendition {
  return new Rendition({
    full,
    targetDuration: 6,
    window: 24,
    isOn: () => isOn,
    startEncoder: ({ onFailed }) => ({
      feed: () => onFailed(new Error('there is no encoder')),
      finish: () => Promise.resolve(),
      stop: () => Promise.resolve(),
    }),
    clock,
    logger: silentLogger,
  });
}
