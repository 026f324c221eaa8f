import type { Channel } from '../../domain/channel.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { ChannelGroup } from '../variants.ts';
import { type Boosts, boost, MAX_BOOST, type Why } from './boosts.ts';
import type { SearchIndex } from './build-index.ts';
import type {
  BrowseOptions,
  ChannelEvents,
  ChannelSearch,
  GroupOptions,
  GroupPage,
  GroupResult,
  Neighbours,
  SearchOptions,
  SearchResult,
} from './channel-search.ts';
import { NameMatcher } from './name-matcher.ts';
import { parseQuery, type Query } from './query.ts';

/** The number of best matches for which the boosts are computed. */
const BOOSTED = 200;
/** The number of channels that a matching category adds. */
const MOST_OF_CATEGORY = 80;
/** Factor for a channel of another country than the typed one. */
const OTHER_COUNTRY = 0.85;
/** Bonus for a channel with many variants, which many people watch; it decides between equal scores. */
const SIZE_WORTH = 0.002;
/** Factor for a name in another alphabet than the typed text. */
const FOREIGN = 0.9;
/** Deduction for each better result with the same name in another country. */
const SAME_NAME = 0.05;
const NUMBER = 2;
const CATEGORY = { one: 0.6, several: 0.86 } as const;
const ON_NOW = 0.8;
/** Factor for a channel that waits for an event: others with the typed words come before it. */
const IDLE = 0.7;

/** A match before the boosts. */
interface Match {
  readonly group: number;
  score: number;
  why: Why[];
}

/** The channel search: trigrams select the candidates, `Likeness` ranks them, and the asker's `Boosts` raise some. */
export class SearchEngine implements ChannelSearch {
  readonly #index: SearchIndex;
  readonly #names: NameMatcher;
  readonly events: ChannelEvents;

  constructor(index: SearchIndex) {
    this.#index = index;
    this.#names = new NameMatcher(index);
    const { channels, events } = index;
    this.events = {
      series: events.series,
      events: events.events.flatMap(({ place, series, text }) => {
        const channel = channels[place];
        return channel ? { channel, series, text } : [];
      }),
    };
  }

  get channels(): readonly Channel[] {
    return this.#index.listed;
  }

  search(typed: string, { category, limit, offset }: SearchOptions): SearchResult {
    const found = this.#list(typed, category);
    return { items: found.slice(offset, offset + limit), total: found.length };
  }

  browse(typed: string, { category, limit, offset, onNow }: BrowseOptions): GroupPage {
    const { groups } = this.#index;
    const query = this.#parse(typed);
    const text = typed.trim();
    const found =
      text === '' ? this.#inOrder(category) : this.#searchGroups(query, category, onNow?.(text) ?? []);
    const items = found
      .slice(offset, offset + limit)
      .flatMap((group) => groups.describe(group, query.quality) ?? []);
    return { items, total: found.length };
  }

  groups(typed: string, { limit, boosts = {}, onNow }: GroupOptions): GroupResult[] {
    const { groups } = this.#index;
    const query = this.#parse(typed);
    const matches =
      query.forms.length === 0 && typed.trim() === ''
        ? this.#forEmptyText(boosts)
        : this.#match(query, boosts);
    if (onNow && typed.trim() !== '')
      this.#addPlaces(matches, this.#placesOf(onNow(typed.trim())), ON_NOW, 'on now');
    const boosted = [...matches.values()]
      .sort(byScore)
      .slice(0, Math.max(BOOSTED, limit))
      .map((match) => this.#boosted(match, boosts));
    return this.#spread(boosted)
      .slice(0, limit)
      .flatMap(({ group, score, why }) => {
        const described = groups.describe(group, query.quality);
        return described ? [{ ...described, score, why }] : [];
      });
  }

  groupOf(channelId: ChannelId): ChannelGroup | null {
    const { ids, groups } = this.#index;
    const group = groups.groupAt(ids.placeOf(channelId));
    return group < 0 ? null : groups.describe(group, null);
  }

  besideInCategory(channelId: ChannelId): Neighbours {
    const { ids, groups, channels } = this.#index;
    const place = ids.placeOf(channelId);
    const category = channels[place]?.categoryId ?? null;
    if (category === null) return [null, null];
    const ring = [...this.#groupsIn(category)];
    const at = ring.indexOf(groups.groupAt(place));
    if (at < 0 || ring.length < 2) return [null, null];
    const describe = (group = -1) => groups.describe(group, null);
    const behind = describe(ring[(at + 1) % ring.length]);
    return [ring.length > 2 ? describe(ring.at(at - 1)) : null, behind];
  }

  #parse(typed: string): Query {
    return parseQuery(typed, (country) => this.#index.countries.has(country));
  }

  #list(typed: string, category: string | undefined): readonly Channel[] {
    const { channels, groups, size } = this.#index;
    const isWanted = ({ categoryId }: Channel) => category === undefined || categoryId === category;
    if (typed.trim() === '') {
      if (category === undefined && size === channels.length) return channels;
      return channels.filter((channel, place) => groups.groupAt(place) >= 0 && isWanted(channel));
    }
    const query = this.#parse(typed);
    const matches = this.#match(query, {}, category);
    const numbered = this.#numbered(query.number).flatMap((place) => channels[place] ?? []);
    const named = this.#spread([...matches.values()]).flatMap(({ group }) =>
      groups.orderedOf(group, query.quality),
    );
    return [...new Set([...numbered, ...named])].filter(isWanted);
  }

