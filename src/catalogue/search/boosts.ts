import type { Channel } from '../../domain/channel.ts';
import type { ChannelId } from '../../domain/ids.ts';

/** A reason for a result's rank, apart from its name. */
export type Why =
  | 'number'
  | 'category'
  | 'on now'
  | 'favourite'
  | 'recent'
  | 'popular'
  | 'your country'
  | 'your language'
  | 'has guide';

/** Facts about the asker and the room. Ids are channel ids; any variant's id stands for its channel. */
export interface Boosts {
  readonly favourites?: ReadonlySet<ChannelId>;
  /** Channels that the asker has chosen lately. */
  readonly recents?: ReadonlySet<ChannelId>;
  /** Channels that are often watched in this room. */
  readonly popular?: ReadonlySet<ChannelId>;
  /** The country code as lists write it: "FR". */
  readonly country?: string | null;
  /** An ISO 639 code: "fr". */
  readonly language?: string | null;
  /** Whether the guide has the channel; by default, whether the channel has a guide id. */
  readonly hasGuide?: (channel: Channel) => boolean;
}

const worth = {
  favourite: 0.1,
  recent: 0.06,
  popular: 0.05,
  'your country': 0.05,
  'your language': 0.02,
  'has guide': 0.01,
} as const satisfies Partial<Record<Why, number>>;

/** The limit of all boosts together, so that they never lift a name above one that equals the typed text. */
export const MAX_BOOST = 0.25;

/** The channel whose boost is computed. */
export interface Boosted {
  readonly channels: readonly Channel[];
  readonly country: string | null;
  readonly language: string | null;
}

/** Computes the boost of a channel, from 0 to `MOST`, and its reasons. */
export function boost(
  group: Boosted,
  boosts: Boosts,
): { readonly score: number; readonly why: readonly Why[] } {
  const { favourites, recents, popular, country, language, hasGuide = hasGuideId } = boosts;
  const some = (ids: ReadonlySet<ChannelId> | undefined) =>
    ids !== undefined && ids.size > 0 && group.channels.some(({ id }) => ids.has(id));
  const reasons: readonly [keyof typeof worth, boolean][] = [
    ['favourite', some(favourites)],
    ['recent', some(recents)],
    ['popular', some(popular)],
    ['your country', country != null && group.country === country],
    ['your language', language != null && group.language === language],
    ['has guide', group.channels.some(hasGuide)],
  ];
  const why = reasons.filter(([, holds]) => holds).map(([reason]) => reason);
  const score = why.reduce((sum, reason) => sum + worth[reason], 0);
  return { score: Math.min(MAX_BOOST, score), why };
}

function hasGuideId({ epgId }: Channel): boolean {
  return epgId !== null;
}
