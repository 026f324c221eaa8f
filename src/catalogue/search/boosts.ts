import type { Channel } from '../../domain/channel.ts';

/** Why a result is where it is, beyond its name. */
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

/** What is known of who asks, and where. Ids are channel ids; any variant stands for its channel. */
export interface Boosts {
  readonly favourites?: ReadonlySet<number>;
  /** Seen lately by whoever asks. */
  readonly recents?: ReadonlySet<number>;
  /** Watched often in this room. */
  readonly popular?: ReadonlySet<number>;
  /** As lists write it: "FR". */
  readonly country?: string | null;
  /** ISO 639: "fr". */
  readonly language?: string | null;
  /** Whether the guide says what is on; without it a channel with a guide id counts. */
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

/** All boosts together never lift a name over one that is exactly what was typed. */
export const MOST = 0.25;

export interface Boosted {
  readonly channels: readonly Channel[];
  readonly country: string | null;
  readonly language: string | null;
}

/** What speaks for a channel besides its name, and how much that is, from 0 to `MOST`. */
export function boost(
  group: Boosted,
  boosts: Boosts,
): { readonly score: number; readonly why: readonly Why[] } {
  const { favourites, recents, popular, country, language, hasGuide = hasGuideId } = boosts;
  const some = (ids: ReadonlySet<number> | undefined) =>
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
  return { score: Math.min(MOST, score), why };
}

function hasGuideId({ epgId }: Channel): boolean {
  return epgId !== null;
}
