import type { AccountNote } from '../domain/account-trial.ts';
import type { Language } from '../domain/actor.ts';

const en: Readonly<Record<AccountNote, string>> = {
  cleaned: 'Invisible characters, quotes or brackets around what you pasted were removed.',
  from_address: 'The user name and the password were read from the address.',
  from_text: 'The address, the user name and the password were read from the pasted text.',
  address_over_fields:
    'The pasted text has its own user name and password: these were used instead of those in the fields.',
  address_in_username: 'The address was in the user name field.',
  address_in_password: 'The address was in the password field.',
  http_used:
    'The server does not speak https at this address: http is used, so the connection is not encrypted.',
  https_used: 'The server speaks https at this address: https is used.',
  path_dropped: 'The part of the address after the server’s name was left out.',
  decoded:
    'The user name or the password had codes such as %40 in it: they were replaced by the characters that they stand for.',
};

const fr: Readonly<Record<AccountNote, string>> = {
  cleaned: 'Des caractères invisibles, guillemets ou crochets autour de votre texte ont été retirés.',
  from_address: 'L’identifiant et le mot de passe ont été lus dans l’adresse.',
  from_text: 'L’adresse, l’identifiant et le mot de passe ont été lus dans le texte collé.',
  address_over_fields:
    'Le texte collé contient son propre identifiant et mot de passe : ils remplacent ceux des champs.',
  address_in_username: 'L’adresse était dans le champ de l’identifiant.',
  address_in_password: 'L’adresse était dans le champ du mot de passe.',
  http_used: 'Le serveur ne parle pas https à cette adresse : la connexion passe par http, sans chiffrement.',
  https_used: 'Le serveur parle https à cette adresse : la connexion passe par https.',
  path_dropped: 'La partie de l’adresse après le nom du serveur a été ignorée.',
  decoded:
    'L’identifiant ou le mot de passe contenait des codes comme %40 : ils ont été remplacés par les caractères correspondants.',
};

/** The sentence about something that was understood differently from what was typed. */
export function accountNote(language: Language, note: AccountNote): string {
  return { en, fr }[language][note];
}
