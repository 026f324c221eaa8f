import type { PlayRequest } from '../actions/etiquette.ts';
import { isPlayable } from '../actions/play-recording.ts';
import { AppError } from '../domain/errors.ts';
import type { Recording } from '../domain/recording.ts';
import { shorten } from '../lib/shorten.ts';
import type { Recordings } from '../recordings/recordings.ts';
import { sentence } from '../words/sentence.ts';
import type { MarksContext } from './channel-choice.ts';
import type { Call } from './command.ts';
import { type PlayChannelContext, playChannel } from './play-channel.ts';
import { markOfRecording } from './recording-mark.ts';
import { recordingsLike } from './recordings-like.ts';
import type { ActionButton, Reply } from './reply.ts';
import { misspelt } from './typed/words.ts';

export interface PlayRecordingContext extends PlayChannelContext {
  readonly recordings: PlayChannelContext['recordings'] & Pick<Recordings, 'all' | 'get'>;
}

const MOST_OFFERED = 5;
const LONGEST_QUERY = 80;
const LONGEST_TITLE = 60;

/** What people write in front of a recording's title, in both languages, whatever theirs is. */
const prefix =
  /^(?:(?:the|my|le|la|l['’]|mon)\s*)?(?:(last|latest|newest|dernier)\s+)?(?:recordings?|enregistrements?)(?:\s+(?:of|de|du|des))?(?:\s+|$)/iu;
const nouns = ['recording', 'recordings', 'enregistrement', 'enregistrements'];

/** The title in "recording matrix", and "latest" where that is asked for; null where no recording is meant. */
export function recordingTyped(typed: string): string | null {
  const text = typed
    .normalize('NFC')
    .trim()
    .replace(/^\S+(?:\s+\S+){0,2}/u, (words) =>
      words.replace(/\S+/gu, (word) => misspelt(word.toLowerCase(), nouns) ?? word),
    );
  const found = prefix.exec(text);
  if (!found) return null;
  const title = text.slice(found[0].length);
  return found[1] === undefined ? title : `latest ${title}`.trim();
}

/** Those that can be shown, the latest first; with a title, those that it may mean, best first. @throws AppError recording_not_ready */
export function playableRecordings(
  { recordings }: Pick<PlayRecordingContext, 'recordings'>,
  title: string,
): Recording[] {
  const all = recordings.all().toSorted((one, other) => other.start - one.start);
  const meant = title === '' ? all : recordingsLike(all, title);
  const playable = meant.filter(isPlayable);
  if (
    playable.length === 0 &&
    title !== '' &&
    meant.some(({ state }) => state === 'planned' || state === 'waiting')
  )
    throw new AppError('recording_not_ready');
  return playable;
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
