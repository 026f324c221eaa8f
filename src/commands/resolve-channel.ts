import type { ChannelMarks } from '../actions/channel-marks.ts';
import { type PersonalBoostsContext, personalBoosts } from '../actions/personal-boosts.ts';
import { type ListContext, requireList } from '../actions/require-list.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Guide } from '../catalogue/guide/guide.ts';
import { type Quality, qualities } from '../catalogue/names/tags.ts';
import { certainMatch } from '../catalogue/search/certain-match.ts';
import type { GroupResult } from '../catalogue/search/channel-search.ts';
import { offeredMatches } from '../catalogue/search/offered-matches.ts';
import { bestVariant, type ChannelGroup } from '../catalogue/variants.ts';
import type { Actor } from '../domain/actor.ts';
import type { Channel } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { Screen } from '../stream/screen/screen.ts';
import type { Call } from './command.ts';

/** A channel as somebody typed it: a name in any spelling, a number, or a mark. */
export interface TypedChannel {
  readonly typed: string;
  /** Null for the quality in the typed name, or else one that every player shows. */
  readonly quality: Quality | null;
}

/**
 * One channel, or several that match. `none` has the nearest names; `unnamed`, where nothing was typed, has channels that the
 * asker is likely to want.
 */
export type ResolvedChannel =
  | { readonly kind: 'one'; readonly channel: Pick<Channel, 'id' | 'name'> }
  | { readonly kind: 'several' | 'none' | 'unnamed'; readonly groups: readonly ChannelGroup[] };

/** Where channels are searched, with the asker's preferences. */
export interface SearchChannelsContext extends PersonalBoostsContext {
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'groups' | 'groupOf' | 'browse'>;
  readonly guide: Pick<Guide, 'onNow'>;
}

/** Where a channel is looked for: the list, which must be there, and the marks that name channels. */
export interface ResolveChannelContext extends SearchChannelsContext, ListContext {
  readonly marks: Pick<ChannelMarks, 'read'>;
  readonly catalogue: SearchChannelsContext['catalogue'] & ListContext['catalogue'];
}

/** Who looks for a channel, and the screen that it is for: a call has all of it. */
export interface ChannelSearch<Context = SearchChannelsContext> {
  readonly context: Context;
  readonly actor: Actor;
  readonly screen: Pick<Screen, 'id'>;
}

/** Discord's limit of a menu. */
const MOST_CHOICES = 25;
const NEAREST = 3;

/**
 * Finds the channel that somebody means.
 * @throws AppError channel_gone, or as `requireList`
 */
export async function resolveChannel(
  search: ChannelSearch<ResolveChannelContext>,
  { typed, quality }: TypedChannel,
): Promise<ResolvedChannel> {
  const { context } = search;
  await requireList(context);
  const id = context.marks.read(typed);
  if (id !== null) return { kind: 'one', channel: byId(context, id, quality) };
  const groups = searchChannels(search, typed, MOST_CHOICES);
  if (typed.trim() === '') return { kind: 'unnamed', groups };
  const good = offeredMatches(typed, groups);
  if (good.length === 0) return { kind: 'none', groups: nearest(search, typed) };
  const meant = certainMatch(typed, groups) ?? (good.length === 1 ? certainMatch(typed, good) : null);
  if (meant) return { kind: 'one', channel: bestVariant(meant, quality) };
  return { kind: 'several', groups: good };
}

/** As `resolveChannel`, but nothing typed means the channel on the call's screen, if there is one. */
export async function resolveChannelOrOnAir(
  call: Pick<Call<ResolveChannelContext>, 'context' | 'actor' | 'screen'>,
  typed: string,
): Promise<ResolvedChannel> {
  const { channel } = call.screen.broadcast.status;
  if (typed.trim() === '' && channel) return { kind: 'one', channel };
  return resolveChannel(call, { typed, quality: null });
}

/**
 * Searches channels with the asker's preferences, best matches first. Nothing typed finds their favourites, then channels that they
 * watched recently, then those the room watches often, or else the first of the list. Finds nothing where there is no list.
 */
export function searchChannels(
  { context, actor, screen }: ChannelSearch,
  typed: string,
  limit: number,
): GroupResult[] {
  const { catalogue, guide } = context;
  const taste = personalBoosts(context, actor, screen.id);
  const options = { boosts: taste, onNow: (text: string) => guide.onNow(text) };
  if (typed.trim() !== '') return catalogue.groups(typed, { ...options, limit });
  const known = [...taste.favourites, ...taste.recents, ...taste.popular];
  const place = new Map(known.toReversed().map((id, at) => [id, known.length - at]));
  const placeOf = ({ variants }: GroupResult) =>
    Math.min(...variants.map(({ id }) => place.get(id) ?? Number.POSITIVE_INFINITY));
  const usual = catalogue
    .groups('', { ...options, limit: known.length })
    .sort((a, b) => placeOf(a) - placeOf(b))
    .slice(0, limit);
  if (usual.length > 0) return usual;
  return catalogue.browse('', { limit, offset: 0 }).items.map((group) => ({ ...group, score: 0, why: [] }));
}

/** The variant of a channel in a quality, or in the nearest one; the channel itself where null. */
export function inQuality(
  { catalogue }: { readonly catalogue: Pick<Catalogue, 'groupOf'> },
  channel: Channel,
  quality: Quality | null,
): Channel {
  const group = quality && catalogue.groupOf(channel.id);
  return group ? bestVariant(group, quality) : channel;
}

/** @throws AppError unknown_choice */
export function toQuality(text: string): Quality | null {
  if (text === '') return null;
  const quality = qualities.find((each) => each === text.toUpperCase());
  if (!quality) throw new AppError('unknown_choice', { choice: text, choices: qualities.join(', ') });
  return quality;
}

function byId(
  { catalogue }: ResolveChannelContext,
  id: ChannelId | 'unknown',
  quality: Quality | null,
): Channel {
  const channel = id === 'unknown' ? undefined : catalogue.snapshot().byId.get(id);
  if (!channel) throw new AppError('channel_gone');
  return inQuality({ catalogue }, channel, quality);
}

/** Channels similar to a word of the typed text, the longest word first, or to its beginning. */
function nearest(search: ChannelSearch, typed: string): ChannelGroup[] {
  const words = typed.trim().split(/\s+/);
  const parts = [
    typed,
    ...words.toSorted((a, b) => b.length - a.length),
    typed.slice(0, Math.ceil(typed.length / 2)),
    typed.slice(0, 3),
  ];
  const found = new Map<ChannelId, ChannelGroup>();
  for (const part of parts) {
    if (part.trim() === '') continue;
    for (const group of searchChannels(search, part, NEAREST)) found.set(group.variants[0].id, group);
    if (found.size >= NEAREST) break;
  }
  return [...found.values()].slice(0, NEAREST);
}
