import { type RecordWish, record } from '../actions/record.ts';
import { requireRecord } from '../actions/recording-quota.ts';
import { shortageOf } from '../actions/recording-shortage.ts';
import { rights } from '../actions/rights.ts';
import { type WaysOutContext, waysOutOf } from '../actions/ways-out.ts';
import { labelOf } from '../catalogue/channel-title.ts';
import type { Airing } from '../catalogue/guide/search-titles.ts';
import { withGuide } from '../catalogue/guide/with-guide.ts';
import { type Channel, inLanguage, type Programme } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { Recording } from '../domain/recording.ts';
import { shorten } from '../lib/shorten.ts';
import { dueTimes } from '../recordings/due-times.ts';
import type { Line } from '../words/line.ts';
import { messagesIn } from '../words/messages-in.ts';
import { sentence } from '../words/sentence.ts';
import { shortageSentence } from '../words/shortage-sentence.ts';
import { askWhichChannel, type ChannelChoiceContext } from './channel-choice.ts';
import type { Call, Command } from './command.ts';
import { ABOUT, type FindToRecordContext, findToRecord } from './find-to-record.ts';
import { screenOption } from './named-screen.ts';
import { askWhichProgramme, askWhichSeries, distinctTitles, listed } from './programme-choice.ts';
import type { Button, Reply } from './reply.ts';
import { askSeries, type SeriesContext } from './series.ts';
import { seriesAction, seriesButtons, wholeSeries } from './series-button.ts';
import { markOfTime, timeOfMark } from './time-mark.ts';
import { type RecordTime, readUntil, recordTimeOfWord, wordOfRecordTime } from './typed/record-time.ts';
import { wayOutButtons } from './ways-out.ts';

type Context = WaysOutContext & FindToRecordContext & ChannelChoiceContext & SeriesContext;

/** What is recorded: what was typed, or the programme that runs at the time of a button, in epoch milliseconds. */
type When = RecordTime | { readonly kind: 'programme'; readonly at: number };

const MINUTE = 60_000;
/** Milliseconds that are recorded where no guide tells when the programme ends. */
const WITHOUT_GUIDE = 120 * MINUTE;
const LONGEST_QUERY = 80;
/** Milliseconds to wait for the provider's guide. */
const PATIENCE = 5_000;

/** Records a channel: the running programme, a time, or a programme by its title; or shows what a whole series would take. */
export const recordCommand: Command<Context> = {
  name: 'record',
  options: [
    { name: 'channel', isRequired: false, suggests: true },
    { name: 'until', isRequired: false, suggests: false },
    screenOption,
  ],
  role: rights.record.role,
  isPrivate: false,
  async run(call) {
    const { context, actor, values } = call;
    requireRecord(actor, context);
    const now = context.clock.now();
    const pressed = readPressed(context, values, now);
    if (pressed) return recordChannel(call, pressed.channelId, pressed.when);
    const [typed = '', second = ''] = values;
    const { text, time, found, isSeries } = await findToRecord(call, typed);
    // An end alone is one of the beginning that was typed.
    const until = second.trim() === '' ? null : readUntil(second, time?.kind === 'at' ? time.at : now);
    const when = until ?? time ?? { kind: 'now' };
    // What asks is for the asker alone.
    const own = { ...call, language: actor.language, messages: messagesIn(actor.language) };
    switch (found.kind) {
      case 'one':
        return isSeries
          ? recordSeries(own, found.channel.id, when)
          : recordChannel(call, found.channel.id, when);
      case 'programmes':
        return isSeries ? chooseSeries(own, found.airings) : recordProgramme(call, own, found.airings);
      default: {
        const what = isSeries
          ? seriesAction('ask', wholeSeries, markOfTime(momentOf(when, now)))
          : { command: 'record', values: [wordOfRecordTime(when)] };
        const reply = askWhichChannel(call, text, found, what, 'record');
        const query = shorten(typed.trim(), LONGEST_QUERY);
        const lines = [[sentence(actor.language, 'nothing_to_record', { query })]];
        return found.kind === 'none' ? { ...reply, lines } : reply;
      }
    }
  },
};

/** The channel and the time of a button; null for what was typed. @throws AppError channel_gone */
function readPressed(
  { marks }: Pick<Context, 'marks'>,
  [first = '', second = '']: readonly string[],
  now: number,
): { readonly channelId: ChannelId; readonly when: When } | null {
  const channelId = second === '' ? null : marks.read(second);
  if (channelId === null) return null;
  if (channelId === 'unknown') throw new AppError('channel_gone');
  const at = timeOfMark(first);
  // Buttons of earlier versions have what was typed.
  const when: When =
    at === null ? (recordTimeOfWord(first) ?? readUntil(first, now)) : { kind: 'programme', at };
  return { channelId, when };
}

/** @throws AppError channel_gone, and as `record` */
async function recordChannel(call: Call<Context>, channelId: ChannelId, when: When): Promise<Reply> {
  const { context, actor } = call;
  const channel = context.catalogue.snapshot().byId.get(channelId);
  if (!channel) throw new AppError('channel_gone');
  const { id, name, role } = actor;
  return reply(call, await record(context, { id, name, role }, await timesOf(call, channel, when)));
}

