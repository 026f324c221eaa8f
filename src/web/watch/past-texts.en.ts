/** The texts about the past of a screen. */
export const en = {
  timeline: 'Timeline',
  back30: 'Back 30 seconds',
  forward30: 'Forward 30 seconds',
  fromStart: 'From the start of this programme',
  keyBack: 'back 30 seconds',
  keyForward: 'forward 30 seconds',
  keyStart: 'start of this programme',
  keyHome: 'Home',
  atMoment: (time: string, what: string) => (what === '' ? time : `${time}, ${what}`),
  atLive: 'Live',
  nothingThen: 'Nothing was on',
  liveNow: 'Live now:',
  momentGone: 'That moment is no longer kept. This is live.',
  shareMoment: 'Copy a link to this moment',
  momentCopied: (time: string) => `Link to ${time} copied`,
};

export type PastTexts = typeof en;
