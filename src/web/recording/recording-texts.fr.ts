import type { RecordingPageTexts } from './recording-texts.en.ts';

export const fr: RecordingPageTexts = {
  file: 'Fichier pour VLC',
  onAir: (channel, when) => `${channel}, ${when}`,
  cannotPlay: 'Ce navigateur ne peut pas lire l’enregistrement : ouvrez le fichier dans VLC.',
  notReady: 'Il n’y a encore rien à lire.',
};
