import type { Language } from '../domain/actor.ts';

/** Phrases that only Telegram's adapter uses. */
export interface TelegramMessages {
  readonly more: (count: number) => string;
  readonly moreChoices: (count: number) => string;
  /** For a press on somebody else's buttons. */
  readonly notYours: string;
  readonly unknownCommand: (name: string) => string;
  /** @param group its title. */
  readonly mayNotWrite: (group: string) => string;
  readonly putOnScreen: (channel: string) => string;
  readonly watch: (channel: string) => string;
  /** The button below a channel chosen from an inline query. */
  readonly openToWatch: string;
  readonly letMeIn: string;
}

const en: TelegramMessages = {
  more: (count) => `… and ${count} more`,
  moreChoices: (count) => `… and ${count} more: add a word to narrow it down.`,
  notYours: 'These buttons are for the person who asked. Send the command yourself to get your own.',
  unknownCommand: (name) => `I do not know /${name}. /help lists what I can do.`,
  mayNotWrite: (group) =>
    `I cannot write in “${group}”. Ask one of its admins to give me the right to send messages.`,
  putOnScreen: (channel) => `Put ${channel} on the screen?`,
  watch: (channel) => `▶ Watch ${channel}`,
  openToWatch: '▶ Put it on the screen',
  letMeIn: 'Ask to be let in',
};

const fr: TelegramMessages = {
  more: (count) => `… et ${count} de plus`,
  moreChoices: (count) => `… et ${count} de plus : ajoutez un mot pour préciser.`,
  notYours:
    'Ces boutons sont réservés à la personne qui a demandé. Envoyez la commande vous-même pour avoir les vôtres.',
  unknownCommand: (name) => `Je ne connais pas /${name}. /help donne la liste de mes commandes.`,
  mayNotWrite: (group) =>
    `Je n’ai pas le droit d’écrire dans « ${group} ». Demandez à un de ses administrateurs de m’y autoriser.`,
  putOnScreen: (channel) => `Mettre ${channel} à l’écran ?`,
  watch: (channel) => `▶ Regarder ${channel}`,
  openToWatch: '▶ Mettre à l’écran',
  letMeIn: 'Demander l’accès',
};

const all: Readonly<Record<Language, TelegramMessages>> = { en, fr };

export function telegramMessagesIn(language: Language): TelegramMessages {
  return all[language];
}
