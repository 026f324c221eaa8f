import type { Language } from '../domain/actor.ts';
import type { DiscordStage } from '../domain/discord-look.ts';

/** How the set-up of Discord stands and what to do, on a page that has the token's field and the invitation. */
export type DiscordSetUpMessages = Readonly<Record<Exclude<DiscordStage, 'on'>, string>> & {
  /** @param server the name of the one server where the bot works, null for several. */
  readonly on: (server: string | null) => string;
};

const en: DiscordSetUpMessages = {
  off: 'Discord is off: paste the bot’s token to turn it on.',
  starting: 'The bot is starting: this takes a few seconds.',
  on: (server) =>
    server === null
      ? 'The bot is on: type /play in a channel of one of its servers.'
      : `The bot is on: type /play in a channel of ${server}.`,
  no_server: 'The token is right: now invite the bot to your server.',
  not_invited:
    'The bot is not in the chosen server, or may not offer its commands there: invite it again, or choose another server.',
  code_grant:
    'Discord would refuse the invitation: in the Developer Portal, open the page Bot and turn off “Requires OAuth2 Code Grant”.',
  interactions_url:
    'Discord sends the commands to another address: in the Developer Portal, open the page General Information and empty “Interactions Endpoint URL”.',
  commands_refused:
    'The bot is on, but Discord refused its new commands: the old ones stay, and Zapette tries again. The log says why.',
  refused:
    'Discord no longer accepts the token: in the Developer Portal, open the page Bot, press Reset Token, then paste the new token here.',
  unreachable:
    'Discord cannot be reached: Zapette keeps trying. Check the internet connection of this machine.',
  conflict: 'Another program stopped the bot: Zapette keeps trying. The log says more.',
  broken: 'An error stopped the bot: Zapette keeps trying. The log says which.',
};

const fr: DiscordSetUpMessages = {
  off: 'Discord est désactivé : collez le jeton du bot pour l’activer.',
  starting: 'Le bot démarre : cela prend quelques secondes.',
  on: (server) =>
    server === null
      ? 'Le bot est en marche : tapez /play dans un salon d’un de ses serveurs.'
      : `Le bot est en marche : tapez /play dans un salon de ${server}.`,
  no_server: 'Le jeton est bon : invitez maintenant le bot sur votre serveur.',
  not_invited:
    'Le bot n’est pas sur le serveur choisi, ou ne peut pas y proposer ses commandes : invitez-le de nouveau, ou choisissez un autre serveur.',
  code_grant:
    'Discord refuserait l’invitation : dans le Developer Portal, ouvrez la page Bot et désactivez « Requires OAuth2 Code Grant ».',
  interactions_url:
    'Discord envoie les commandes à une autre adresse : dans le Developer Portal, ouvrez la page General Information et videz « Interactions Endpoint URL ».',
  commands_refused:
    'Le bot est en marche, mais Discord a refusé ses nouvelles commandes : les anciennes restent, et Zapette réessaie. Le journal dit pourquoi.',
  refused:
    'Discord n’accepte plus le jeton : dans le Developer Portal, ouvrez la page Bot, cliquez sur Reset Token, puis collez ici le nouveau jeton.',
  unreachable:
    'Discord est injoignable : Zapette réessaie. Vérifiez la connexion à Internet de cette machine.',
  conflict: 'Un autre programme a arrêté le bot : Zapette réessaie. Le journal en dit plus.',
  broken: 'Une erreur a arrêté le bot : Zapette réessaie. Le journal dit laquelle.',
};

const all: Readonly<Record<Language, DiscordSetUpMessages>> = { en, fr };

export function discordSetUpMessagesIn(language: Language): DiscordSetUpMessages {
  return all[language];
}
