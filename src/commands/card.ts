import type { Clients } from '../access/clients.ts';
import { otherVariant } from '../actions/other-variant.ts';
import { fullName, type LabelledChannel, labelled, labelOf, titleOf } from '../catalogue/channel-title.ts';
import { toChannel } from '../catalogue/find-again.ts';
import type { Guide } from '../catalogue/guide/guide.ts';
import { type NeighbourContext, neighbours } from '../catalogue/neighbours.ts';
import { standInNames } from '../catalogue/stand-in-names.ts';
import type { Language } from '../domain/actor.ts';
import { type BroadcastStatus, chosenChannel, type OnAirChannel } from '../domain/broadcast-status.ts';
import { inLanguage } from '../domain/channel.ts';
import type { CommandName } from '../domain/command-name.ts';
import { type OwnAccount, type ScreenId, toApiChannelId } from '../domain/ids.ts';
import { allReactions } from '../domain/reaction.ts';
import type { ScreenFacts } from '../domain/screen-facts.ts';
import type { Clock } from '../lib/clock.ts';
import { shorten } from '../lib/shorten.ts';
import type { History } from '../store/history.ts';
import type { Reactions } from '../stream/screen/reactions.ts';
import type { PictureHealth } from '../stream/screen/screen.ts';
import type { Screens } from '../stream/screen/screens.ts';
import type { SegmentRing } from '../stream/segments/ring/segment-ring.ts';
import { audioNames } from '../words/audio-names.ts';
import type { Line, Span } from '../words/line.ts';
import type { Messages } from '../words/messages.ts';
import { messagesIn } from '../words/messages-in.ts';
import { sentence } from '../words/sentence.ts';
import { standInSentence } from '../words/stand-in.ts';
import { alternatives } from './alternatives.ts';
import type { MarksContext } from './channel-choice.ts';
import { pastButtons, pastLines } from './past-programme-reply.ts';
import { nextCellAt, progressCells } from './progress.ts';
import { type Button, encodeAction, type Reply } from './reply.ts';

/** What the cards of every screen show. */
export interface CardContext extends NeighbourContext, MarksContext {
  /** The account whose channels addresses name by the provider's number. */
  readonly ownAccount: OwnAccount;
  readonly guide: Pick<Guide, 'get'>;
  readonly history: Pick<History, 'latest'>;
  readonly clients: Pick<Clients, 'turnedAway'>;
  readonly clock: Pick<Clock, 'now'>;
  /** The server's own address as others reach it, without a trailing slash; null where PUBLIC_URL does not say. */
  readonly publicUrl: string | null;
  /** A screen's watch page as people reach it, with the viewers' key if there is one; null where PUBLIC_URL does not say. */
  readonly watchUrl: (screen: ScreenId) => string | null;
  readonly screens: Pick<Screens, 'all'>;
  /**
   * The address of logos, to which a channel's id is added; null where Discord's and Telegram's servers cannot or may not fetch
   * them.
   */
  readonly logosUrl: string | null;
}

/** The parts of a screen that its card shows besides its status. */
interface CardScreen {
  readonly id: ScreenId;
  readonly facts: Pick<ScreenFacts, 'name'>;
  readonly reactions: Pick<Reactions, 'mode' | 'totals'>;
  readonly pictureHealth: Pick<PictureHealth, 'trouble'>;
  readonly past: Pick<SegmentRing, 'edge'>;
}

/** What a card is made of besides the status; every call has it. */
interface CardParts {
  readonly context: CardContext;
  readonly screen: CardScreen;
  readonly language: Language;
}

/** Entries of the history in which the previous channel is looked for. */
const LATELY = 10;
const LONGEST_LABEL = 40;

