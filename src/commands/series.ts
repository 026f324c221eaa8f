import { programmeAt, type RecordContext } from '../actions/record.ts';
import { isLimited, mayChange } from '../actions/recording-quota.ts';
import {
  addRule,
  previewRule,
  type RulesContext,
  type RuleWish,
  removeRule,
} from '../actions/recording-rules.ts';
import { rights } from '../actions/rights.ts';
import { labelOf } from '../catalogue/channel-title.ts';
import { type Channel, inLanguage, type Programme } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { RecordingRule } from '../domain/recording-rule.ts';
import { shorten } from '../lib/shorten.ts';
import type { WantedProgramme } from '../recordings/rules/matching-airings.ts';
import type { Line } from '../words/line.ts';
import { channelButton, type MarksContext } from './channel-choice.ts';
import type { Call, Command } from './command.ts';
import { type ActionButton, type Button, type Reply, rowsOf } from './reply.ts';
import { readSeriesChoice, type SeriesChoice, seriesAction, wholeSeries } from './series-button.ts';
import { markOfTime, timeOfMark } from './time-mark.ts';

export type SeriesContext = Omit<RulesContext, 'catalogue'> &
  Pick<RecordContext, 'catalogue' | 'guide'> &
  MarksContext;

/** A programme that somebody pressed, of which the whole series may be recorded. */
interface Pressed {
  readonly channelId: ChannelId;
  readonly channelName: string;
  readonly title: string;
  readonly choice: SeriesChoice;
  /** The mark of its time, as in the button. */
  readonly time: string;
}

const MOST_SHOWN = 6;
const MOST_CHANNELS = 5;
const MOST_RULES = 10;
const PER_ROW = 5;
const LONGEST_TITLE = 60;

/** Buttons about series that are recorded whenever the guide has them: shows what one would take, adds, lists and ends them. */
export const seriesCommand: Command<SeriesContext> = {
  name: 'series',
  options: [],
  role: rights.record.role,
  isPrivate: true,
  async run(call) {
    const { context, actor, messages, values } = call;
    const { id, name, role } = actor;
    const [verb, which = ''] = values;
    switch (verb) {
      case 'ask':
        return ask(call, await pressed(call));
      case 'add': {
        const wanted = await pressed(call);
        const rule = await addRule(context, { id, name, role }, wishOf(wanted));
        return {
          lines: [[messages.series.added(rule.title)], [messages.series.addedWhere]],
          buttons: [[recordingsButton(call), button(messages.buttons.seriesList, 'list')]],
          isPrivate: true,
        };
      }
      case 'cancel':
        return { lines: [[messages.leftAsIs]], isPrivate: true };
      case 'list':
        return list(call);
      case 'end': {
        const ended = removeRule(context, { id, name, role }, Number(which));
        return list(call, [messages.series.ended(ended.title)]);
      }
      default:
        throw new AppError('unknown_command', { name: 'series' });
    }
  },
};

/** The programme of a button, as the guide has it now. @throws AppError channel_gone, and as `programmeAt` */
async function pressed({ context, values, language }: Call<SeriesContext>): Promise<Pressed> {
  const [, letters = '', time = '', mark = ''] = values;
  const channelId = context.marks.read(mark);
  const at = timeOfMark(time);
  if (channelId === null || channelId === 'unknown' || at === null) throw new AppError('channel_gone');
  const channel = context.catalogue.snapshot().byId.get(channelId);
  if (!channel) throw new AppError('channel_gone');
  const { title } = inLanguage(await programmeAt(context, channelId, at), language);
  return { channelId, channelName: channel.name, title, choice: readSeriesChoice(letters), time };
}

function wishOf({ title, channelId, choice: { isNewOnly, isThisChannel } }: Pressed): RuleWish {
  return { title, match: 'exact', isNewOnly, ...(isThisChannel ? { channelId } : {}) };
}

/** Shows what the series of a programme would take, as a first press on its button does. */
export function askSeries(
  call: Call<SeriesContext>,
  { channel, programme }: { readonly channel: Pick<Channel, 'id' | 'name'>; readonly programme: Programme },
): Promise<Reply> {
  const { title } = inLanguage(programme, call.language);
  const time = markOfTime(programme.start);
  return ask(call, { channelId: channel.id, channelName: channel.name, title, choice: wholeSeries, time });
}