  /** The groups in the list's order, in which they are numbered; those that wait for an event last. */
  #inOrder(category: string | undefined): number[] {
    const all =
      category === undefined
        ? Array.from({ length: this.#index.groups.count }, (_, group) => group)
        : [...this.#groupsIn(category)];
    if (this.#index.events.series.length === 0) return all;
    const idle = all.filter((group) => this.#isIdle(group));
    return idle.length === 0 ? all : [...all.filter((group) => !this.#isIdle(group)), ...idle];
  }

  #isIdle(group: number): boolean {
    const { groups, events } = this.#index;
    return events.isIdle[groups.firstOf(group)] === 1;
  }

  #searchGroups(query: Query, category: string | undefined, onNow: Iterable<ChannelId>): number[] {
    const { groups } = this.#index;
    const numbered = this.#numbered(query.number).map((place) => groups.groupAt(place));
    const matches = this.#match(query, {}, category);
    this.#addPlaces(matches, this.#placesOf(onNow), ON_NOW, 'on now');
    const named = this.#spread([...matches.values()]).map(({ group }) => group);
    const wanted = category === undefined ? null : this.#groupsIn(category);
    return [...new Set([...numbered, ...named])].filter(
      (group) => group >= 0 && (wanted?.has(group) ?? true),
    );
  }

  #groupsIn(category: string): Set<number> {
    const { groups, categories } = this.#index;
    const found = new Set(categories.placesOf(category).map((place) => groups.groupAt(place)));
    found.delete(-1);
    return found;
  }

  #match(query: Query, boosts: Boosts, category?: string): Map<number, Match> {
    const { groups, categories, isForeign: isForeignAt } = this.#index;
    const matches = new Map<number, Match>();
    const wanted = category === undefined ? null : groups.keysAt(categories.placesOf(category));
    const options = { known: this.#keysOf(boosts), wanted };
    for (const form of query.forms) {
      for (const [key, like] of this.#names.match(form, options)) {
        for (const group of groups.groupsOf(key)) {
          const away = form.country !== null && groups.countryOf(group) !== form.country;
          const isForeign = form.isLatin && isForeignAt[groups.firstOf(group)] === 1;
          const factor = form.worth * (away ? OTHER_COUNTRY : 1) * (isForeign ? FOREIGN : 1);
          const score = like * factor + SIZE_WORTH * Math.log2(groups.size(group));
          raise(matches, group, score);
        }
      }
    }
    const [typed] = query.forms;
    if (typed) {
      const score = typed.words.includes(' ') ? CATEGORY.several : CATEGORY.one;
      this.#addPlaces(matches, categories.places(typed.words, MOST_OF_CATEGORY), score, 'category');
    }
    for (const match of matches.values()) if (this.#isIdle(match.group)) match.score *= IDLE;
    this.#addPlaces(matches, this.#numbered(query.number), NUMBER, 'number');
    return matches;
  }

  /** The results for an empty text. */
  #forEmptyText({ favourites = [], recents = [], popular = [] }: UsualIds): Map<number, Match> {
    const matches = new Map<number, Match>();
    for (const ids of [favourites, recents, popular]) {
      for (const place of this.#placesOf(ids)) raise(matches, this.#index.groups.groupAt(place), 0);
    }
    return matches;
  }

  /** Keys of the asker's channels, which are always compared, since a few letters begin more names than are compared. */
  #keysOf({ favourites = [], recents = [], popular = [] }: UsualIds): Set<number> {
    const { groups } = this.#index;
    const keys = [favourites, recents, popular].flatMap((ids) =>
      this.#placesOf(ids).map((place) => groups.keyOf(groups.groupAt(place))),
    );
    return new Set(keys.filter((key) => key >= 0));
  }

  #placesOf(ids: Iterable<ChannelId>): number[] {
    return [...ids].map((id) => this.#index.ids.placeOf(id)).filter((place) => place >= 0);
  }

  #numbered(number: number | null): number[] {
    const places: number[] = [];
    if (number === null || number === 0) return places;
    const { numbers } = this.#index;
    for (let place = numbers.indexOf(number); place >= 0; place = numbers.indexOf(number, place + 1))
      places.push(place);
    return places;
  }

  #addPlaces(matches: Map<number, Match>, places: readonly number[], score: number, why: Why): void {
    for (const place of places) {
      const group = this.#index.groups.groupAt(place);
      if (group < 0) continue;
      const match = raise(matches, group, score);
      if (!match.why.includes(why)) match.why.push(why);
    }
  }

  /** Sorts matches, best first. One name in eight countries must not hide all other names, unless it was typed in full. */
  #spread(matches: Match[]): Match[] {
    const seen = new Map<number, number>();
    for (const match of matches.sort(byScore)) {
      const key = this.#index.groups.keyOf(match.group);
      const before = seen.get(key) ?? 0;
      seen.set(key, before + 1);
      if (match.score < 1) match.score -= SAME_NAME * before;
    }
    return matches.sort(byScore);
  }

  #boosted({ group, score, why }: Match, boosts: Boosts): Match {
    const { groups } = this.#index;
    const boosted = boost(
      {
        channels: groups.channelsOf(group),
        country: groups.countryOf(group),
        language: groups.languageOf(group),
      },
      boosts,
    );
    // A name that equals the text stays before names that merely begin with it.
    const exact = score >= 1 ? MAX_BOOST : 0;
    return { group, score: score + exact + boosted.score, why: [...why, ...boosted.why] };
  }
}

interface UsualIds {
  readonly favourites?: Iterable<ChannelId>;
  readonly recents?: Iterable<ChannelId>;
  readonly popular?: Iterable<ChannelId>;
}

function raise(matches: Map<number, Match>, group: number, score: number): Match {
  const match = matches.get(group) ?? { group, score, why: [] };
  match.score = Math.max(match.score, score);
  matches.set(group, match);
  return match;
}

function byScore(a: Match, b: Match): number {
  return b.score - a.score;
}
