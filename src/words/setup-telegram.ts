import type { Language } from '../domain/actor.ts';
import type { BotState } from '../domain/bot-state.ts';

type Sentences = Readonly<Record<BotState, string>>;

const en: Sentences = {
  off: 'The bot is off: paste its token to turn it on.',
  starting: 'The bot is starting.',
  on: 'The bot is on.',
  commands_refused:
    'The bot is on, but Telegram did not accept its list of commands: it tries again every five minutes.',
  refused:
    'Telegram does not accept the token any more: get the present one from @BotFather (/mybots, your bot, API Token) and paste it.',
  not_invited: 'The bot is in no group yet: add it to one.',
  conflict: 'Another program uses the same bot: stop it, or make another bot with @BotFather.',
  unreachable:
    'Telegram cannot be reached: the bot keeps trying. Check this machine’s internet connection if that lasts.',
  broken: 'An error stopped the bot: it keeps trying. The log says which error.',
};

const fr: Sentences = {
  off: 'Le bot est désactivé : collez son jeton pour l’activer.',
  starting: 'Le bot démarre.',
  on: 'Le bot est en marche.',
  commands_refused:
    'Le bot est en marche, mais Telegram n’a pas accepté la liste de ses commandes : il réessaie toutes les cinq minutes.',
  refused:
    'Telegram n’accepte plus le jeton : demandez le jeton actuel à @BotFather (/mybots, votre bot, API Token) et collez-le.',
  not_invited: 'Le bot n’est encore dans aucun groupe : ajoutez-le à un groupe.',
  conflict: 'Un autre programme utilise le même bot : arrêtez-le, ou créez un autre bot avec @BotFather.',
  unreachable:
    'Telegram est injoignable : le bot continue d’essayer. Si cela dure, vérifiez la connexion internet de cette machine.',
  broken: 'Une erreur a arrêté le bot : il continue d’essayer. Le journal dit laquelle.',
};

const all: Readonly<Record<Language, Sentences>> = { en, fr };

/** The state of Telegram's bot as a sentence for the set-up page, where the field for the token is. */
export function telegramStateSentences(language: Language): Sentences {
  return all[language];
}
