export interface GuideMatchTexts {
  readonly guideOf: (name: string) => string;
  readonly noGuide: string;
  readonly byHand: (guide: string) => string;
  readonly byItself: (guide: string, percent: number) => string;
  readonly chosenNone: string;
  readonly none: string;
  readonly search: string;
  readonly candidates: string;
  readonly nothing: string;
  readonly nowOn: (title: string) => string;
  readonly percent: (percent: number) => string;
  readonly automatic: string;
  readonly without: string;
  readonly saved: (name: string) => string;
}

export const en: GuideMatchTexts = {
  guideOf: (name) => `Guide of ${name}`,
  noGuide: 'No guide: choose one',
  byHand: (guide) => `Now: ${guide}, chosen by hand.`,
  byItself: (guide, percent) => `Now: ${guide}, found automatically (${percent} % sure).`,
  chosenNone: 'Now: no guide, chosen by hand.',
  none: 'Now: no guide found.',
  search: 'Search guides',
  candidates: 'Similar guides',
  nothing: 'No guide has a similar name. Try another word.',
  nowOn: (title) => `On now: ${title}`,
  percent: (percent) => `${percent} %`,
  automatic: 'Find automatically',
  without: 'No guide',
  saved: (name) => `The guide of ${name} is chosen.`,
};