/** What the series would take, and the buttons that change that. */
async function ask(call: Call<SeriesContext>, series: Pressed): Promise<Reply> {
  const { context, actor, messages } = call;
  const { id, name, role } = actor;
  const { choice, title, time, channelId, channelName } = series;
  const all = await previewRule(context, { id, name, role }, wishOf(series));
  const found = all.filter(({ isPlanned }) => !isPlanned);
  const channel = { id: channelId, name: channelName };
  const label = labelOf(context, channel);
  const pressing = (text: string, verb: 'ask' | 'add', changed: SeriesChoice) =>
    channelButton(context, channel, text, seriesAction(verb, changed, time));
  const toggle = (text: string, name: keyof SeriesChoice) =>
    pressing(`${choice[name] ? '☑' : '☐'} ${text}`, 'ask', { ...choice, [name]: !choice[name] });
  return {
    lines: [
      [{ bold: messages.series.of(shorten(title, LONGEST_TITLE)) }],
      [
        found.length === 0
          ? messages.series.nothingYet
          : messages.series.wouldTake(found.length, channelsOf(found, context)),
      ],
      ...found.slice(0, MOST_SHOWN).map((each) => describe(each, context)),
      ...(found.length > MOST_SHOWN ? [[messages.series.more(found.length - MOST_SHOWN)]] : []),
      ...(isLimited(actor) && found.length > context.recordingsPerPerson
        ? [[messages.series.atOnce(context.recordingsPerPerson)]]
        : []),
    ],
    buttons: [
      [pressing(messages.buttons.recordAllOfSeries, 'add', choice)],
      [toggle(messages.buttons.newOnly, 'isNewOnly'), toggle(messages.series.onlyOn(label), 'isThisChannel')],
      [button(messages.buttons.cancel, 'cancel')],
    ],
    isPrivate: true,
  };
}

/** The labels of the first of their channels, each once. */
function channelsOf(found: readonly WantedProgramme[], context: SeriesContext): string {
  const labels = [...new Set(found.map(({ channelId }) => channelLabel(channelId, context)))];
  return [...labels.slice(0, MOST_CHANNELS), ...(labels.length > MOST_CHANNELS ? ['…'] : [])].join(', ');
}

function describe({ channelId, programme }: WantedProgramme, context: SeriesContext): Line {
  const { start, subTitle } = programme;
  const what = subTitle ? ` · ${shorten(subTitle, LONGEST_TITLE)}` : '';
  return ['• ', { clock: start, withDate: true }, ` · ${channelLabel(channelId, context)}${what}`];
}

function channelLabel(channelId: ChannelId, context: SeriesContext): string {
  const channel = context.catalogue.snapshot().byId.get(channelId);
  return channel ? labelOf(context, channel) : '';
}

function list(call: Call<SeriesContext>, news: Line = []): Reply {
  const { context, actor, messages } = call;
  const all = context.recordingRules.all();
  const shown = all.slice(0, MOST_RULES);
  const heading: Line[] = news.length > 0 ? [news] : [];
  return {
    lines: [
      ...heading,
      [all.length === 0 ? messages.series.none : messages.series.list],
      ...shown.map((rule, at) => describeRule(rule, at + 1, call)),
      ...(all.length > shown.length ? [[messages.recorded.more(all.length - shown.length)]] : []),
    ],
    buttons: [
      ...rowsOf(
        shown.flatMap((rule, at) =>
          mayChange(actor, rule) ? [button(`✖ ${at + 1}`, 'end', String(rule.id))] : [],
        ),
        PER_ROW,
      ),
      [recordingsButton(call)],
    ],
    isPrivate: true,
  };
}

function describeRule(
  { title, match, channel, isNewOnly, by }: RecordingRule,
  number: number,
  { context, messages: { series } }: Call<SeriesContext>,
): Line {
  const where = channel
    ? labelOf(context, { id: channel.channelId, name: channel.channelName })
    : series.anyChannel;
  const facts = [
    ...(match === 'words' ? [series.words] : []),
    ...[where, ...(isNewOnly ? [series.newOnly] : []), by.name],
  ];
  return [`${number}. `, { bold: shorten(title, LONGEST_TITLE) }, ...facts.map((fact) => ` · ${fact}`)];
}

function recordingsButton({ messages }: Call<SeriesContext>): Button {
  return { label: messages.buttons.recordings, action: { command: 'recordings', values: [] } };
}

function button(label: string, verb: string, ...more: string[]): ActionButton {
  return { label, action: { command: 'series', values: [verb, ...more] } };
}
