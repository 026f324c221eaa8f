import type { Channel } from '../domain/channel.ts';
import { type NameKind, parseName } from './names/parse-name.ts';
import type { Codec, Quality } from './names/tags.ts';

/** One channel as people know it, with every entry of the list that is it. */
export interface ChannelGroup {
  /** For people, without country and quality: "Sky Sport News". */
  readonly name: string;
  /** As lists write it: "DE". */
  readonly country: string | null;
  /** The name, with the country where another channel has the same name: "Sky Sport News (DE)". */
  readonly label: string;
  readonly language: string | null;
  readonly kind: 'plain' | 'plus1' | 'timeshift';
  /** What can be chosen, the highest first, each once. */
  readonly qualities: readonly Quality[];
  /** At least one; best first. */
  readonly variants: readonly [Channel, ...Channel[]];
}

/** What a variant's name says of its picture. */
export interface VariantTraits {
  readonly quality: Quality | null;
  readonly codec: Codec | null;
  readonly kind: NameKind;
}

const ranks: Readonly<Record<Quality, number>> = { SD: 1, HD: 3, FHD: 4, UHD: 5 };
/** Most entries that do not say are HD or a little less. */
const UNKNOWN = 2.5;
/** What everybody's player shows without effort; more is only for those who ask for it. */
const USUAL: Quality = 'FHD';

/**
 * How much is given up with a variant, from 0; the smallest is the best. Backups come after all others: they are there
 * for when those fail. Without a wish Full HD comes first, then HD, then UHD, whose bit rate a room's connections may
 * not carry; HEVC loses to H.264, since browsers may not play it.
 */
export function lossOf({ quality, codec, kind }: VariantTraits, wish?: Quality | null): number {
  const rank = quality === null ? UNKNOWN : ranks[quality];
  const aim = ranks[wish ?? USUAL];
  const away = rank > aim ? (rank - aim) * 1.25 : aim - rank;
  // A wish decides; the codec only between equals.
  const hevc = codec === 'HEVC' || codec === 'AV1' ? (wish ? 0.2 : 1.6) : 0;
  const feed = kind === 'backup' ? 10 : kind === 'raw' ? 0.1 : 0;
  return away + hevc + feed;
}

/** The entry to play: of the quality wished for, or the nearest to it. */
export function bestVariant(group: Pick<ChannelGroup, 'variants'>, wish?: Quality | null): Channel {
  if (!wish) return group.variants[0];
  const [best] = orderVariants(
    group.variants.map((channel) => ({ channel, traits: parseName(channel.name) })),
    wish,
  );
  return best?.channel ?? group.variants[0];
}

export interface Variant {
  readonly channel: Channel;
  readonly traits: VariantTraits;
}

export interface GroupTraits {
  readonly country: string | null;
  readonly language: string | null;
  /** Another channel has this name in another country. */
  readonly isAmbiguous: boolean;
  readonly wish: Quality | null;
}

/** Describes a group by its entries, which come in the list's order. */
export function describeGroup(entries: readonly [Variant, ...Variant[]], traits: GroupTraits): ChannelGroup {
  const { country, language, isAmbiguous, wish } = traits;
  const [best = entries[0], ...others] = orderVariants(entries, wish);
  const { name } = parseName(best.channel.name, country);
  const { kind } = best.traits;
  const qualities = new Set(entries.flatMap(({ traits: { quality } }) => quality ?? []));
  return {
    name,
    country,
    label: isAmbiguous && country !== null ? `${name} (${country})` : name,
    language,
    kind: kind === 'plus1' || kind === 'timeshift' ? kind : 'plain',
    qualities: [...qualities].sort((a, b) => ranks[b] - ranks[a]),
    variants: [best.channel, ...others.map(({ channel }) => channel)],
  };
}

/** Best first; those that are equal stay in the list's order. */
export function orderVariants(variants: readonly Variant[], wish: Quality | null): Variant[] {
  return variants
    .map((variant) => ({ variant, loss: lossOf(variant.traits, wish) }))
    .sort((a, b) => a.loss - b.loss)
    .map(({ variant }) => variant);
}
