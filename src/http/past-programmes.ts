import { labelOf, type TitleSource } from '../catalogue/channel-title.ts';
import type { Guide } from '../catalogue/guide/guide.ts';
import type { Language } from '../domain/actor.ts';
import { inLanguage } from '../domain/channel.ts';
import type { ChannelId, ScreenId } from '../domain/ids.ts';
import type { Span } from '../domain/span.ts';
import type { History, HistoryEntry } from '../store/history.ts';

/** What a screen showed for a while. Times are epoch milliseconds. */
export interface ShownProgramme {
  readonly start: number;
  readonly stop: number;
  /** Null where the guide does not tell it. */
  readonly title: string | null;
  readonly channelId: ChannelId;
  readonly channelLabel: string;
}

interface ProgrammeSources extends TitleSource {
  readonly history: Pick<History, 'latest'>;
  readonly guide: Pick<Guide, 'atHand' | 'get'>;
}

/** More than are chosen in the longest past that is kept. */
const MOST_ENTRIES = 500;
/** Milliseconds; less than that between two programmes is no gap in the guide. */
const SHORTEST_GAP = 60_000;

/** What a screen showed in a span, by start, as far as the guide that is at hand tells it. Where nothing was on, there is a gap. */
export function pastProgrammes(
  screen: ScreenId,
  span: Span,
  language: Language,
  sources: ProgrammeSources,
): ShownProgramme[] {
  const shown: ShownProgramme[] = [];
  for (const entry of sources.history.latest(MOST_ENTRIES, screen).toReversed()) {
    // A channel is chosen while the one before is still on.
    const from = Math.max(entry.startedAt, shown.at(-1)?.stop ?? span.from, span.from);
    const to = Math.min(entry.endedAt ?? span.to, span.to);
    if (to > from) shown.push(...programmesOf(entry, { from, to }, language, sources));
  }
  return shown;
}

function* programmesOf(
  { channelId, channelName, past, endedAt }: HistoryEntry,
  { from, to }: Span,
  language: Language,
  sources: ProgrammeSources,
): Generator<ShownProgramme> {
  const channelLabel = labelOf(sources, { id: channelId, name: channelName });
  const shown = (start: number, stop: number, title: string | null): ShownProgramme => ({
    ...{ start, stop, title, channelId, channelLabel },
  });
  if (past) {
    yield shown(from, to, past.title);
    return;
  }
  // Asks the provider, where the guide of the channel on air is not at hand, for the next time.
  if (endedAt === null) sources.guide.get(channelId);
  let told = from;
  for (const programme of sources.guide.atHand(channelId, from, to)) {
    const isNear = programme.start - told < SHORTEST_GAP;
    const start = isNear ? told : Math.max(told, programme.start);
    const stop = Math.min(programme.stop, to);
    if (stop <= start) continue;
    if (start > told) yield shown(told, start, null);
    yield shown(start, stop, inLanguage(programme, language).title);
    told = stop;
  }
  if (told < to) yield shown(told, to, null);
}
