import { parseName } from '../catalogue/names/parse-name.ts';
import type { Language } from '../domain/actor.ts';
import type { BroadcastStatus, OnAirChannel } from '../domain/broadcast-status.ts';
import { allReactions } from '../domain/reaction.ts';
import { alternatives } from './alternatives.ts';
import { audioNames } from './audio-names.ts';
import type { CommandName } from './command.ts';
import type { CommandContext } from './context.ts';
import { type Phrases, phrasesIn } from './phrases.ts';
import { nextCellAt, progressCells } from './progress.ts';
import type { Button, Line, Reply, Span } from './reply.ts';
import { sentence } from './sentence.ts';

type Shown = Pick<
  CommandContext,
  'catalogue' | 'guide' | 'history' | 'clock' | 'publicUrl' | 'watchUrl' | 'logosUrl' | 'reactions'
>;

/** So far back is looked for another channel. */
const LATELY = 10;
const LONGEST_LABEL = 40;

/** What is on, as the card that each place has: the channel, what it shows, who asked, and the buttons that make sense. */
export function card(status: BroadcastStatus, context: Shown, language: Language): Reply {
  const { channel, wanted, reason } = status;
  const phrases = phrasesIn(language);
  const lines: Line[] = [];
  if (channel) {
    lines.push(headLine(channel, status, phrases), ...guideLines(channel, context, phrases));
    lines.push(factsLine(status, phrases, language), ...reactionLines(context));
  }
  if (wanted) lines.push([phrases.opening(wanted.name)]);
  const failed = !channel && !wanted ? reason : null;
  if (failed) {
    const about: Span[] = failed.channel ? [{ bold: failed.channel.name }, ' · '] : [];
    lines.push(['✖ ', ...about, sentence(language, failed.code, failed.params)]);
  }
  if (lines.length === 0) lines.push([phrases.nothingOn]);
  const others = failed?.channel ? alternatives(context, failed.channel) : [];
  const rows = [cardButtons(status, context, phrases), channel ? reactionButtons(context) : []];
  const picture = channel && logoOf(channel, context);
  return {
    lines,
    ...(picture ? { picture } : {}),
    buttons: [...others, ...rows.filter((row) => row.length > 0)],
    isPrivate: false,
    isCard: true,
  };
}

/** Epoch milliseconds from when on the card is not true any more though nothing has happened; null for never. */
export function cardStaleAt(
  { channel }: BroadcastStatus,
  { guide, clock }: Pick<Shown, 'guide' | 'clock'>,
): number | null {
  if (!channel) return null;
  const { now, next } = guide.get(channel.id);
  return now ? nextCellAt(now, clock.now()) : (next?.start ?? null);
}

function logoOf({ id }: OnAirChannel, { catalogue, logosUrl }: Shown): string | null {
  return logosUrl !== null && catalogue.snapshot().byId.get(id)?.logo ? `${logosUrl}/${id}` : null;
}

function headLine(channel: OnAirChannel, { attempt }: BroadcastStatus, phrases: Phrases): Line {
  const { quality } = parseName(channel.name);
  // Most names say it in words already.
  const isNews =
    quality !== null &&
    !channel.name
      .toUpperCase()
      .split(/\P{L}+/u)
      .includes(quality);
  const state = attempt ? phrases.reconnecting(attempt.number, attempt.of) : phrases.onAir;
  const facts = isNews ? `${quality} · ${state}` : state;
  return [attempt ? '↻ ' : '● ', { bold: channel.name }, ` · ${facts}`];
}

function guideLines({ id }: OnAirChannel, { guide, clock }: Shown, phrases: Phrases): Line[] {
  const { now, next } = guide.get(id);
  const lines: Line[] = [];
  if (now) {
    const bar = progressCells(now, clock.now());
    lines.push(
      [`${phrases.now}: `, { bold: now.title }],
      [{ clock: now.start }, ` ${bar} `, { clock: now.stop }],
    );
  }
  if (next) lines.push([`${phrases.next}: `, { clock: next.start }, ` ${next.title}`]);
  return lines;
}

function factsLine(
  { askedBy, startedAt, viewers, sound }: BroadcastStatus,
  phrases: Phrases,
  language: Language,
): Line {
  const facts: Span[] = [];
  if (askedBy) facts.push(phrases.askedBy(askedBy.name), ' · ');
  if (startedAt !== null) facts.push({ ago: startedAt }, ' · ');
  facts.push(phrases.viewers(viewers));
  const heard = sound.tracks.length > 1 ? sound.tracks.findIndex(({ id }) => id === sound.track?.id) : -1;
  if (heard >= 0) facts.push(` · ${audioNames(sound.tracks, language)[heard]}`);
  return facts;
}

function cardButtons({ channel }: BroadcastStatus, context: Shown, { buttons: labels }: Phrases): Button[] {
  const { history, catalogue, publicUrl, watchUrl } = context;
  const buttons: Button[] = [];
  const add = (label: string, command: CommandName, ...values: string[]): void => {
    buttons.push({ label, action: { command, values } });
  };
  if (channel) add(labels.stop, 'stop');
  const previous = history.latest(LATELY).find(({ channelId }) => channelId !== channel?.id);
  if (previous && catalogue.snapshot().byId.has(previous.channelId)) {
    add(`◀ ${previous.channelName}`.slice(0, LONGEST_LABEL), 'play', `#${previous.channelId}`);
  }
  if (channel) add('★', 'fav', 'add', `#${channel.id}`);
  if (channel && publicUrl) add(labels.vlc, 'vlc', `#${channel.id}`);
  if (watchUrl) buttons.push({ label: labels.watch, url: watchUrl });
  return buttons;
}

/** "👏 12 🔥 3", once there are any. */
function reactionLines({ reactions: { mode, totals } }: Shown): Line[] {
  if (mode !== 'room') return [];
  const counts = allReactions.filter((each) => totals[each]).map((each) => `${each} ${totals[each]}`);
  return counts.length > 0 ? [[counts.join(' ')]] : [];
}

function reactionButtons({ reactions }: Shown): Button[] {
  if (reactions.mode !== 'room') return [];
  return allReactions.map((each) => ({ label: each, action: { command: 'react', values: [each] } }));
}
