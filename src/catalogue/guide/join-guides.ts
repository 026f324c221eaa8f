import type { Channel } from '../../domain/channel.ts';
import { type AccountId, accountOf, type ChannelId } from '../../domain/ids.ts';
import { countryOfCategory } from '../search/category-table.ts';
import type { CatalogueSnapshot } from '../snapshot.ts';
import { TimeSlices } from '../time-slices.ts';
import type { GuideReader } from './guide-reader.ts';
import { type GuideMatch, matchChannel, type WantedChannel } from './match-channel.ts';
import { matchChannels } from './match-channels.ts';
import { OnNow } from './on-now.ts';

/** A guide's open file. */
export interface OpenGuide {
  readonly path: string;
  /** The account whose guide it is; null for a further one. */
  readonly account: AccountId | null;
  readonly reader: GuideReader;
}

/** Where a channel's programmes are. */
export interface GuidePlace extends GuideMatch {
  /** The channel's key in its guide. */
  readonly key: string;
}

/** Guides joined with a list of channels. */
export interface JoinedGuides {
  readonly guides: readonly OpenGuide[];
  readonly places: ReadonlyMap<ChannelId, GuidePlace>;
  /** By guide: the channels of the list, by their numbers in its file. */
  readonly ids: readonly ReadonlyMap<number, readonly ChannelId[]>[];
  /** By guide. */
  readonly onNow: readonly OnNow[];
  readonly channels: readonly Channel[];
}

export interface JoinOptions {
  readonly snapshot: CatalogueSnapshot;
  /** A guide that somebody has chosen; null for none, undefined where nobody has. */
  readonly chosen: (channelId: ChannelId, guides: readonly OpenGuide[]) => GuidePlace | null | undefined;
  readonly now: number;
  readonly signal: AbortSignal;
}

const PORTION = 500;
/** The longest list that is matched at once, which takes a few milliseconds: a worker takes longer to start. */
const SHORT_LIST = 200;

/** Joins guides with a list in time slices, since both are long. @param guides the preferred first. */
export async function joinGuides(
  guides: readonly OpenGuide[],
  { snapshot, chosen, now, signal }: JoinOptions,
): Promise<JoinedGuides> {
  const { channels } = snapshot;
  const places = new Map<ChannelId, GuidePlace>();
  const ids = guides.map(() => new Map<number, ChannelId[]>());
  const known = new Map<string, GuidePlace>();
  const slices = new TimeSlices(signal);
  let at = 0;
  for await (const matches of matchesOf()) {
    for (const match of matches) {
      const id = (channels[at++] as Channel).id;
      const own = chosen(id, guides);
      const place = own === undefined ? match && placeOf(match) : own;
      if (!place) continue;
      places.set(id, place);
      const listed = ids[place.guide]?.get(place.channel);
      if (listed) listed.push(id);
      else ids[place.guide]?.set(place.channel, [id]);
      if (slices.due()) await slices.rest();
    }
  }
  const onNow = ids.map((listed) => {
    const titles = new OnNow();
    for (const [number, of] of listed) titles.add(number, of);
    return titles;
  });
  for (const [guide, titles] of onNow.entries())
    await titles.update((guides[guide] as OpenGuide).reader, now, signal);
  return { guides, places, ids, onNow, channels };

  async function* matchesOf(): AsyncGenerator<readonly (GuideMatch | null)[]> {
    if (guides.length === 0) return;
    const wanted = wantedOf(snapshot, guides);
    const readers = guides.map(({ reader }) => reader);
    if (channels.length > SHORT_LIST)
      yield* matchChannels(wanted, { files: guides.map(({ path }) => path), now }, signal);
    else for (const portion of wanted) yield portion.map((each) => matchChannel(readers, each, now));
  }

  /** One object for all channels of a place. */
  function placeOf(match: GuideMatch): GuidePlace {
    const name = `${match.guide} ${match.channel} ${match.confidence}`;
    let place = known.get(name);
    if (!place) {
      place = { ...match, key: guides[match.guide]?.reader.keyOf(match.channel) ?? '' };
      known.set(name, place);
    }
    return place;
  }
}

function* wantedOf(
  { channels, categories }: CatalogueSnapshot,
  guides: readonly OpenGuide[],
): Generator<WantedChannel[]> {
  const owners = guides.map(({ account }) => account);
  const countries = new Map(categories.map(({ id, name }) => [id, countryOfCategory(name)]));
  for (let at = 0; at < channels.length; at += PORTION)
    yield channels.slice(at, at + PORTION).map(({ id, name, epgId, categoryId }) => ({
      ...{ name, epgId, own: owners.indexOf(accountOf(id)) },
      country: categoryId === null ? null : (countries.get(categoryId) ?? null),
    }));
}
