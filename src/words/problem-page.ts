import type { Language } from '../domain/actor.ts';

/** The texts of pages about a problem, besides the sentence of the error. */
export interface ProblemPageMessages {
  readonly titles: {
    readonly logIn: string;
    readonly forbidden: string;
    readonly nothing: string;
    readonly ended: string;
    readonly wait: string;
    readonly failed: string;
    readonly otherName: string;
  };
  readonly askBot: (command: '/login' | '/watch' | '/vlc') => string;
  /** Where there is no bot to ask. */
  readonly askOwner: string;
  readonly console: string;
  readonly again: string;
}

const words: Readonly<Record<Language, ProblemPageMessages>> = {
  en: {
    titles: {
      logIn: 'Log in first',
      forbidden: 'You may not open this',
      nothing: 'Page not found',
      ended: 'This link has ended',
      wait: 'One moment',
      failed: 'That did not work',
      otherName: 'Unknown address',
    },
    askBot: (command) => `Send ${command} to the bot in the chat: it gives you a link.`,
    askOwner: 'Ask the person who invited you for a new link.',
    console: 'Open Zapette',
    again: 'Try again',
  },
  fr: {
    titles: {
      logIn: 'Connectez-vous d’abord',
      forbidden: 'Vous n’avez pas accès à cette page',
      nothing: 'Page introuvable',
      ended: 'Ce lien n’est plus valable',
      wait: 'Un instant',
      failed: 'Une erreur est survenue',
      otherName: 'Adresse inconnue',
    },
    askBot: (command) => `Envoyez ${command} au bot, dans la discussion : il vous donnera un lien.`,
    askOwner: 'Demandez un nouveau lien à la personne qui vous a invité.',
    console: 'Ouvrir Zapette',
    again: 'Réessayer',
  },
};

export function problemPageMessagesIn(language: Language): ProblemPageMessages {
  return words[language];
}
