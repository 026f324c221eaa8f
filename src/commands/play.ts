import type { PlayRequest } from '../actions/etiquette.ts';
import { rights } from '../actions/rights.ts';
import { qualities } from '../catalogue/names/tags.ts';
import { chosenChannel } from '../domain/broadcast-status.ts';
import { askWhichChannel, type ChannelChoiceContext, readPressed } from './channel-choice.ts';
import type { Call, Command, Option } from './command.ts';
import { withoutFromTheStart } from './from-the-start.ts';
import { screenOption } from './named-screen.ts';
import { playChannel } from './play-channel.ts';
import {
  type PlayRecordingContext,
  playableRecordings,
  playRecording,
  playTypedRecording,
  recordingTyped,
} from './play-recording.ts';
import { pressedRecording } from './recording-mark.ts';
import type { Action, Reply } from './reply.ts';
import { type ResolveChannelContext, resolveChannel, toQuality } from './resolve-channel.ts';
import { markOfTime, pressedTime } from './time-mark.ts';

export type PlayCommandContext = PlayRecordingContext & ResolveChannelContext & ChannelChoiceContext;

export const qualityOption: Option = {
  name: 'quality',
  isRequired: false,
  suggests: false,
  choices: qualities,
};

export const playCommand: Command<PlayCommandContext> = {
  name: 'play',
  options: [{ name: 'channel', isRequired: true, suggests: true }, qualityOption, screenOption],
  role: rights.play.role,
  isPrivate: false,
  run: (call) => {
    const { context, values } = call;
    const [typed = ''] = values;
    const recording = pressedRecording(context.marks, values);
    if (recording !== null)
      return playRecording(call, recording, confirmed(context, values[1] ?? '')?.insteadOf);
    const title = recordingTyped(typed);
    const recordings = title === null ? [] : playableRecordings(context, title);
    // Without any, it may be a channel's name.
    if (title !== null && (recordings.length > 0 || playableRecordings(context, '').length > 0))
      return playTypedRecording(call, title, recordings);
    const from = pressedTime(call.context.marks, call.values);
    return from === null ? playTyped(call, call.values) : playTyped(call, call.values.slice(1), from);
  },
};

/**
 * Plays the channel that somebody typed, or asks which one they mean.
 * @param values the channel and the quality. @param from a time of the programme that is wanted from its start, as `play` takes it.
 */
async function playTyped(
  call: Call<PlayCommandContext>,
  [typed = '', quality = '']: readonly string[],
  from = fromOf(call, typed),
): Promise<Reply> {
  const { context, screen } = call;
  const text = withoutFromTheStart(typed) ?? typed;
  const { wanted, ...confirmations } = confirmed(context, text) ?? { wanted: text };
  const onAir = chosenChannel(screen.broadcast.status);
  if (from !== undefined && text === '' && onAir) return playChannel(call, { channelId: onAir.id, from });
  const found = await resolveChannel(call, { typed: wanted, quality: toQuality(quality) });
  if (found.kind === 'one') return playChannel(call, { channelId: found.channel.id, from, ...confirmations });
  const what: Action = { command: 'play', values: from === undefined ? [] : [markOfTime(from)] };
  return askWhichChannel(call, text.trim(), found, what, 'play');
}

/** "tf1 from the start" means the running programme; "from the start" alone means the one on air. */
function fromOf({ context, screen }: Call<PlayCommandContext>, typed: string): number | undefined {
  const channel = withoutFromTheStart(typed);
  if (channel === null) return undefined;
  const { past } = screen.broadcast.status;
  return channel === '' && past ? past.start : context.clock.now();
}

/**
 * A button may name what its question was about: "~112!~134" plays 112 instead of 134, "~112!~134!7" also interrupts recording 7,
 * and "~112!~134!7a" takes that from the archive afterwards. Where nothing is on air, there is nothing between the marks.
 */
function confirmed(
  { marks }: PlayCommandContext,
  typed: string,
): ({ wanted: string } & Omit<PlayRequest, 'channelId' | 'from'>) | null {
  const [wanted = '', about, cut = ''] = typed.split('!');
  if (about === undefined || marks.read(wanted) === null) return null;
  const onAir = about === '' ? 'unknown' : readPressed(marks, about);
  if (onAir === null) return null;
  const [, id, archive] = /^(\d{1,10})(a?)$/.exec(cut) ?? [];
  return {
    wanted,
    ...(onAir === 'unknown' ? {} : { insteadOf: onAir }),
    ...(id === undefined ? {} : { interrupting: Number(id), isRecordedAfterwards: archive === 'a' }),
  };
}
