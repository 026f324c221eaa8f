import type { Guide } from '../catalogue/guide/guide.ts';
import type { Airing } from '../catalogue/guide/search-titles.ts';
import { foldWords, joinWords } from '../catalogue/names/fold.ts';
import { certainMatch } from '../catalogue/search/certain-match.ts';
import type { ChannelGroup } from '../catalogue/variants.ts';
import type { Clock } from '../lib/clock.ts';
import type { Call } from './command.ts';
import {
  type ResolveChannelContext,
  type ResolvedChannel,
  resolveChannelOrOnAir,
  searchChannels,
} from './resolve-channel.ts';
import { type RecordTime, type TimedText, timedTexts } from './typed/record-time.ts';
import { withoutSeriesWords } from './typed/series-words.ts';

export interface FindToRecordContext extends ResolveChannelContext {
  readonly clock: Pick<Clock, 'now'>;
  readonly guide: ResolveChannelContext['guide'] & Pick<Guide, 'search'>;
}

/** What somebody has typed behind /record. */
export interface TypedWish {
  /** Without the time. */
  readonly text: string;
  /** Null for now, or where a title alone was typed. */
  readonly time: RecordTime | null;
  /** All of its episodes. */
  readonly isSeries: boolean;
  /** A channel, or several that match; `none` where neither a channel nor a title does. */
  readonly found: ResolvedChannel | { readonly kind: 'programmes'; readonly airings: readonly Airing[] };
}

type Asking = Pick<Call<FindToRecordContext>, 'context' | 'actor' | 'screen'>;

/** Programmes that are looked at. */
const MOST_AIRINGS = 100;
/** Characters of a typed text that are read. */
const LONGEST = 200;
const ARTICLE = /^(?:the |an? |les? |la |l['’]|une? )/iu;
/** Words among which a channel and a title are looked for. */
const MOST_WORDS = 8;
/** Milliseconds from a time to the beginning of a programme that may be meant. */
export const ABOUT = 10 * 60_000;

/**
 * Finds what somebody wants to record: a channel, or a programme by its title, at a time.
 * @throws AppError as `timedTexts`, and as `resolveChannel`
 */
export async function findToRecord(call: Asking, typed: string): Promise<TypedWish> {
  const text = typed.slice(0, LONGEST);
  const ofSeries = channelNamed(call, text, 'whole') ? null : withoutSeriesWords(text);
  const wanted = ofSeries ?? text;
  const isSeries = ofSeries !== null;
  const now = call.context.clock.now();
  const whole: TimedText = { text: wanted.trim(), time: null };
  const readings = channelNamed(call, wanted, 'words') ? [whole] : timedTexts(wanted, now);
  for (const reading of readings) {
    const found = await resolveChannelOrOnAir(call, reading.text);
    if (found.kind !== 'none') return { ...reading, isSeries, found };
  }
  for (const reading of readings) {
    const airings = await programmesOf(call, reading);
    if (airings.length > 0) return { ...reading, isSeries, found: { kind: 'programmes', airings } };
  }
  const [reading = whole] = readings;
  return { ...reading, isSeries, found: await resolveChannelOrOnAir(call, reading.text) };
}

/** The one channel whose name a text is, such as "Canal+ Séries", or at least all words of the text are in it, as of "canal 24h". */
function channelNamed(call: Asking, typed: string, how: 'whole' | 'words'): ChannelGroup | null {
  const words = foldWords(typed);
  const meant = words === '' ? null : certainMatch(typed, searchChannels(call, typed, MOST_AIRINGS));
  const names = meant ? [meant.name, ...meant.variants.map(({ name }) => name)] : [];
  const isNamed = names.map(foldWords).some((name) => {
    if (how === 'whole') return joinWords(name) === joinWords(words);
    const parts = new Set(name.split(' '));
    return words.split(' ').every((word) => parts.has(word));
  });
  return isNamed ? meant : null;
}

/** The programmes with a title, the soonest first: of any channel, or of one that is named before or behind it. */
async function programmesOf(call: Asking, { text, time }: TimedText): Promise<readonly Airing[]> {
  const { guide } = call.context;
  for (const title of new Set([text, text.replace(ARTICLE, '')])) {
    const anywhere = await guide.search(title, MOST_AIRINGS);
    if (anywhere.length > 0) return atTime(anywhere, time);
  }
  const words = text.split(' ');
  if (words.length > MOST_WORDS) return [];
  for (let at = 1; at < words.length; at++) {
    const [first, second] = [words.slice(0, at).join(' '), words.slice(at).join(' ')];
    for (const [channel, title] of [
      [first, second],
      [second.replace(/^(?:sur|on)\s+/iu, ''), first.replace(/\s+(?:sur|on)$/iu, '')],
    ] as const) {
      const group = channelNamed(call, channel, 'words');
      if (!group) continue;
      const own = (await guide.search(title, MOST_AIRINGS)).flatMap(({ channelIds, programme }) => {
        const shown = group.variants.filter(({ id }) => channelIds.includes(id));
        return shown.length > 0 ? [{ channelIds: shown.map(({ id }) => id), programme }] : [];
      });
      if (own.length > 0) return atTime(own, time);
    }
  }
  return [];
}

/** Those at a time; all where none is. */
function atTime(airings: readonly Airing[], time: RecordTime | null): readonly Airing[] {
  if (!time || time.kind === 'now') return airings;
  const [from, to] = time.kind === 'at' ? [time.at - ABOUT, time.at + ABOUT] : [time.start, time.stop];
  const then = airings.filter(({ programme: { start, stop } }) =>
    time.kind === 'at' ? start >= from && start <= to : start < to && stop > from,
  );
  return then.length > 0 ? then : airings;
}
