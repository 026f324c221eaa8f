import type { FigureTexts } from './figure-texts.en.ts';

export const fr: FigureTexts = {
  title: 'La dernière heure',
  none: 'Les premières valeurs arrivent dix secondes après le démarrage.',
  viewers: 'Spectateurs',
  bitrate: 'Débit',
  bitsIn: 'entrant',
  bitsOut: 'sortant',
  segmentAge: 'Temps depuis le dernier segment',
  switchTime: 'Durée d’un changement de chaîne',
  lag: 'Retard du serveur',
  nothing: 'aucun',
};
