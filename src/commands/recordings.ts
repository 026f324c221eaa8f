import { isPlayable } from '../actions/play-recording.ts';
import { changeRecording, removeRecording } from '../actions/record.ts';
import { mayChange, mayRecord, requireOwn } from '../actions/recording-quota.ts';
import { rights } from '../actions/rights.ts';
import { recordFromNow, takeWayOut, type WaysOutContext } from '../actions/ways-out.ts';
import { labelOf } from '../catalogue/channel-title.ts';
import type { Actor } from '../domain/actor.ts';
import { isOver, type Recording } from '../domain/recording.ts';
import { waysOut } from '../domain/recording-shortage.ts';
import { shorten } from '../lib/shorten.ts';
import type { RecordingRules } from '../store/recording-rules.ts';
import type { Line, Span } from '../words/line.ts';
import type { Messages } from '../words/messages.ts';
import { sentence } from '../words/sentence.ts';
import type { MarksContext } from './channel-choice.ts';
import type { Call, Command } from './command.ts';
import { recordingButton } from './play-recording.ts';
import { inOrder, recordingsLike } from './recordings-like.ts';
import { type ActionButton, type Button, type Reply, rowsOf } from './reply.ts';

interface Context extends WaysOutContext, MarksContext {
  /** The page that plays a recording, as people reach it; null where PUBLIC_URL does not say. */
  readonly recordingUrl: (id: number) => string | null;
  readonly recordingRules: Pick<RecordingRules, 'all'>;
}

/** What a button does to a recording. */
const verbs = ['stop', 'more', 'remove', 'removed', 'live', ...waysOut] as const;
type Verb = (typeof verbs)[number];

const MINUTE = 60_000;
const MOST = 8;
/** Of these, one has a row of buttons of its own. */
const MOST_RUNNING = 2;
const PER_ROW = 4;
const LONGEST_TITLE = 60;

/** Lists the recordings; people stop, extend and delete their own by its buttons, controllers all. */
export const recordingsCommand: Command<Context> = {
  name: 'recordings',
  options: [{ name: 'word', isRequired: false, suggests: false }],
  role: rights.look.role,
  isPrivate: true,
  async run(call) {
    const { context, actor, messages, values } = call;
    const [word = '', which = '', minutes = '0'] = values;
    const verb = verbs.find((each) => each === word);
    if (!verb || !/^\d+$/.test(which)) return list(call, word);
    const recording = context.recordings.get(Number(which));
    requireOwn(actor, recording);
    const { recorded } = messages;
    switch (verb) {
      case 'stop':
        changeRecording(context, toRequester(actor), recording.id, { stop: context.clock.now() });
        return list(call, '', [recorded.stopped(recording.title)]);
      case 'more':
        changeRecording(context, toRequester(actor), recording.id, {
          stop: recording.stop + Number(minutes) * MINUTE,
        });
        return list(call, '');
      case 'remove':
        return {
          lines: [[recorded.removeSure(shorten(recording.title, LONGEST_TITLE))]],
          buttons: [
            [
              { ...button(messages.buttons.recordRemoveSure, 'removed', recording), style: 'danger' },
              { label: messages.buttons.cancel, action: { command: 'recordings', values: [] } },
            ],
          ],
          isPrivate: true,
        };
      case 'removed':
        await removeRecording(context, toRequester(actor), recording);
        return list(call, '', [recorded.removed(recording.title)]);
      case 'archive':
        await takeWayOut(context, toRequester(actor), recording.id, verb);
        return list(call, '', [recorded.toBeFromArchive(recording.title)]);
      case 'live':
        recordFromNow(context, toRequester(actor), recording.id);
        return list(call, '');
      case 'shorter': {
        const changed = await takeWayOut(context, toRequester(actor), recording.id, verb);
        return list(call, '', [recorded.shortened(changed.map(({ title }) => title).join(', '))]);
      }
      case 'give_up':
        await takeWayOut(context, toRequester(actor), recording.id, verb);
        return list(call, '', [recorded.removed(recording.title)]);
    }
  },
};

