import type { Guide } from '../catalogue/guide/guide.ts';
import type { Programme } from '../domain/channel.ts';
import type { ChannelId, ScreenId } from '../domain/ids.ts';
import type { GuideTitles } from '../words/guide-titles.ts';
import { endOfBlock, withoutGaps } from './programme-blocks.ts';

/** A channel that was or is on a screen. Times are epoch milliseconds. */
export interface ShownChannel {
  readonly channelId: ChannelId;
  readonly channelName: string;
  readonly startedAt: number;
  /** Null while it is on air. */
  readonly endedAt: number | null;
  /** The past programme that was shown, and when it would be over; null for the channel as it comes. */
  readonly past: { readonly title: string | null; readonly endsAt: number } | null;
}

/** What was on the screens. */
export interface ShownChannels {
  /** A screen's latest entries, newest first. */
  latest(limit: number, screen: ScreenId): readonly ShownChannel[];
}

export interface ScreenProgrammesOptions {
  readonly history: ShownChannels;
  readonly guide: Pick<Guide, 'atHand' | 'isAtHand' | 'upcoming'>;
  readonly titles: GuideTitles;
}

const MINUTE = 60_000;
/** More than were on for a minute each in the past that the guide tells. */
const MOST_ENTRIES = 500;
/** Milliseconds to wait for the provider, where the guide of the channel on air is not at hand. */
const PATIENCE = 2_000;

/**
 * The programmes that a screen has shown since `from`, and the running one to its end, by start. A channel that was on for less
 * than a minute is left out.
 */
export async function screenProgrammes(
  screen: ScreenId,
  { from, now }: { readonly from: number; readonly now: number },
  { history, guide, titles }: ScreenProgrammesOptions,
): Promise<Programme[]> {
  const shown = history.latest(MOST_ENTRIES, screen).toReversed();
  const programmes: Programme[] = [];
  for (const entry of shown) {
    const { channelId, channelName, startedAt, endedAt, past } = entry;
    const start = wholeMinute(Math.max(startedAt, from));
    if (endedAt !== null && wholeMinute(endedAt) <= start) continue;
    // A provider that is asked now has the answer ready for the line below.
    if (past) {
      const end = wholeMinute(endedAt ?? Math.max(past.endsAt, now + MINUTE));
      const title = past.title === null ? channelName : titles.of(channelName, past.title);
      if (end > start) programmes.push({ title, description: '', start, stop: end });
      continue;
    }
    if (endedAt === null && !guide.isAtHand(channelId)) await guide.upcoming(channelId, PATIENCE);
    const known = [...guide.atHand(channelId, start, (endedAt ?? now) + 1)];
    const running = known.find((programme) => programme.start <= now && programme.stop > now);
    const end = endedAt === null ? (running?.stop ?? endOfBlock(now)) : wholeMinute(endedAt);
    const part = known.map((programme) => ({
      ...programme,
      title: titles.of(channelName, programme.title),
      start: Math.max(programme.start, start),
      stop: Math.min(programme.stop, end),
    }));
    for (const programme of withoutGaps(part, { from: start, to: end }, channelName)) {
      // Recorders would take each of these for a new episode of the series; the title is in one language.
      const { isNew: _, season: __, episode: ___, texts: ____, ...told } = programme;
      const last = programmes.at(-1);
      // A channel that came back at once is one programme to viewers.
      if (last?.title === told.title && last.stop === told.start)
        programmes.splice(-1, 1, { ...last, stop: told.stop });
      else programmes.push(told);
    }
  }
  return programmes;
}

function wholeMinute(time: number): number {
  return time - (time % MINUTE);
}
