import type { Channel } from '../domain/channel.ts';
import { type NameKind, parseName } from './names/parse-name.ts';
import type { Codec, Quality } from './names/tags.ts';

/** One channel as people know it, with all its entries in the list. */
export interface ChannelGroup {
  /** The name for people, without country and quality: "Sky Sport News". */
  readonly name: string;
  /** The country code as lists write it: "DE". */
  readonly country: string | null;
  /** The name, with the country if another channel has the same name: "Sky Sport News (DE)". */
  readonly label: string;
  readonly language: string | null;
  readonly kind: 'plain' | 'plus1' | 'timeshift';
  /** The available qualities, the highest first, each once. */
  readonly qualities: readonly Quality[];
  /** The entries of the channel, best first; at least one. */
  readonly variants: readonly [Channel, ...Channel[]];
}

/** The facts that a variant's name tells about its picture. */
export interface VariantTraits {
  readonly quality: Quality | null;
  readonly codec: Codec | null;
  readonly kind: NameKind;
}

const ranks: Readonly<Record<Quality, number>> = { SD: 1, HD: 3, FHD: 4, UHD: 5 };
/** The rank of an unknown quality: most entries that name none are HD or a little less. */
const UNKNOWN = 2.5;
/** The default quality, which every player can show easily; higher ones are for people who ask for them. */
const USUAL: Quality = 'FHD';

/**
 * The disadvantage of a variant, from 0; the lowest is the best. Backups come last, since they are meant for failures of the
 * others. Without a wish, Full HD comes first, then HD, then UHD, whose bitrate may be too high for a room's connections; HEVC
 * comes after H.264, since browsers may not play it.
 */
export function penaltyOf({ quality, codec, kind }: VariantTraits, wish?: Quality | null): number {
  const rank = quality === null ? UNKNOWN : ranks[quality];
  const aim = ranks[wish ?? USUAL];
  const away = rank > aim ? (rank - aim) * 1.25 : aim - rank;
  // A wish outweighs the codec, which then decides only between equal qualities.
  const hevc = codec === 'HEVC' || codec === 'AV1' ? (wish ? 0.2 : 1.6) : 0;
  const feed = kind === 'backup' ? 10 : kind === 'raw' ? 0.1 : 0;
  return away + hevc + feed;
}

/** The entry to play: the one of the wished quality, or of the nearest one. */
export function bestVariant(group: Pick<ChannelGroup, 'variants'>, wish?: Quality | null): Channel {
  if (!wish) return group.variants[0];
  const [best] = orderVariants(
    group.variants.map((channel) => ({ channel, traits: parseName(channel.name) })),
    wish,
  );
  return best?.channel ?? group.variants[0];
}

/** An entry of the list with its traits. */
export interface Variant {
  readonly channel: Channel;
  readonly traits: VariantTraits;
}

/** The facts that all entries of a group share, and the wish. */
export interface GroupTraits {
  readonly country: string | null;
  readonly language: string | null;
  /** True if a channel of another country has the same name. */
  readonly isAmbiguous: boolean;
  readonly wish: Quality | null;
}

/** Describes a group. @param entries in the list's order. */
export function describeGroup(entries: readonly [Variant, ...Variant[]], traits: GroupTraits): ChannelGroup {
  const { country, language, isAmbiguous, wish } = traits;
  const [best = entries[0], ...others] = orderVariants(entries, wish);
  const name = best.channel.chosen?.called?.name ?? parseName(best.channel.name, country).name;
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

/** Sorts variants, best first; equal ones keep their order. */
export function orderVariants(variants: readonly Variant[], wish: Quality | null): Variant[] {
  return variants
    .map((variant) => ({ variant, loss: penaltyOf(variant.traits, wish) }))
    .sort((a, b) => a.loss - b.loss)
    .map(({ variant }) => variant);
}