function list(call: Call<Context>, word: string, news: Line = []): Reply {
  const { context, actor, messages } = call;
  const all = inOrder(context.recordings.all());
  const like = recordingsLike(all, word);
  const found = like.length > 0 ? like : all;
  const isUnknown = word.trim() !== '' && like.length === 0 && all.length > 0;
  const heading: Line[] = isUnknown
    ? [[messages.recorded.noneLike(shorten(word.trim(), LONGEST_TITLE))]]
    : news.length > 0
      ? [news]
      : [];
  if (found.length === 0)
    return {
      lines: [...heading, [messages.recorded.none]],
      buttons: rowsOf(seriesButton(call), PER_ROW),
      isPrivate: true,
    };
  const shown = found.slice(0, MOST);
  const lines = shown.flatMap((recording, at) => describe(recording, at + 1, call));
  const more = found.length - shown.length;
  return {
    lines: [
      ...heading,
      [messages.recorded.list],
      ...lines,
      ...(more > 0 ? [[messages.recorded.more(more)]] : []),
    ],
    buttons: [
      ...actionRows(shown, actor),
      // The last row, of five at most: Discord shows no more rows and buttons.
      [...seriesButton(call), ...playRow(shown, context, messages)],
    ],
    isPrivate: true,
  };
}

function describe(
  recording: Recording,
  number: number,
  { context, messages, language }: Call<Context>,
): Line[] {
  const { title, channelId, channelName, start, stop, state, reason, holes, isFromArchive } = recording;
  const { recorded } = messages;
  const channel = labelOf(context, { id: channelId, name: channelName });
  const missing = holes.reduce((sum, { from, to }) => sum + (to - from), 0);
  const facts: Span[] = [
    ` · ${channel} · `,
    { clock: start, withDate: true },
    '–',
    { clock: stop },
    ` · ${recorded.states[state]}`,
    ...(isFromArchive && !isOver(recording) ? [`, ${recorded.archived}`] : []),
    ...(missing > 0 ? [` (${recorded.missing(Math.ceil(missing / 1000))})`] : []),
  ];
  const mark = state === 'recording' ? '● ' : '';
  const why = reason && state !== 'recording' ? [[sentence(language, reason.code, reason.params)]] : [];
  return [[`${number}. ${mark}`, { bold: shorten(title, LONGEST_TITLE) }, ...facts], ...why];
}

function actionRows(shown: readonly Recording[], actor: Actor): Button[][] {
  const numbered = shown
    .map((recording, at) => ({ recording, number: at + 1 }))
    .filter(({ recording }) => mayChange(actor, recording));
  const running = numbered
    .filter(({ recording }) => !isOver(recording) && recording.state !== 'planned')
    .filter(({ recording }) => !recording.isFromArchive);
  const rows = running
    .slice(0, MOST_RUNNING)
    .map(({ recording, number }) => [
      button(`■ ${number}`, 'stop', recording),
      ...['15', '30', '60'].map((minutes) =>
        button(`${number}: +${minutes} min`, 'more', recording, minutes),
      ),
    ]);
  const removals = numbered.map(({ recording, number }) => button(`✖ ${number}`, 'remove', recording));
  return [...rows, ...rowsOf(removals, PER_ROW).slice(0, 2)];
}

/** To the screen; of a single one, also to its page where people reach the server. */
function playRow(shown: readonly Recording[], context: Context, { buttons }: Messages): Button[] {
  const playable = shown.filter(isPlayable).slice(0, PER_ROW);
  const [first, second] = playable;
  const url = first && !second ? context.recordingUrl(first.id) : null;
  return [
    ...playable.map((recording) => recordingButton(context, recording)),
    ...(url === null ? [] : [{ label: buttons.watch, url }]),
  ];
}

/** For those who may record, a button to the series that are recorded. */
function seriesButton({ context, actor, messages }: Call<Context>): Button[] {
  const count = mayRecord(actor, context) ? context.recordingRules.all().length : 0;
  const action = { command: 'series', values: ['list'] };
  return count === 0 ? [] : [{ label: messages.series.count(count), action }];
}

function button(label: string, verb: Verb, { id }: Recording, ...more: string[]): ActionButton {
  return { label, action: { command: 'recordings', values: [verb, String(id), ...more] } };
}

/** `execute` has let the actor in, so they have a role. */
function toRequester({ id, name, role }: Actor) {
  return { id, name, role };
}
