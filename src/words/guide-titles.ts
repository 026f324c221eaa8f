import type { Language } from '../domain/actor.ts';

/** The titles in the guide that players fetch, beside those of programmes. */
export interface GuideTitles {
  /** A programme of a channel, on a screen that shows one channel after another. */
  readonly of: (channel: string, programme: string) => string;
  /** A time of a screen about which nothing is known yet. */
  readonly live: string;
}

const titles: Readonly<Record<Language, GuideTitles>> = {
  en: {
    of: (channel, programme) => `${channel}: ${programme}`,
    live: 'Live: chosen in chat',
  },
  fr: {
    of: (channel, programme) => `${channel}\u00a0: ${programme}`,
    live: 'Direct\u00a0: choisi dans le chat',
  },
};

export function guideTitlesIn(language: Language): GuideTitles {
  return titles[language];
}
