import type { Airing } from '../../catalogue/guide/search-titles.ts';
import { foldWords } from '../../catalogue/names/fold.ts';
import type { Programme } from '../../domain/channel.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { Recording } from '../../domain/recording.ts';
import type { RuleContent } from '../../domain/recording-rule.ts';

/** A programme that a rule wants, on the channel that it is recorded of. */
export interface WantedProgramme {
  readonly channelId: ChannelId;
  readonly programme: Programme;
}

export interface MatchingOptions {
  /** Recordings, also those that were removed: a rule does not bring them back. */
  readonly known: readonly Pick<Recording, 'title' | 'programme' | 'start' | 'state'>[];
  /** All variants of a channel, the best first. */
  readonly variantsOf: (channelId: ChannelId) => readonly ChannelId[];
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What a rule still wants of what the guide has, the soonest first: each episode once, whatever channels show it. */
export function matchingAirings(
  rule: RuleContent,
  airings: readonly Airing[],
  { known, variantsOf, now }: MatchingOptions,
): WantedProgramme[] {
  const seen = new Set(known.flatMap(keysOfRecording));
  const wanted: WantedProgramme[] = [];
  for (const { channelIds, programme } of airings.toSorted((a, b) => a.programme.start - b.programme.start)) {
    if (programme.stop <= now || !hasTitle(rule, programme)) continue;
    if (rule.isNewOnly && programme.isNew === false) continue;
    const channelId = channelFor(rule, channelIds, variantsOf);
    const keys = keysOf(programme);
    if (channelId === null || keys.some((key) => seen.has(key))) continue;
    for (const key of keys) seen.add(key);
    wanted.push({ channelId, programme });
  }
  return wanted;
}

function hasTitle({ title, match }: Pick<RuleContent, 'title' | 'match'>, programme: Programme): boolean {
  const wanted = foldWords(title);
  const words = wanted.split(' ');
  return [programme.title, ...(programme.texts ?? []).map((text) => text.title)].some((each) => {
    const folded = foldWords(each);
    if (match === 'exact') return folded === wanted;
    const has = new Set(folded.split(' '));
    return words.every((word) => has.has(word));
  });
}

function channelFor(
  { channel }: Pick<RuleContent, 'channel'>,
  shownOn: readonly ChannelId[],
  variantsOf: MatchingOptions['variantsOf'],
): ChannelId | null {
  if (!channel) return shownOn[0] ?? null;
  const all = [channel.channelId, ...variantsOf(channel.channelId)];
  return all.some((id) => shownOn.includes(id)) ? channel.channelId : null;
}

/** By what a programme is known: its episode, where the guide tells it, and when it begins. */
function keysOf({
  title,
  start,
  season,
  episode,
  subTitle,
}: Pick<Programme, 'title' | 'start'> & {
  readonly season?: number | undefined;
  readonly episode?: number | undefined;
  readonly subTitle?: string | undefined;
}): string[] {
  const name = foldWords(title);
  const keys = [`${name}@${start}`];
  if (season !== undefined && episode !== undefined) keys.push(`${name}#${season}.${episode}`);
  if (subTitle) keys.push(`${name}/${foldWords(subTitle)}`);
  return keys;
}

/** One that has failed may be recorded when it is shown again. */
function keysOfRecording({ title, programme, start, state }: MatchingOptions['known'][number]): string[] {
  const [beginning = '', ...episode] = keysOf(programme ?? { title, start });
  return state === 'failed' ? [beginning] : [beginning, ...episode];
}
