import type { GuideMatchTexts } from './guide-match-texts.en.ts';

export const fr: GuideMatchTexts = {
  guideOf: (name) => `Guide de ${name}`,
  noGuide: 'Pas de guide : en choisir un',
  byHand: (guide) => `Actuellement : ${guide}, choisi à la main.`,
  byItself: (guide, percent) => `Actuellement : ${guide}, trouvé automatiquement (sûr à ${percent} %).`,
  chosenNone: 'Actuellement : sans guide, choisi à la main.',
  none: 'Actuellement : aucun guide trouvé.',
  search: 'Chercher un guide',
  candidates: 'Guides ressemblants',
  nothing: 'Aucun guide n’a un nom ressemblant. Essayez un autre mot.',
  nowOn: (title) => `En ce moment : ${title}`,
  percent: (percent) => `${percent} %`,
  automatic: 'Trouver automatiquement',
  without: 'Sans guide',
  saved: (name) => `Le guide de ${name} est choisi.`,
};