/** The card of a place: the channel on its screen, its programme, who requested it, and the buttons that apply. */
export function card(status: BroadcastStatus, { context, screen, language }: CardParts): Reply {
  const { channel, wanted, reason } = status;
  const messages = messagesIn(language);
  const lines: Line[] = [];
  if (context.screens.all().length > 1) lines.push([`📺 ${screen.facts.name}`]);
  if (channel) {
    lines.push(headLine(channel, status, context, messages));
    const { standsInFor } = status;
    const names = standInNames(context, status);
    if (standsInFor && names) lines.push([`⚠ ${standInSentence(language, standsInFor.code, names)}`]);
    const { trouble } = screen.pictureHealth;
    if (trouble) lines.push([`⚠ ${messages.trouble[trouble.kind]} `, { clock: trouble.since }]);
    const { past } = status;
    lines.push(
      ...(past
        ? pastLines(past, context.clock.now(), messages)
        : guideLines(chosenChannel(status) ?? channel, context, messages, language)),
    );
    lines.push(...factsLines(status, messages, language), ...reactionLines(screen));
  }
  if (wanted) lines.push([messages.opening(labelOf(context, wanted))]);
  const failed = !channel && !wanted ? reason : null;
  if (failed) {
    const about: Span[] = failed.channel ? [{ bold: labelOf(context, failed.channel) }, ' · '] : [];
    lines.push(['✖ ', ...about, sentence(language, failed.code, failed.params)]);
  }
  if (!channel && !wanted && !failed) lines.push([messages.nothingOn]);
  for (const { name, since } of context.clients.turnedAway())
    lines.push([`⚠ ${messages.noConnection(name)} · `, { ago: since }]);
  const others = failed?.channel ? alternatives(context, failed.channel, language) : [];
  const rows = [
    variantButtons(status, context, screen),
    ...others,
    ...cardButtons(status, context, screen, messages),
    channel ? reactionButtons(screen) : [],
  ];
  const picture = channel && logoOf(channel, context);
  return {
    lines,
    ...(picture ? { picture } : {}),
    buttons: eachOnce(rows),
    isPrivate: false,
    isCard: true,
  };
}

/** When the card becomes outdated without any event, in epoch milliseconds; null for never. */
export function cardStaleAt(
  status: BroadcastStatus,
  context: Pick<CardContext, 'clients' | 'guide' | 'clock'>,
): number | null {
  const moments = context.clients.turnedAway().map(({ until }) => until);
  const programme = programmeStaleAt(status, context);
  if (programme !== null) moments.push(programme);
  return moments.length > 0 ? Math.min(...moments) : null;
}

function programmeStaleAt(
  status: BroadcastStatus,
  { guide, clock }: Pick<CardContext, 'guide' | 'clock'>,
): number | null {
  const channel = chosenChannel(status);
  if (!channel) return null;
  const { past } = status;
  if (past?.pause) return null;
  if (past) {
    // Its progress is as far behind as the picture.
    const times = { start: past.start, stop: past.to };
    return nextCellAt(times, clock.now() - past.behind) + past.behind;
  }
  const { now, next } = guide.get(channel.id);
  return now ? nextCellAt(now, clock.now()) : (next?.start ?? null);
}

function logoOf({ id }: OnAirChannel, { catalogue, logosUrl, ownAccount }: CardContext): string | null {
  if (logosUrl === null || !catalogue.snapshot().byId.get(id)?.logo) return null;
  return `${logosUrl}/${encodeURIComponent(toApiChannelId(id, ownAccount))}`;
}

function headLine(
  channel: OnAirChannel,
  { attempt, past }: BroadcastStatus,
  context: CardContext,
  messages: Messages,
): Line {
  const { name, quality } = titleOf(context, channel);
  const isPaused = past?.pause != null;
  const state = attempt ? messages.reconnecting(attempt.number) : isPaused ? messages.paused : messages.onAir;
  const facts = quality === null ? state : `${quality} · ${state}`;
  return [attempt ? '↻ ' : isPaused ? '⏸ ' : '● ', { bold: name }, ` · ${facts}`];
}

function guideLines(
  { id }: OnAirChannel,
  { guide, clock }: CardContext,
  messages: Messages,
  language: Language,
): Line[] {
  const { now, next } = guide.get(id);
  const lines: Line[] = [];
  if (now) {
    const bar = progressCells(now, clock.now());
    lines.push(messages.now(inLanguage(now, language).title), [
      { clock: now.start },
      ` ${bar} `,
      { clock: now.stop },
    ]);
  }
  if (next) lines.push(messages.next(next.start, inLanguage(next, language).title));
  return lines;
}

/**
 * Who requested the channel, since when it is on air, how many watch it and the audio track; no line where nothing is known.
 */
