import type { Language } from '../domain/actor.ts';

/** What pages about a problem say besides the problem's own sentence. */
export interface ProblemWords {
  readonly titles: {
    readonly logIn: string;
    readonly forbidden: string;
    readonly nothing: string;
    readonly ended: string;
    readonly wait: string;
    readonly failed: string;
  };
  readonly askBot: (command: '/login' | '/watch' | '/vlc') => string;
  /** For whoever has no bot to ask. */
  readonly askOwner: string;
  readonly console: string;
  readonly again: string;
}

const words: Readonly<Record<Language, ProblemWords>> = {
  en: {
    titles: {
      logIn: 'Log in first',
      forbidden: 'You may not open this',
      nothing: 'Nothing here',
      ended: 'This link has ended',
      wait: 'One moment',
      failed: 'That did not work',
    },
    askBot: (command) => `In the chat, write ${command} to the bot: it gives you a link.`,
    askOwner: 'Ask whoever invited you for a new link.',
    console: 'Open Zapette',
    again: 'Try again',
  },
  fr: {
    titles: {
      logIn: 'Connectez-vous d’abord',
      forbidden: 'Vous n’avez pas accès à cette page',
      nothing: 'Il n’y a rien ici',
      ended: 'Ce lien ne marche plus',
      wait: 'Un instant',
      failed: 'Cela n’a pas marché',
    },
    askBot: (command) => `Dans la discussion, écrivez ${command} au bot : il vous donnera un lien.`,
    askOwner: 'Demandez un nouveau lien à la personne qui vous a invité.',
    console: 'Ouvrir Zapette',
    again: 'Réessayer',
  },
};

export function problemWordsIn(language: Language): ProblemWords {
  return words[language];
}
