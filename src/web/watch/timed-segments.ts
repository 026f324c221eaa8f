import type { LevelDetails } from 'hls.js/light';
import { withinPictures } from '../../domain/watch-paths.ts';
import type { TimedSegment } from './moments.ts';

/** The segments of a list as hls.js has it. */
export function timedSegments({ fragments }: Pick<LevelDetails, 'fragments'>): TimedSegment[] {
  return fragments.flatMap(({ sn, start, duration, programDateTime: time, tagList }) =>
    typeof sn === 'number'
      ? [{ sn, start, duration, time, independent: !tagList.some(([tag]) => tag === withinPictures) }]
      : [],
  );
}