function factsLines(
  { askedBy, startedAt, viewers, sound }: BroadcastStatus,
  messages: Messages,
  language: Language,
): Line[] {
  const facts: Span[] = [];
  if (askedBy) facts.push(messages.askedBy(askedBy.name));
  if (startedAt !== null) facts.push({ ago: startedAt });
  // Right after a switch no player has fetched a segment yet, so 0 would mean nothing.
  if (viewers > 0) facts.push(messages.viewers(viewers));
  const heard = sound.tracks.length > 1 ? sound.tracks.findIndex(({ id }) => id === sound.track?.id) : -1;
  const soundName = audioNames(sound.tracks, language)[heard];
  if (soundName !== undefined) facts.push(soundName);
  return facts.length > 0 ? [facts.flatMap((fact, at) => (at === 0 ? [fact] : [' · ', fact]))] : [];
}

/** The button to another variant, where the picture or the sound is bad. */
function variantButtons(
  status: BroadcastStatus,
  context: CardContext,
  { pictureHealth }: CardScreen,
): Button[] {
  const other = pictureHealth.trouble && otherVariant(context, status);
  return other ? [button(`▶ ${fullName(context, other)}`, 'play', context.marks.of(other))] : [];
}

/** The button to watch comes first, those that disturb everybody come last. */
function cardButtons(
  status: BroadcastStatus,
  context: CardContext,
  screen: CardScreen,
  messages: Messages,
): Button[][] {
  const { buttons: labels } = messages;
  const { wanted } = status;
  const channel = chosenChannel(status);
  const rows: [Button[], Button[], Button[]] = [[], [], []];
  const [first, beside, last] = rows;
  const watchUrl = context.watchUrl(screen.id);
  if (watchUrl) first.push({ label: labels.watch, url: watchUrl });
  const previous = previousChannel(status, context, screen);
  if (previous) first.push(button(`◀ ${previous.label}`, 'play', context.marks.of(previous)));
  if (channel) {
    first.push(...pastButtons(status, context.guide.get(channel.id).now, context, messages));
    const { up, down } = neighbours(context, channel.id, status.askedBy);
    // Services refuse two buttons with the same action, and ▲ or ▼ may lead to the channel of ◀.
    if (up) beside.push(button(`▲ ${up.label}`, 'play', context.marks.of(up.variants[0]), '', 'up'));
    if (down) beside.push(button(`▼ ${down.label}`, 'play', context.marks.of(down.variants[0]), '', 'down'));
    if (screen.past.edge !== null) beside.push(button(labels.clip, 'clip'));
    const mark = context.marks.of(channel);
    last.push(button('★', 'fav', 'add', mark));
    if (context.publicUrl) last.push(button(labels.vlc, 'vlc', mark));
    last.push(button(labels.record, 'record', mark), button(labels.restart, 'restart'));
  }
  if (channel || wanted) last.push({ ...button(labels.stop, 'stop'), style: 'danger' });
  return rows;
}

function button(label: string, command: CommandName, ...values: string[]) {
  return { label: shorten(label, LONGEST_LABEL), action: { command, values } };
}

/** The channel that was on the screen before, if it is still in the catalogue. */
function previousChannel(
  status: BroadcastStatus,
  context: CardContext,
  screen: CardScreen,
): LabelledChannel | null {
  const current = chosenChannel(status)?.id;
  const { history, catalogue } = context;
  const previous = history.latest(LATELY, screen.id).find(({ channelId }) => channelId !== current);
  if (!previous || !catalogue.snapshot().byId.has(previous.channelId)) return null;
  return labelled(context, toChannel(previous));
}

/** Drops empty rows, and buttons that do what an earlier button does. */
function eachOnce(rows: readonly (readonly Button[])[]): Button[][] {
  const seen = new Set<string>();
  const isNew = (each: Button) => {
    const what = 'url' in each ? each.url : encodeAction(each.action);
    return !seen.has(what) && seen.add(what);
  };
  return rows.map((row) => row.filter(isNew)).filter((row) => row.length > 0);
}

/** The counts of reactions, "👏 12 🔥 3"; no line where there are none. */
function reactionLines({ reactions: { mode, totals } }: CardScreen): Line[] {
  if (mode !== 'room') return [];
  const counts = allReactions.filter((each) => totals[each]).map((each) => `${each} ${totals[each]}`);
  return counts.length > 0 ? [[counts.join(' ')]] : [];
}

function reactionButtons({ reactions }: CardScreen): Button[] {
  if (reactions.mode !== 'room') return [];
  return allReactions.map((each) => ({ label: each, action: { command: 'react', values: [each] } }));
}
