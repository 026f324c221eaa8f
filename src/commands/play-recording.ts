import type { PlayRequest } from '../actions/etiquette.ts';
import { isPlayable } from '../actions/play-recording.ts';
import { findLike } from '../catalogue/names/find-like.ts';
import type { Recording } from '../domain/recording.ts';
import { shorten } from '../lib/shorten.ts';
import type { Recordings } from '../recordings/recordings.ts';
import { sentence } from '../words/sentence.ts';
import type { MarksContext } from './channel-choice.ts';
import type { Call } from './command.ts';
import { type PlayChannelContext, playChannel } from './play-channel.ts';
import { markOfRecording } from './recording-mark.ts';
import type { ActionButton, Reply } from './reply.ts';

export interface PlayRecordingContext extends PlayChannelContext {
  readonly recordings: PlayChannelContext['recordings'] & Pick<Recordings, 'all' | 'get'>;
}

const MOST_OFFERED = 5;
const LONGEST_QUERY = 80;
const LONGEST_TITLE = 60;

/** What people write in front of a recording's title, in both languages, whatever theirs is. */
const prefix = /^(?:recordings?|enregistrements?)(?:\s+|$)/iu;

/** The title in "recording matrix"; null where no recording is meant. */
export function recordingTyped(typed: string): string | null {
  const text = typed.normalize('NFC').trim();
  return prefix.test(text) ? text.replace(prefix, '') : null;
}

/** Those that can be shown, the latest first; with a title, those that it may mean, best first. */
export function playableRecordings(
  { recordings }: Pick<PlayRecordingContext, 'recordings'>,
  title: string,
): Recording[] {
  const all = recordings
    .all()
    .filter(isPlayable)
    .toSorted((one, other) => other.start - one.start);
  return title === '' ? all : findLike(all, title, ({ title, channelName }) => [title, channelName]);
}

/** Plays the recording that somebody typed, or asks which one they mean. @param found at least one where `title` is empty */
export async function playTypedRecording(
  call: Call<PlayRecordingContext>,
  title: string,
  found: readonly Recording[],
): Promise<Reply> {
  const [first, second] = found;
  if (first && (!second || isClear(found, title))) return playRecording(call, first.id);
  const { context, actor, messages } = call;
  const offered = found.length > 0 ? found : playableRecordings(context, '');
  const buttons = offered.slice(0, MOST_OFFERED).map((each) => [recordingButton(context, each)]);
  const query = shorten(title.trim(), LONGEST_QUERY);
  const text =
    found.length > 0 ? messages.recorded.which : sentence(actor.language, 'no_recording_like', { query });
  return { lines: [[text]], buttons, isPrivate: true };
}

/** Several showings of one title are no question about the title: the latest is meant. */
function isClear(found: readonly Recording[], title: string): boolean {
  return title !== '' && new Set(found.map((each) => each.title)).size === 1;
}

/** @throws AppError recording_unknown, and as `play` */
export function playRecording(
  call: Call<PlayRecordingContext>,
  id: number,
  insteadOf?: PlayRequest['insteadOf'],
): Promise<Reply> {
  const { channelId } = call.context.recordings.get(id);
  return playChannel(call, { channelId, recording: id, insteadOf });
}

/** A button that shows a recording on the screen. */
export function recordingButton(
  { marks }: MarksContext,
  { id, channelId, channelName, title }: Pick<Recording, 'id' | 'channelId' | 'channelName' | 'title'>,
): ActionButton {
  const channel = marks.of({ id: channelId, name: channelName });
  return {
    label: `▶ ${shorten(title, LONGEST_TITLE)}`,
    action: { command: 'play', values: [markOfRecording(id), channel] },
  };
}
