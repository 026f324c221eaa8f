import type { Channel } from '../../domain/channel.ts';
import { guideKey } from './guide-key.ts';
import type { LongPast } from './guide-worker.ts';
import type { WholeGuide } from './whole-guide.ts';

const DAY = 24 * 3_600_000;
const MOST_DAYS = 7;
const PORTION = 500;

/**
 * The channels of a guide whose past is kept as long as the provider keeps what they have shown, in portions that take less than
 * a millisecond each. @param path the guide's file.
 */
export function* longPasts(
  channels: readonly Channel[],
  guide: Pick<WholeGuide, 'guides' | 'placeOf'>,
  path: string,
  now: number,
): Generator<LongPast[]> {
  for (let at = 0; at < channels.length; at += PORTION) {
    const portion = channels.slice(at, at + PORTION).filter(({ archiveDays }) => archiveDays > 0);
    yield portion.flatMap(({ id, epgId, archiveDays }) => {
      const since = now - Math.min(archiveDays, MOST_DAYS) * DAY;
      const place = guide.placeOf(id);
      const matched = place && guide.guides[place.guide]?.path === path ? [place.key] : [];
      const own = epgId === null ? [] : [guideKey(epgId)];
      return [...new Set([...own, ...matched])].map((key): LongPast => [key, since]);
    });
  }
}
