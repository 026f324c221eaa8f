import { type RecordContext, type RecordWish, record } from '../actions/record.ts';
import { shortageOf } from '../actions/recording-shortage.ts';
import { rights } from '../actions/rights.ts';
import { type WaysOutContext, waysOutOf } from '../actions/ways-out.ts';
import { labelOf } from '../catalogue/channel-title.ts';
import { withGuide } from '../catalogue/guide/with-guide.ts';
import { type Channel, inLanguage, type Programme } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { Recording } from '../domain/recording.ts';
import { dueTimes } from '../recordings/due-times.ts';
import type { Line } from '../words/line.ts';
import { shortageSentence } from '../words/shortage-sentence.ts';
import { askWhichChannel, type ChannelChoiceContext } from './channel-choice.ts';
import type { Call, Command } from './command.ts';
import { screenOption } from './named-screen.ts';
import {
  nextAt,
  nextRange,
  type RecordTime,
  readRecordTime,
  splitRecordTime,
  wordOfRecordTime,
} from './record-time.ts';
import type { Button, Reply } from './reply.ts';
import { type ResolveChannelContext, resolveChannelOrOnAir } from './resolve-channel.ts';
import { seriesButtons } from './series-button.ts';
import { timeOfMark } from './time-mark.ts';
import { wayOutButtons } from './ways-out.ts';

interface Context extends WaysOutContext, ResolveChannelContext, ChannelChoiceContext {
  readonly catalogue: ResolveChannelContext['catalogue'] & WaysOutContext['catalogue'];
  readonly favourites: ResolveChannelContext['favourites'];
  readonly marks: ChannelChoiceContext['marks'];
  readonly guide: ResolveChannelContext['guide'] & RecordContext['guide'];
}

/** What is recorded: a programme that began at a time, a stretch of time, or the running programme. */
type When = RecordTime | { readonly kind: 'programme'; readonly at: number };

const MINUTE = 60_000;
/** Milliseconds that are recorded where no guide tells when the programme ends. */
const WITHOUT_GUIDE = 120 * MINUTE;
/** The time of an evening's programme, in minutes since midnight. */
const EVENING = { from: 20 * 60 + 30, to: 23 * 60 + 30 };
/** Milliseconds to wait for the provider's guide. */
const PATIENCE = 5_000;

/** Records a channel: the running programme, a time, or the evening's programme. */
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
    const { context, actor } = call;
    const { text, when } = readWish(context, call.values);
    const found = await resolveChannelOrOnAir(call, text);
    if (found.kind !== 'one') {
      const words = when === null || when.kind === 'programme' ? 'now' : wordOfRecordTime(when);
      return askWhichChannel(call, text, found, { command: 'record', values: [words] }, 'record');
    }
    const channel = context.catalogue.snapshot().byId.get(found.channel.id);
    if (!channel) throw new AppError('channel_gone');
    const { id, name, role } = actor;
    const planned = await record(context, { id, name, role }, await timesOf(call, channel, when));
    return reply(call, planned);
  },
};

/**
 * The channel and the time as they were typed or pressed.
 * @throws AppError record_when
 */
function readWish(
  { marks }: Pick<Context, 'marks'>,
  [first = '', second = '']: readonly string[],
): { readonly text: string; readonly when: When | null } {
  const at = timeOfMark(first);
  const isPressed = second !== '' && marks.read(second) !== null;
  if (isPressed && at !== null) return { text: second, when: { kind: 'programme', at } };
  // A choice among several channels.
  if (isPressed) return { text: second, when: readRecordTime(first) };
  const { text, time } = splitRecordTime(first);
  const given = readRecordTime(second);
  if (second.trim() !== '' && !given) throw new AppError('record_when', { time: second.trim() });
  return { text, when: given ?? time };
}

async function timesOf(
  { context, language }: Call<Context>,
  channel: Channel,
  when: When | null,
): Promise<RecordWish> {
  const { clock } = context;
  const now = clock.now();
  const channelId = channel.id;
  const guided = async (from: number, to: number) =>
    (await context.guide.between(withGuide(context, channel), from, to, PATIENCE)).map((each) =>
      inLanguage(each, language),
    );
  switch (when?.kind) {
    case 'range': {
      const { start, stop } = nextRange(when.from, when.to, now);
      return { channelId, start, stop };
    }
    case 'until':
      return { channelId, start: now, stop: nextAt(when.to, now) };
    case 'for':
      return { channelId, start: now, stop: now + when.minutes * MINUTE };
    case 'tonight': {
      const { start, stop } = nextRange(EVENING.from, EVENING.to, now);
      const shared = (each: Programme) => Math.min(each.stop, stop) - Math.max(each.start, start);
      const [most] = (await guided(start, stop))
        .filter((each) => each.stop > now)
        .toSorted((one, other) => shared(other) - shared(one));
      return most ? { channelId, programme: most } : { channelId, start, stop };
    }
    default: {
      const at = when?.at ?? now;
      const [running] = await guided(at, at + 1);
      if (running) return { channelId, programme: running };
      const start = Math.max(at, now);
      return { channelId, start, stop: start + WITHOUT_GUIDE };
    }
  }
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
