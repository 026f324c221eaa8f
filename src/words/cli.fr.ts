import type { CliMessages } from './cli.ts';

const number = (count: number, one: string, many: string) =>
  `${count.toLocaleString('fr')} ${count < 2 ? one : many}`;
export const fr: CliMessages = {
  help: `Zapette garde une chaîne de télévision à l’antenne, et chacun choisit ce qui y passe.

  zapette                     démarrer le serveur
  zapette doctor              dire ce qui marche, ce qui ne marche pas, et que faire
  zapette export <fichier>    mettre les réglages, les personnes, les liens et les
                              clés dans un fichier que seule une phrase secrète ouvre
  zapette import <fichier>    remplacer tout cela par un fichier exporté
          --yes               sans demander
  zapette help                ce texte
  zapette --version           la version

Les réglages sont lus dans l’environnement et dans .env, comme le fait le serveur.
Sans terminal, la phrase secrète est la première ligne de l’entrée standard.`,
  unknownCommand: (command) => `La commande « ${command} » n’existe pas : zapette help les donne toutes.`,
  unknownOption: (option) => `L’option « ${option} » n’existe pas ici : zapette help les donne toutes.`,
  tooMany: (argument) => `« ${argument} » est de trop : zapette help montre comment écrire la commande.`,
  fileMissing: (command) => `Indiquez le fichier : zapette ${command} <fichier>`,
  notYours: (path) =>
    `Cet utilisateur ne peut pas lire ${path} : lancez la commande avec l’utilisateur de Zapette (sudo -u …), ou en root.`,
  cancelled: 'Annulé : rien n’a changé.',

  finding: (topic, text) => `${topic} : ${text}`,
  isAsked: (url) => `Zapette tourne à l’adresse ${url} et répond :`,
  isOff: (path) => `Zapette ne tourne pas sur ${path}. À son démarrage :`,
  topics: { server: 'Serveur', settings: 'Réglages', port: 'Port', keys: 'Clés' },
  noAnswer: (path, url) =>
    `une instance de Zapette utilise ${path}, mais ne répond pas à l’adresse ${url} : si elle a été démarrée avec d’autres réglages, relancez cette commande avec les mêmes ; sinon, lisez son journal.`,
  goodSettings: 'bons',
  leftOut: (name) =>
    `${name} n’est pas valable dans settings.json, et n’est pas pris en compte : corrigez-le sur la page de réglages.`,
  portIsFree: (port) => `${port} est libre`,

  holdings: (settings, people, favourites, history) =>
    [
      number(settings, 'réglage', 'réglages'),
      number(people, 'personne', 'personnes'),
      number(favourites, 'favori', 'favoris'),
      `${number(history, 'entrée', 'entrées')} de l’historique`,
    ].join(', '),
  passphrase: 'Phrase secrète : ',
  newPassphrase: 'Phrase secrète pour ce fichier (8 caractères au moins) : ',
  again: 'La même, encore une fois : ',
  differ: 'Les deux ne sont pas identiques : recommencez.',
  exists: (file) => `${file} existe déjà : choisissez un autre nom, ou supprimez-le d’abord.`,
  nothingToExport: (path) =>
    `Il n’y a rien à exporter dans ${path} (DATA_DIR) : démarrez-y d’abord Zapette, ou indiquez DATA_DIR.`,
  cannotWrite: (file, code) =>
    `Impossible d’écrire ${file} (${code}) : choisissez un dossier qui existe et où cet utilisateur peut écrire.`,
  exported: (file, found) => `Exporté dans ${file} : ${found}.`,
  keepPassphrase: 'Gardez la phrase secrète : sans elle, personne ne peut ouvrir le fichier.',

  cannotRead: (file, code) => `Impossible de lire ${file} (${code}) : vérifiez son nom et son propriétaire.`,
  tooLarge: (file) => `${file} est trop gros pour un export de Zapette : vérifiez son nom.`,
  found: (date, version, found) => `L’export du ${date}, fait par Zapette ${version}, contient ${found}.`,
  replaces: (path, found) => `Dans ${path}, il remplace tout : ${found}.`,
  replacesUnreadable: (path) => `Dans ${path}, il remplace tout ; le contenu actuel est illisible.`,
  replacesNothing: (path) => `${path} est vide : rien n’est remplacé.`,
  keptIn: (folder) => `Ce qui est remplacé est gardé dans ${folder}.`,
  environmentWins: (names) =>
    `L’environnement ou .env fixe aussi ${names}, et l’emporte : retirez-les-en pour que ceux de l’export comptent.`,
  replaceQuestion: 'Importer ? (o/n) ',
  yes: ['o', 'oui', 'y', 'yes'],
  needsYes: 'Il n’y a pas de terminal pour demander : ajoutez --yes si vous êtes sûr.',
  nothingChanged: 'Rien n’a changé.',
  cannotImport: (path, code) =>
    `Impossible d’écrire dans ${path} (${code}) : libérez de l’espace, ou donnez le dossier à cet utilisateur. Rien n’a changé.`,
  unfinishedImport: (path, code) =>
    `L’import s’est arrêté à mi-chemin, faute de pouvoir écrire dans ${path} (${code}) : corrigez cela, puis démarrez Zapette, qui terminera l’import.`,
  imported: 'Importé : démarrez Zapette.',
};
