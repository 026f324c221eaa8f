import { type ChooseAudioContext, chooseAudio } from '../actions/choose-audio.ts';
import { rights } from '../actions/rights.ts';
import { foldWords } from '../catalogue/names/fold.ts';
import { languages } from '../domain/actor.ts';
import { type AudioTrack, toLanguage } from '../domain/audio-track.ts';
import { AppError } from '../domain/errors.ts';
import { audioNames, auditNameOf } from '../words/audio-names.ts';
import { messagesIn } from '../words/messages-in.ts';
import { type CardContext, card } from './card.ts';
import type { Call, Command } from './command.ts';
import { screenOption } from './named-screen.ts';
import type { Reply } from './reply.ts';

type Context = ChooseAudioContext & CardContext;

/** Chooses the audio track for everybody; without a track it shows the asker which ones there are. */
export const audioCommand: Command<Context> = {
  name: 'audio',
  options: [{ name: 'track', isRequired: false, suggests: false }, screenOption],
  role: rights.audio.role,
  isPrivate: false,
  async run(call) {
    const { context, screen, actor, values } = call;
    const { channel, sound } = screen.broadcast.status;
    const [typed = ''] = values.map((value) => value.trim());
    if (!channel) throw new AppError('nothing_on');
    if (sound.tracks.length < 2) throw new AppError('one_audio');
    if (typed === '') return askWhichTrack(call);
    const track = find(sound.tracks, typed);
    if (!track) {
      const names = audioNames(sound.tracks, actor.language).join(', ');
      throw new AppError('unknown_choice', { choice: typed, choices: names });
    }
    const status = await chooseAudio(context, screen, actor, track.id, auditNameOf);
    return card(status, call);
  },
};

function askWhichTrack({ screen, actor }: Call<Context>): Reply {
  const { tracks, track: heard } = screen.broadcast.status.sound;
  const names = audioNames(tracks, actor.language);
  const buttons = tracks.map(({ id }, at) => {
    const label = `${id === heard?.id ? '● ' : ''}${names[at]}`;
    return [{ label, action: { command: 'audio', values: [`#${id}`] } }];
  });
  return { lines: [[messagesIn(actor.language).sound.which]], buttons, isPrivate: true };
}

/** Finds a track by its id from a button, a language code, or the beginning of its name in any of our languages. */
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
