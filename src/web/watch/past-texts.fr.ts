import type { PastTexts } from './past-texts.en.ts';

/** The French texts about the past of a screen. */
export const fr: PastTexts = {
  timeline: 'Frise du temps',
  back30: 'Reculer de 30 secondes',
  forward30: 'Avancer de 30 secondes',
  fromStart: 'Depuis le début de cette émission',
  keyBack: 'reculer de 30 secondes',
  keyForward: 'avancer de 30 secondes',
  keyStart: 'début de cette émission',
  keyHome: 'Début',
  atMoment: (time, what) => (what === '' ? time : `${time}, ${what}`),
  atLive: 'Direct',
  nothingThen: 'Rien n’était diffusé',
  liveNow: 'En direct :',
  momentGone: 'Ce moment n’est plus conservé. Voici le direct.',
  shareMoment: 'Copier un lien vers ce moment',
  momentCopied: (time) => `Lien vers ${time} copié`,
};
