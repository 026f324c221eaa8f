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
  /** To the person who has sent the code of the set-up page. */
  readonly youAreOwner: (name: string) => string;
  readonly ownerMay: string;
  readonly addToGroup: string;
  /** For a code that is wrong, used or expired. */
  readonly ownerCodeEnded: string;
  /** For a code that was sent to a group. */
  readonly ownerCodeSeen: string;
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
  youAreOwner: (name) => `You are an admin of Zapette now, ${name}.`,
  ownerMay:
    'Send /play and a channel’s name to put it on the screen; /help lists everything else. To watch with others, add me to a group, then allow the group on the set-up page.',
  addToGroup: 'Add me to a group',
  ownerCodeEnded:
    'This link does not make you an admin: it has been used, or is older than 15 minutes. If this is your bot, make a new link on the set-up page.',
  ownerCodeSeen:
    'I take this code in a private chat only: others could read it here, so it no longer works. Make a new link on the set-up page and open it there.',
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
  youAreOwner: (name) => `Vous êtes maintenant administrateur de Zapette, ${name}.`,
  ownerMay:
    'Envoyez /play et le nom d’une chaîne pour la mettre à l’écran ; /help donne la liste du reste. Pour regarder à plusieurs, ajoutez-moi à un groupe, puis autorisez ce groupe sur la page de configuration.',
  addToGroup: 'M’ajouter à un groupe',
  ownerCodeEnded:
    'Ce lien ne vous nomme pas administrateur : il a déjà servi, ou date de plus de 15 minutes. Si ce bot est le vôtre, créez un nouveau lien sur la page de configuration.',
  ownerCodeSeen:
    'Je n’accepte ce code que dans une discussion privée : d’autres pourraient le lire ici, il ne marche donc plus. Créez un nouveau lien sur la page de configuration et ouvrez-le depuis celle-ci.',
};

const all: Readonly<Record<Language, TelegramMessages>> = { en, fr };

export function telegramMessagesIn(language: Language): TelegramMessages {
  return all[language];
}
