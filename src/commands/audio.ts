import { foldWords } from '../catalogue/names/fold.ts';
import { type Asker, asker, languages } from '../domain/actor.ts';
import { type AudioTrack, toLanguage } from '../domain/audio-track.ts';
import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import { AppError } from '../domain/errors.ts';
import { audioNames } from './audio-names.ts';
import { card } from './card.ts';
import type { Call, Command } from './command.ts';
import type { CommandContext } from './context.ts';
import { phrasesIn } from './phrases.ts';
import { record } from './record.ts';
import type { Reply } from './reply.ts';

/** In which language all hear what is on: where none is named, the asker is shown which ones there are. */
export const audioCommand: Command = {
  name: 'audio',
  options: [{ name: 'track', isRequired: false, suggests: false }],
  role: 'controller',
  isPrivate: false,
  async run(call) {
    const { context, actor, language, values } = call;
    const { channel, sound } = context.broadcast.status;
    const [typed = ''] = values.map((value) => value.trim());
    if (!channel) throw new AppError('nothing_on');
    if (sound.tracks.length < 2) throw new AppError('one_audio');
    if (typed === '') return askWhich(call);
    const track = find(sound.tracks, typed);
    if (!track) {
      const names = audioNames(sound.tracks, actor.language).join(', ');
      throw new AppError('unknown_choice', { choice: typed, choices: names });
    }
    return card(await chooseAudio(context, track.id, asker(actor)), context, language);
  },
};

/** Lets all hear another of the tracks of what is on. @throws AppError audio_not_there, or why it could not be had */
export async function chooseAudio(
  context: CommandContext,
  trackId: number,
  askedBy: Asker,
): Promise<BroadcastStatus> {
  const { broadcast, logger } = context;
  logger.info({ trackId, askedBy: askedBy.id }, 'sound asked for');
  const status = await broadcast.chooseAudio(trackId);
  const { tracks } = status.sound;
  const name = audioNames(tracks, 'en')[tracks.findIndex(({ id }) => id === trackId)] ?? '';
  record(context, askedBy, 'audio', `${status.channel?.name}: ${name}`);
  return status;
}

function askWhich({ context, actor }: Call): Reply {
  const { tracks, track: heard } = context.broadcast.status.sound;
  const names = audioNames(tracks, actor.language);
  const buttons = tracks.map(({ id }, at) => {
    const label = `${id === heard?.id ? '● ' : ''}${names[at]}`;
    return [{ label, action: { command: 'audio', values: [`#${id}`] } }];
  });
  return { lines: [[phrasesIn(actor.language).sound.which]], buttons, isPrivate: true };
}

/** By its id from a button, a code, or the beginning of its name in any of our languages. */
function find(tracks: readonly AudioTrack[], typed: string): AudioTrack | undefined {
  if (typed.startsWith('#')) return tracks.find(({ id }) => `#${id}` === typed);
  const code = toLanguage(typed);
  const wish = foldWords(typed);
  const names = languages.map((language) => audioNames(tracks, language).map(foldWords));
  return (
    tracks.find(({ language, isDescription }) => code !== null && language === code && !isDescription) ??
    tracks.find((_, at) => wish !== '' && names.some((all) => all[at]?.startsWith(wish)))
  );
}
