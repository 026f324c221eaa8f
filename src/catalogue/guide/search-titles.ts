import type { Programme } from '../../domain/channel.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { TimeSlices } from '../time-slices.ts';
import type { Showing } from './guide-reader.ts';
import type { JoinedGuides } from './join-guides.ts';
import { titlesLike } from './titles-like.ts';

/** A programme, and all channels of the list that show it at that time. */
export interface Airing {
  readonly channelIds: readonly ChannelId[];
  readonly programme: Programme;
}

export interface TitleSearchOptions {
  readonly limit: number;
  readonly now: number;
  readonly slices: TimeSlices;
}

/** An airing in one of the guides. */
type ListedShowing = Showing & { readonly guide: number };

/**
 * The soonest current and future programmes whose titles match, in all guides. If no title has the words, it searches for
 * similar words. It works in time slices, since a short word is in a title of every channel.
 * @param words folded.
 */
export async function searchTitles(
  { guides, ids }: Pick<JoinedGuides, 'guides' | 'ids'>,
  words: string,
  { limit, now, slices }: TitleSearchOptions,
): Promise<readonly Airing[]> {
  const typed = words.split(' ');
  let showings: ListedShowing[] = [];
  for (const [guide, { reader }] of guides.entries())
    showings.push(...(await soonest(guide, reader.airings(typed, now))));
  if (showings.length === 0) {
    for (const [guide, { reader }] of guides.entries()) {
      const titles = await titlesLike(reader, words, slices);
      showings.push(...(await soonest(guide, reader.airingsOf(titles, now))));
    }
  }
  showings = showings.sort((a, b) => a.start - b.start).slice(0, limit);
  const found: Airing[] = [];
  for (const { guide, channel, start } of showings) {
    if (slices.due()) await slices.rest();
    const channelIds = ids[guide]?.get(channel) ?? [];
    for (const programme of guides[guide]?.reader.between(channel, start, start + 1, 1) ?? [])
      found.push({ channelIds, programme });
  }
  return found;

  /** The soonest airings of a guide on channels of the list. */
  async function soonest(guide: number, airings: Iterable<Showing>): Promise<ListedShowing[]> {
    let kept: ListedShowing[] = [];
    const cut = () => kept.sort((a, b) => a.start - b.start).slice(0, limit);
    for (const airing of airings) {
      if (ids[guide]?.has(airing.channel)) kept.push({ ...airing, guide });
      if (kept.length >= 10 * limit) kept = cut();
      if (slices.due()) await slices.rest();
    }
    return cut();
  }
}