/** Shows what the series of a channel's programme would take. @throws AppError channel_gone, programme_unknown */
async function recordSeries(call: Call<Context>, channelId: ChannelId, when: When): Promise<Reply> {
  const channel = call.context.catalogue.snapshot().byId.get(channelId);
  if (!channel) throw new AppError('channel_gone');
  const wish = await timesOf(call, channel, when);
  if (!('programme' in wish)) throw new AppError('programme_unknown');
  return askSeries(call, { channel, programme: wish.programme });
}

/** Records the only programme with a title, or asks which of them is meant. */
async function recordProgramme(
  call: Call<Context>,
  own: Call<Context>,
  airings: readonly Airing[],
): Promise<Reply> {
  const { context, actor, language } = call;
  const programmes = listed(context, airings);
  const [first, second] = programmes;
  if (!first || second) return askWhichProgramme(own, programmes);
  const programme = inLanguage(first.programme, language);
  const { id, name, role } = actor;
  return reply(call, await record(context, { id, name, role }, { channelId: first.channel.id, programme }));
}

/** Shows what the only series with a title would take, or asks which one is meant. */
function chooseSeries(call: Call<Context>, airings: readonly Airing[]): Promise<Reply> | Reply {
  const titles = distinctTitles(listed(call.context, airings));
  const [first, second] = titles;
  if (first && !second) return askSeries(call, first);
  return askWhichSeries(call, titles);
}

async function timesOf(
  { context, language }: Call<Context>,
  channel: Channel,
  when: When,
): Promise<RecordWish> {
  const now = context.clock.now();
  const channelId = channel.id;
  const guided = async (from: number, to: number) =>
    (await context.guide.between(withGuide(context, channel), from, to, PATIENCE)).map((each) =>
      inLanguage(each, language),
    );
  if (when.kind === 'stretch') return { channelId, start: when.start, stop: when.stop };
  if (when.kind === 'part') {
    const { start, stop } = when;
    const shared = (each: Programme) => Math.min(each.stop, stop) - Math.max(each.start, start);
    const [most] = (await guided(start, stop))
      .filter((each) => each.stop > now)
      .toSorted((one, other) => shared(other) - shared(one));
    return most ? { channelId, programme: most } : { channelId, start, stop };
  }
  const at = when.kind === 'now' ? now : when.at;
  const around = when.kind === 'at' ? ABOUT : 0;
  const programme = meantAt(await guided(at - around, at + around + 1), at, around);
  if (programme) return { channelId, programme };
  // What is long over is left to the archive.
  const start = at < now - WITHOUT_GUIDE ? at : Math.max(at, now);
  return { channelId, start, stop: start + WITHOUT_GUIDE };
}

/** The programme that begins then, else the longest that begins about then, else the one that runs. */
function meantAt(programmes: readonly Programme[], at: number, around: number): Programme | null {
  const isNear = ({ start }: Programme) => Math.abs(start - at) <= around;
  const longest = (one: Programme, other: Programme) => other.stop - other.start - (one.stop - one.start);
  return (
    programmes.find(({ start }) => Math.abs(start - at) < MINUTE && around > 0) ??
    programmes.filter((each) => around > 0 && isNear(each)).toSorted(longest)[0] ??
    programmes.find(({ start, stop }) => start <= at && stop > at) ??
    null
  );
}

function momentOf(when: When, now: number): number {
  if (when.kind === 'now') return now;
  return 'at' in when ? when.at : when.start;
}

function reply(call: Call<Context>, recording: Recording): Reply {
  const { context, messages } = call;
  const { title, start, stop, channelId, channelName } = recording;
  const now = context.clock.now();
  const { recorded } = messages;
  const channel = labelOf(context, { id: channelId, name: channelName });
  const when: Line = recording.isFromArchive
    ? fromArchive(recording, now, recorded)
    : start <= now
      ? [`${recorded.until} `, { clock: stop, withDate: stop - now > 12 * 60 * MINUTE }]
      : [`${recorded.from} `, { clock: start, withDate: true }, '–', { clock: stop }];
  const shortage = shortageOf(context, recording);
  const warning = shortage && shortageSentence(call.language, shortage);
  const button: Button = {
    label: messages.buttons.recordings,
    action: { command: 'recordings', values: [] },
  };
  const ways = wayOutButtons(waysOutOf(context, call.actor, recording, shortage), recording, messages);
  // An archive is less certain than what comes now.
  const live: Button = {
    label: recorded.fromNow,
    action: { command: 'recordings', values: ['live', String(recording.id)] },
  };
  const fromNow = recording.isFromArchive && stop > now ? [[live]] : [];
  return {
    lines: [
      ['● ', { bold: title }, ...(channel === title ? [] : [` · ${channel}`])],
      when,
      [recorded.found],
      ...(warning ? [[shortage.kind === 'single' ? warning : `⚠ ${warning}`]] : []),
    ],
    buttons: [
      ...ways.map((way) => [way]),
      ...fromNow,
      [
        button,
        ...(recording.programme
          ? seriesButtons(call, { id: channelId, name: channelName }, recording.programme)
          : []),
      ],
    ],
    isPrivate: false,
  };
}

/** When it is taken from the archive. */
function fromArchive(
  recording: Recording,
  now: number,
  { fromArchive: later, fromArchiveNow: soon }: Call<Context>['messages']['recorded'],
): Line {
  const { from } = dueTimes(recording);
  return from > now ? [`${later} `, { clock: from, withDate: true }] : [soon];
}
