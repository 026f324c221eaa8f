import { rights } from '../actions/rights.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { labelOf } from '../catalogue/channel-title.ts';
import { findAgain, toChannel } from '../catalogue/find-again.ts';
import { findLike } from '../catalogue/names/find-like.ts';
import type { ChannelId } from '../domain/ids.ts';
import { shorten } from '../lib/shorten.ts';
import type { History, HistoryEntry } from '../store/history.ts';
import type { Line } from '../words/line.ts';
import { channelButton, type MarksContext } from './channel-choice.ts';
import type { Call, Command } from './command.ts';
import type { Button } from './reply.ts';

const MOST = 10;
const MINUTE = 60_000;
/** Entries of the history that are searched. */
const LOOKED_AT = 200;
/** Characters of the typed text that are repeated. */
const LONGEST_QUERY = 80;

interface HistoryContext extends MarksContext {
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'groups' | 'groupOf'>;
  readonly history: Pick<History, 'latest'>;
}

export const historyCommand: Command<HistoryContext> = {
  name: 'history',
  options: [{ name: 'word', isRequired: false, suggests: false }],
  role: rights.look.role,
  isPrivate: true,
  async run(call) {
    const {
      context,
      screen,
      messages,
      values: [typed = ''],
    } = call;
    const wish = typed.trim();
    const entries = wish === '' ? context.history.latest(MOST, screen.id) : entriesLike(wish, call);
    const heading = entries.length > 0 ? messages.lately : wish === '' ? messages.nothingYet : null;
    return {
      lines: [
        [heading ?? messages.nothingLike(shorten(wish, LONGEST_QUERY))],
        ...entries.map((entry) => describe(entry, call)),
      ],
      buttons: playAgain(entries, call).map((button) => [button]),
      isPrivate: true,
    };
  },
};

/** Entries that match by channel or by who requested it, the latest first. */
function entriesLike(wish: string, { context, screen }: Call<HistoryContext>): HistoryEntry[] {
  const entries = context.history.latest(LOOKED_AT, screen.id);
  const like = new Set(
    findLike(entries, wish, (entry) => [
      labelOf(context, toChannel(entry)),
      ...(entry.askedBy ? [entry.askedBy.name] : []),
    ]),
  );
  return entries.filter((entry) => like.has(entry)).slice(0, MOST);
}

function describe(entry: HistoryEntry, { context, messages }: Call<HistoryContext>): Line {
  const { startedAt, endedAt, askedBy } = entry;
  const facts = [
    ...(askedBy ? [messages.askedBy(askedBy.name)] : []),
    endedAt === null
      ? messages.onAir
      : messages.minutes(Math.max(1, Math.round((endedAt - startedAt) / MINUTE))),
  ];
  const name = labelOf(context, toChannel(entry));
  return [{ clock: startedAt, withDate: true }, ' ', { bold: name }, ` · ${facts.join(' · ')}`];
}

/** A button for each channel that is still in the catalogue. */
function playAgain(entries: readonly HistoryEntry[], { context }: Call<HistoryContext>): Button[] {
  const buttons = new Map<ChannelId, Button>();
  for (const entry of entries) {
    const channel = findAgain(context.catalogue, entry);
    if (!channel || buttons.has(channel.id)) continue;
    const name = `▶ ${labelOf(context, channel)}`;
    buttons.set(channel.id, channelButton(context, channel, name));
  }
  return [...buttons.values()];
}
