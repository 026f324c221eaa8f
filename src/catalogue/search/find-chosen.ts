import type { Channel } from '../../domain/channel.ts';
import type { ChannelChoice } from '../../domain/channel-choice.ts';
import { type AccountId, accountOf } from '../../domain/ids.ts';
import type { StoredChoice } from '../../store/channel-choices.ts';
import { type ParsedName, parseName } from '../names/parse-name.ts';
import type { TimeSlices } from '../time-slices.ts';
import type { IdTable } from './id-table.ts';

/** What somebody has chosen, and which ids are those of then. */
export interface Choices {
  /** The same array until something changes. */
  all(): readonly StoredChoice[];
  /** False while an account has another login than before, whose ids say nothing. */
  knowsIdsOf(account: AccountId): boolean;
}

const none: readonly StoredChoice[] = [];
export const nothingChosen: Choices = { all: () => none, knowsIdsOf: () => true };

/** The entries of a list, by their places in it, and what their names tell. */
export interface NamedEntries {
  readonly channels: readonly Channel[];
  readonly ids: Pick<IdTable, 'placeOf'>;
  /** The number of a key; -1 if no entry has it. */
  numberOf(key: string): number;
  /** The number of an entry's key by place; -1 for a separator. */
  readonly keyOf: Int32Array;
  countryAt(place: number): string | null;
}

interface Wanted {
  readonly stored: StoredChoice;
  readonly named: ParsedName;
}

/**
 * Finds the entries that somebody has chosen something for, and the further variants of their channels. The name decides, and
 * the id only if no entry has the name any more.
 * @returns the choice by the entry's place.
 */
export async function findChosen(
  entries: NamedEntries,
  choices: Choices,
  slices: TimeSlices,
): Promise<ReadonlyMap<number, ChannelChoice>> {
  const { channels, ids, keyOf } = entries;
  const wanted: Wanted[] = [];
  /** The places of the entries with a chosen name, by the key's number. */
  const alike = new Map<number, number[]>();
  for (const stored of choices.all()) {
    const named = parseName(stored.channelName);
    wanted.push({ stored, named });
    alike.set(entries.numberOf(named.key), []);
    if (slices.due()) await slices.rest();
  }
  alike.delete(-1);
  for (const [place, key] of keyOf.entries()) {
    alike.get(key)?.push(place);
    if (slices.due()) await slices.rest();
  }
  const found = new Map<number, StoredChoice>();
  const moved: Wanted[] = [];
  for (const each of wanted) {
    const place = ids.placeOf(each.stored.channelId);
    if (place >= 0 && keyOf[place] === entries.numberOf(each.named.key)) found.set(place, each.stored);
    else moved.push(each);
  }
  for (const each of moved) {
    const { channelId } = each.stored;
    const named = alike.get(entries.numberOf(each.named.key)) ?? [];
    const renamed = choices.knowsIdsOf(accountOf(channelId)) ? ids.placeOf(channelId) : -1;
    const place = named.length > 0 ? nearest(each, named, entries) : renamed;
    if (channels[place] && !found.has(place)) found.set(place, each.stored);
    if (slices.due()) await slices.rest();
  }
  return withFurtherVariants(found, alike, entries);
}

/** The place of the entry that a choice was made for, under another id; -1 if there is none. */
function nearest({ stored, named }: Wanted, places: readonly number[], entries: NamedEntries): number {
  const { country } = named;
  const { channelId, channelName, isAlone } = stored;
  const same = places.filter((place) => country === null || entries.countryAt(place) === country);
  const sameName = same.filter((place) => entries.channels[place]?.name === channelName);
  const isNear = (place: number) => {
    const channel = entries.channels[place];
    return channel !== undefined && accountOf(channel.id) === accountOf(channelId);
  };
  const exact = sameName.find(isNear) ?? sameName[0];
  return exact ?? (isAlone ? undefined : (same.find(isNear) ?? same[0])) ?? -1;
}

/** Adds the entries that are variants of chosen channels without being chosen themselves. */
function withFurtherVariants(
  found: ReadonlyMap<number, StoredChoice>,
  alike: ReadonlyMap<number, readonly number[]>,
  entries: NamedEntries,
): ReadonlyMap<number, ChannelChoice> {
  const all = new Map<number, ChannelChoice>();
  for (const [place, { choice }] of found) all.set(place, choice);
  for (const places of alike.values()) {
    const ofChannel = new Map<string | null, ChannelChoice>();
    for (const place of places) {
      const stored = found.get(place);
      const country = entries.countryAt(place);
      if (stored && !stored.isAlone && !ofChannel.has(country)) ofChannel.set(country, stored.choice);
    }
    for (const place of places) {
      const choice = ofChannel.get(entries.countryAt(place));
      if (choice && !found.has(place)) all.set(place, choice);
    }
  }
  return all;
}
