import { mayRecord, type RecordingQuota } from '../actions/recording-quota.ts';
import type { Channel, Programme } from '../domain/channel.ts';
import { channelButton, type MarksContext } from './channel-choice.ts';
import type { Call } from './command.ts';
import type { Action, ActionButton } from './reply.ts';
import { markOfTime } from './time-mark.ts';

/** What of a series is recorded. */
export interface SeriesChoice {
  /** Without what the guide calls a repeat. */
  readonly isNewOnly: boolean;
  /** Only on the channel of the programme that was pressed. */
  readonly isThisChannel: boolean;
}

/** People press it on a channel, which others show in other languages. */
export const wholeSeries: SeriesChoice = { isNewOnly: false, isThisChannel: true };

/** For those who may record, a button that asks whether to record the series of a programme; none for others. */
export function seriesButtons(
  { context, actor, messages }: Pick<Call<MarksContext & RecordingQuota>, 'context' | 'actor' | 'messages'>,
  channel: Pick<Channel, 'id' | 'name'>,
  { start }: Pick<Programme, 'start'>,
  label: string = messages.buttons.recordSeries,
): ActionButton[] {
  if (!mayRecord(actor, context)) return [];
  return [channelButton(context, channel, label, seriesAction('ask', wholeSeries, markOfTime(start)))];
}

/** The action of a button about a programme's series, to which the channel is added. @param time the mark of the programme */
export function seriesAction(verb: 'ask' | 'add', choice: SeriesChoice, time: string): Action {
  const letters = `${choice.isThisChannel ? 'c' : ''}${choice.isNewOnly ? 'n' : ''}`;
  return { command: 'series', values: [verb, letters || '-', time] };
}

/** What the letters of a button say. */
export function readSeriesChoice(letters: string): SeriesChoice {
  return { isNewOnly: letters.includes('n'), isThisChannel: letters.includes('c') };
}
