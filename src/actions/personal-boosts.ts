import type { Boosts } from '../catalogue/search/boosts.ts';
import type { Actor, Language } from '../domain/actor.ts';
import type { ChannelId, ScreenId } from '../domain/ids.ts';
import type { Favourites } from '../store/favourites.ts';
import type { History } from '../store/history.ts';

/** Where most people who choose a language watch from; English is spoken in too many countries to tell. */
const countryOf: Readonly<Record<Language, string | null>> = { fr: 'FR', en: null };

/** Channels that somebody has watched, and channels that the room watches often. */
const MOST = 15;

/** Where a person's preferences are read from. */
export interface PersonalBoostsContext {
  readonly favourites: Pick<Favourites, 'of'>;
  readonly history: Pick<History, 'recentOf' | 'popular'>;
}

/** Channels that a person is likely to want: their favourites, those they have watched, those the room watches often. */
export interface PersonalBoosts extends Boosts {
  readonly favourites: ReadonlySet<ChannelId>;
  readonly recents: ReadonlySet<ChannelId>;
  readonly popular: ReadonlySet<ChannelId>;
}

/**
 * The channels to prefer in a person's search results, each set in the order in which it is offered.
 * @param screen whose popular channels count.
 */
export function personalBoosts(
  { favourites, history }: PersonalBoostsContext,
  { id, language }: Actor,
  screen: ScreenId,
): PersonalBoosts {
  return {
    favourites: idsOf(favourites.of(id)),
    recents: idsOf(history.recentOf(id, MOST)),
    popular: idsOf(history.popular(MOST, screen)),
    country: countryOf[language],
    language,
  };
}

function idsOf(channels: readonly { readonly channelId: ChannelId }[]): Set<ChannelId> {
  return new Set(channels.map(({ channelId }) => channelId));
}
