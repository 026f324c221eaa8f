import type { ClipTexts } from './clip-texts.en.ts';

/** The French texts about clips. */
export const fr: ClipTexts = {
  title: 'Extrait',
  make: 'Extrait des 30 dernières secondes',
  key: 'extrait des 30 dernières secondes',
  cutting: 'Découpe des 30 dernières secondes…',
  done: (title) =>
    `L’extrait « ${title} » est prêt. Quiconque a le lien peut le regarder pendant une semaine.`,
  link: 'Lien vers l’extrait',
  open: 'Ouvrir',
  again: 'Réessayer',
};
