import type { CliMessages } from './cli.ts';

const number = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
export const en: CliMessages = {
  help: `Zapette keeps one television channel on air, and lets people choose what is on it.

  zapette                  start the server
  zapette doctor           say what works, what does not, and what to do
  zapette export <file>    put settings, people, links and keys into one file,
                           which a passphrase alone opens
  zapette import <file>    replace all of that by an exported file
          --yes            without asking
  zapette help             this text
  zapette --version        the version

Settings are read from the environment and from .env, as the server reads them.
Where the input is no terminal, the passphrase is its first line.`,
  unknownCommand: (command) => `There is no command “${command}”: zapette help lists them.`,
  unknownOption: (option) => `There is no option “${option}” here: zapette help lists them.`,
  tooMany: (argument) => `“${argument}” is one argument too many: zapette help shows what goes where.`,
  fileMissing: (command) => `Say which file: zapette ${command} <file>`,
  notYours: (path) =>
    `This user may not read ${path}: run the command as the user that Zapette runs as (sudo -u …), or as root.`,
  cancelled: 'Cancelled: nothing has changed.',

  finding: (topic, text) => `${topic}: ${text}`,
  isAsked: (url) => `Zapette is running at ${url}, and says:`,
  isOff: (path) => `Zapette is not running on ${path}. If it were started now:`,
  topics: { server: 'Server', settings: 'Settings', port: 'Port', keys: 'Keys' },
  noAnswer: (path, url) =>
    `a Zapette uses ${path}, but does not answer at ${url}: if it was started with other settings, run this with the same ones; otherwise read its log.`,
  goodSettings: 'good',
  leftOut: (name) => `${name} is not valid in settings.json, and is left out: mend it on the set-up page.`,
  portIsFree: (port) => `${port} is free`,

  holdings: (settings, people, favourites, history) =>
    [
      number(settings, 'setting', 'settings'),
      number(people, 'person', 'people'),
      number(favourites, 'favourite', 'favourites'),
      `${number(history, 'entry', 'entries')} of the history`,
    ].join(', '),
  passphrase: 'Passphrase: ',
  newPassphrase: 'Passphrase for this file (at least 8 characters): ',
  again: 'The same again: ',
  differ: 'The two are not the same: try again.',
  exists: (file) => `${file} is there already: choose another name, or remove it first.`,
  nothingToExport: (path) =>
    `There is nothing to export in ${path} (DATA_DIR): start Zapette there first, or set DATA_DIR.`,
  cannotWrite: (file, code) =>
    `${file} cannot be written (${code}): choose a folder that exists and that this user may write to.`,
  exported: (file, found) => `Exported to ${file}: ${found}.`,
  keepPassphrase: 'Keep the passphrase: without it, nobody can open the file.',

  cannotRead: (file, code) => `${file} cannot be read (${code}): check the name and who owns it.`,
  tooLarge: (file) => `${file} is too large to be an export of Zapette: check the name.`,
  found: (date, version, found) => `The export of ${date}, by Zapette ${version}, holds ${found}.`,
  replaces: (path, found) => `In ${path}, it replaces everything: ${found}.`,
  replacesUnreadable: (path) => `In ${path}, it replaces everything; what is there now cannot be read.`,
  replacesNothing: (path) => `${path} is empty: nothing is replaced.`,
  keptIn: (folder) => `What is replaced is kept in ${folder}.`,
  environmentWins: (names) =>
    `The environment or .env also sets ${names}, and wins: remove these there if the export’s are to count.`,
  replaceQuestion: 'Import? (y/n) ',
  yes: ['y', 'yes'],
  needsYes: 'There is no terminal to ask on: add --yes if you are sure.',
  nothingChanged: 'Nothing has changed.',
  cannotImport: (path, code) =>
    `${path} cannot be written (${code}): free some space, or give the folder to this user. Nothing has changed.`,
  unfinishedImport: (path, code) =>
    `The import stopped half-way, since ${path} cannot be written (${code}): correct that, then start Zapette, which finishes the import.`,
  imported: 'Imported: start Zapette.',
};
