import { access, constants } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { SettingValues } from '../bundle/bundle.ts';
import { KEYS_FILE, readSettingsFile } from '../bundle/data-dir.ts';
import { ConfigError } from '../config/config.ts';
import { dataDirOf } from '../config/data-dir.ts';
import type { Language } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import { cliMessagesIn } from '../words/messages-in.ts';
import { sentence } from '../words/sentence.ts';
import { settingSentences } from '../words/setting-sentence.ts';
import { type CliCommand, type CliContext, FAILED, MISUSED } from './command.ts';
import { CancelledError, type Terminal } from './terminal.ts';

interface Known {
  readonly takesFile: boolean;
  /** Names of options without values. */
  readonly options: readonly string[];
  /** Loads the command, which loads much that others do not need. */
  readonly load: () => Promise<CliCommand>;
}

const commands: Readonly<Record<string, Known>> = {
  doctor: {
    takesFile: false,
    options: [],
    load: async () => (await import('./doctor.ts')).doctor,
  },
  export: {
    takesFile: true,
    options: [],
    load: async () => (await import('./export.ts')).exportToFile,
  },
  import: {
    takesFile: true,
    options: ['yes'],
    load: async () => (await import('./import.ts')).importFile,
  },
};

const CANCELLED = 130;

export interface CliOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  readonly version: string;
}

/** Runs the command that the arguments of the command line name. @returns the exit code. */
export async function runCli(
  args: readonly string[],
  { env, terminal, version }: CliOptions,
): Promise<number> {
  const dataDir = resolve(dataDirOf(env));
  const stored: SettingValues = await readSettingsFile(dataDir).catch(() => ({}));
  const language = languageOf({ ...stored, ...env });
  const messages = cliMessagesIn(language);
  const misused = (problem: string) => {
    terminal.complain(problem);
    return MISUSED;
  };

  const { options, words } = parse(args);
  const [name = '', file, extra] = words;
  if (name === 'help' || options.has('help')) {
    terminal.say(messages.help);
    return 0;
  }
  if (name === '' && options.has('version')) {
    terminal.say(version);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const wrong = [...options].find(([option]) => !command?.options.includes(option));
  if (wrong && (command || name === '')) return misused(messages.unknownOption(wrong[1]));
  if (!command) return misused(messages.unknownCommand(name));
  const surplus = command.takesFile ? extra : file;
  if (surplus !== undefined) return misused(messages.tooMany(surplus));
  if (command.takesFile && !file) return misused(messages.fileMissing(name as 'export' | 'import'));

  const context: CliContext = {
    file: file ?? null,
    isSure: options.has('yes'),
    env,
    dataDir,
    terminal,
    language,
    messages,
    version,
  };
  const foreign = await foreignPath(dataDir);
  if (foreign) {
    terminal.complain(messages.notYours(foreign));
    return FAILED;
  }
  try {
    return await (await command.load())(context);
  } catch (error) {
    if (error instanceof CancelledError) {
      terminal.complain(messages.cancelled);
      return CANCELLED;
    }
    if (error instanceof ConfigError) {
      terminal.complain(settingSentences(language, error.problems));
      return FAILED;
    }
    if (!(error instanceof AppError)) throw error;
    terminal.complain(sentence(language, error.code, error.params));
    return FAILED;
  }
}

/** What in DATA_DIR belongs to another user, so that it would look damaged or missing; null where nothing does. */
async function foreignPath(dataDir: string): Promise<string | null> {
  for (const path of [dataDir, join(dataDir, KEYS_FILE)]) {
    const code = await access(path, constants.R_OK).then(
      () => null,
      (error: NodeJS.ErrnoException) => error.code,
    );
    if (code === 'EACCES' || code === 'EPERM') return path;
  }
  return null;
}

/** The options by their names, with how each was written, and all other words. */
function parse(args: readonly string[]): { options: ReadonlyMap<string, string>; words: string[] } {
  const { tokens } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
      yes: { type: 'boolean', short: 'y' },
    },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const options = tokens.filter((token) => token.kind === 'option');
  return {
    options: new Map(
      options.map(({ name, rawName, value }) =>
        // None takes a value.
        value === undefined ? [name, rawName] : [`${name}=`, `${rawName}=${value}`],
      ),
    ),
    words: tokens.filter((token) => token.kind === 'positional').map(({ value }) => value),
  };
}

/** French where the system is; elsewhere DEFAULT_LANGUAGE. */
function languageOf(env: CliOptions['env']): Language {
  const system = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  if (/^fr/i.test(system)) return 'fr';
  return env.DEFAULT_LANGUAGE === 'fr' ? 'fr' : 'en';
}
