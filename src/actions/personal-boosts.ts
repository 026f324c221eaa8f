import type { Boosts } from '../catalogue/search/boosts.ts';
import type { CommandContext } from '../commands/context.ts';
import type { Actor, Language } from '../domain/actor.ts';

/** Where most people who choose a language watch from; English is spoken in too many countries to tell. */
const countryOf: Readonly<Record<Language, string | null>> = { fr: 'FR', en: null };

/** So many of what somebody has watched, and of what the room watches often. */
const MOST = 15;

export type PersonalBoostsContext = Pick<CommandContext, 'favourites' | 'history'>;

/** What somebody is likely to want: their favourites, what they have watched, what the room watches often. */
export interface PersonalBoosts extends Boosts {
  readonly favourites: ReadonlySet<number>;
  readonly recents: ReadonlySet<number>;
  readonly popular: ReadonlySet<number>;
}

/** Each in the order in which it is offered. */
export function personalBoosts(
  { favourites, history }: PersonalBoostsContext,
  { id, language }: Actor,
): PersonalBoosts {
  return {
    favourites: idsOf(favourites.of(id)),
    recents: idsOf(history.recentOf(id, MOST)),
    popular: idsOf(history.popular(MOST)),
    country: countryOf[language],
    language,
  };
}

function idsOf(channels: readonly { readonly channelId: number }[]): Set<number> {
  return new Set(channels.map(({ channelId }) => channelId));
}
