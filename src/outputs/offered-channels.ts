import type { Catalogue } from '../catalogue/catalogue.ts';
import { foldWords } from '../catalogue/names/fold.ts';
import { parseName } from '../catalogue/names/parse-name.ts';
import type { TimeSlices } from '../catalogue/time-slices.ts';
import type { ChannelGroup } from '../catalogue/variants.ts';
import type { Category, Channel } from '../domain/channel.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { OutputChannels } from '../domain/output-channels.ts';

/** A channel to offer, of all its variants the best. */
export interface OfferedChannel {
  /** As people say it. */
  readonly name: string;
  readonly group: string;
  readonly best: Channel;
  readonly hasLogo: boolean;
  readonly isHd: boolean;
  readonly variants: readonly ChannelId[];
  /** The number that somebody has chosen for it. */
  readonly chosenNumber: number | null;
  /** The best variant whose past the provider keeps. */
  readonly archived: Channel | null;
}

export interface OfferOptions {
  readonly offered: OutputChannels;
  readonly favourites: () => Iterable<ChannelId>;
}

/** The group of channels that the provider puts into no category. */
const NO_CATEGORY = 'TV';

/** The channels to offer, each once: in the order of the categories, then by the provider's number. */
export async function offeredChannels(
  catalogue: Pick<Catalogue, 'snapshot' | 'groupOf'>,
  { offered, favourites }: OfferOptions,
  slices: TimeSlices,
): Promise<OfferedChannel[]> {
  const { channels, categories } = catalogue.snapshot();
  const wanted = offered.kind === 'categories' ? idsOf(offered.categories, categories) : null;
  const isWanted = ({ categoryId }: Channel) =>
    wanted === null || (categoryId !== null && wanted.has(categoryId));
  const chosen = offered.kind === 'favourites' ? new Set(favourites()) : null;
  const places = new Map(categories.map(({ id }, place) => [id, place]));
  const names = new Map(categories.map(({ id, name }) => [id, name]));
  /** By the category's place; the last one is of channels without any. */
  const found = Array.from({ length: categories.length + 1 }, (): OfferedChannel[] => []);
  const seen = new Set<ChannelId>();
  for (const channel of channels) {
    if (slices.due()) await slices.rest();
    if (seen.has(channel.id) || !isWanted(channel) || chosen?.has(channel.id) === false) continue;
    const group = catalogue.groupOf(channel.id);
    // Separators are in no group.
    if (!group) continue;
    for (const { id } of group.variants) seen.add(id);
    const best = group.variants.find(isWanted) ?? group.variants[0];
    const place = places.get(best.categoryId ?? '') ?? places.size;
    found[place]?.push(toOffered(group, best, names.get(best.categoryId ?? '') ?? NO_CATEGORY));
  }
  const numberOf = ({ best }: OfferedChannel) => best.number ?? Number.MAX_SAFE_INTEGER;
  for (const each of found) {
    // Equal ones keep the list's order.
    each.sort((one, other) => numberOf(one) - numberOf(other));
    if (slices.due()) await slices.rest();
  }
  return found.flat();
}

function toOffered({ label, variants }: ChannelGroup, best: Channel, group: string): OfferedChannel {
  return {
    ...{ name: label, group, best },
    hasLogo: variants.some(({ logo }) => logo !== null),
    // Most that tell no quality are HD, and players hold less bandwidth ready for what is not.
    isHd: parseName(best.name).quality !== 'SD',
    variants: variants.map(({ id }) => id),
    chosenNumber: variants.find(({ chosen }) => chosen?.number)?.chosen?.number ?? null,
    archived: [best, ...variants].find(({ archiveDays }) => archiveDays > 0) ?? null,
  };
}

/** The categories that people named by id or name, in any spelling. */
function idsOf(given: readonly string[], categories: readonly Category[]): ReadonlySet<string> {
  const wanted = new Set(given.map(foldWords));
  return new Set(
    categories
      .filter(({ id, name }) => given.includes(id) || wanted.has(foldWords(name)))
      .map(({ id }) => id),
  );
}
