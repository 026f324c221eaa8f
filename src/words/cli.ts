/** The texts of the command line. */
export interface CliMessages {
  readonly help: string;
  readonly unknownCommand: (command: string) => string;
  readonly unknownOption: (option: string) => string;
  readonly tooMany: (argument: string) => string;
  readonly fileMissing: (command: 'export' | 'import') => string;
  readonly notYours: (path: string) => string;
  readonly cancelled: string;

  readonly finding: (topic: string, text: string) => string;
  readonly isAsked: (url: string) => string;
  readonly isOff: (path: string) => string;
  readonly topics: Readonly<Record<'server' | 'settings' | 'port' | 'keys', string>>;
  readonly noAnswer: (path: string, url: string) => string;
  readonly goodSettings: string;
  readonly leftOut: (name: string) => string;
  readonly portIsFree: (port: number) => string;

  /** What an export or DATA_DIR holds, as a list. */
  readonly holdings: (settings: number, people: number, favourites: number, history: number) => string;
  readonly passphrase: string;
  readonly newPassphrase: string;
  readonly again: string;
  readonly differ: string;
  readonly exists: (file: string) => string;
  readonly nothingToExport: (path: string) => string;
  readonly cannotWrite: (file: string, code: string) => string;
  readonly exported: (file: string, found: string) => string;
  readonly keepPassphrase: string;

  readonly cannotRead: (file: string, code: string) => string;
  readonly tooLarge: (file: string) => string;
  readonly found: (date: string, version: string, found: string) => string;
  readonly replaces: (path: string, found: string) => string;
  readonly replacesUnreadable: (path: string) => string;
  readonly replacesNothing: (path: string) => string;
  readonly keptIn: (folder: string) => string;
  readonly environmentWins: (names: string) => string;
  readonly replaceQuestion: string;
  /** Answers that mean yes. */
  readonly yes: readonly string[];
  readonly needsYes: string;
  readonly nothingChanged: string;
  readonly cannotImport: (path: string, code: string) => string;
  readonly unfinishedImport: (path: string, code: string) => string;
  readonly imported: string;
}
