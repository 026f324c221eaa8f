import type { RecordingPageTexts } from './recording-texts.en.ts';

export const fr: RecordingPageTexts = {
  file: 'Fichier pour VLC',
  address: 'Adresse pour VLC',
  onAir: (channel, when) => `${channel}, ${when}`,
  cannotPlay: 'Ce navigateur ne peut pas lire l’enregistrement : ouvrez le lien dans VLC.',
  cannotShow: 'Ce navigateur n’en montre pas l’image. Sauf pour la radio, ouvrez le lien dans VLC.',
  notReady: 'Il n’y a encore rien à lire.',
};
