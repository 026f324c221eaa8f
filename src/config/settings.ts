import { accountSettings, settingNamesOf } from '../domain/account-settings.ts';
import { AppError } from '../domain/errors.ts';
import { type SettingEntry, settingNames } from '../domain/setting.ts';
import type { SettingProblem } from '../domain/setting-problem.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { dataDirOf } from './data-dir.ts';
import { isListOutside } from './list-place.ts';
import { settingInfo } from './setting-info.ts';
import { SettingsFile, type SettingTexts } from './settings-file.ts';
import { isListName, tidyChanges } from './tidy-changes.ts';

/** A change of the settings, before it is kept. */
export interface SettingsChange {
  readonly before: Config;
  readonly after: Config;
  /** The settings whose values differ. */
  readonly names: ReadonlySet<string>;
}

/** Makes the running parts follow a change. Rejects where they cannot: then nothing changes. */
export type ApplySettings = (change: SettingsChange) => Promise<void>;

/** Names that belong together: one of them in the environment decides all. */
const GROUPS: readonly (readonly string[])[] = accountSettings.map((names) =>
  settingNamesOf(names).filter((name) => name !== names.maxConnections),
);

/** The settings in force: the environment's, then those of the set-up page, then the defaults. They change while the process runs. */
export class Settings {
  readonly #environment: SettingTexts;
  readonly #file: SettingsFile;
  #page: SettingTexts;
  #former: SettingTexts | null;
  #current: Config;
  readonly #atStart: SettingTexts;
  #apply: ApplySettings = async () => {};
  /** Changes wait for each other. */
  #turn: Promise<unknown> = Promise.resolve();
  /** Names in settings.json that were left out since their values are not valid; the file's name where all of it was. */
  readonly leftOut: readonly string[];

  private constructor(environment: SettingTexts, file: SettingsFile) {
    this.#environment = environment;
    this.#file = file;
    const { page, current, leftOut } = readFirst(environment, file);
    this.#page = page;
    this.#current = current;
    this.#atStart = effective(environment, page);
    this.#former = file.readFormer();
    this.leftOut = leftOut;
  }

  /**
   * Reads the environment, and settings.json in its DATA_DIR.
   * @param environment as process.env has it.
   * @throws ConfigError where the environment is wrong
   */
  static open(environment: Readonly<Record<string, string | undefined>>): Settings {
    const dataDir = dataDirOf(environment);
    return new Settings(onlyGiven(environment), new SettingsFile(dataDir));
  }

  /** Ask for it whenever a setting is needed, since it is replaced at every change. */
  get current(): Config {
    return this.#current;
  }

  /** Every setting with its value in force and where that comes from. */
  list(): SettingEntry[] {
    const changed = changedNames(this.#atStart, effective(this.#environment, this.#page));
    return this.#current.settings.map((setting) => ({
      ...setting,
      source: this.sourceOf(setting.name),
      needsRestart: setting.applies === 'restart' && changed.has(setting.name),
    }));
  }

  /** The texts in force by name, secrets and the whole environment included. */
  get texts(): SettingTexts {
    return effective(this.#environment, this.#page);
  }

  /** What the start has found: settings that were left out, and names in the environment that look like misspelt ones. */
  get notices(): SettingProblem[] {
    const leftOut = this.leftOut.map((name): SettingProblem => ({ name, rule: 'left_out', params: {} }));
    const misspelt = this.#current.misspelt.map(
      ({ name, nearest }): SettingProblem => ({ name, rule: 'misspelt_setting', params: { nearest } }),
    );
    return [...leftOut, ...misspelt];
  }

  /** True if there is a former version to go back to. */
  get canUndo(): boolean {
    return this.#former !== null;
  }

  /** A setting as its text, for what has to know it where it is not in use; null where it is not set. It may be a secret. */
  text(name: string): string | null {
    return effective(this.#environment, this.#page)[name] ?? null;
  }

  /** Where the value of a setting comes from. */
  sourceOf(name: string): SettingEntry['source'] {
    if (this.isLocked(name)) return 'environment';
    return this.#page[name] === undefined ? 'default' : 'page';
  }

  /** True if the environment decides a setting, so that it cannot be changed here. */
  isLocked(name: string): boolean {
    return lockedNames(this.#environment).has(name);
  }

  /** Sets what makes running parts follow a change. */
  applyWith(apply: ApplySettings): void {
    this.#apply = apply;
  }

  /**
   * Changes settings: all of them or none.
   * @param changes by name; null goes back to the default.
   * @throws ConfigError all that is wrong; what applying or writing them throws
   */
  change(changes: Readonly<Record<string, string | null>>): Promise<void> {
    return this.#inTurn(() => {
      const { values, problems } = tidyChanges(changes, {
        isLocked: (name) => this.isLocked(name),
        textOf: (name) => this.text(name),
        dataDir: this.#current.dataDir,
      });
      const given = Object.entries({ ...this.#page, ...values });
      const page = Object.fromEntries(given.filter((entry): entry is [string, string] => !!entry[1]));
      return this.#goTo(page, problems);
    });
  }

  /** Goes back to the version before the last change, which can be undone in turn. @throws as `change`; nothing_to_undo */
  undo(): Promise<void> {
    return this.#inTurn(() => {
      if (!this.#former) throw new AppError('nothing_to_undo');
      return this.#goTo(this.#former);
    });
  }

  async #goTo(page: SettingTexts, problems: readonly SettingProblem[] = []): Promise<void> {
    const before = this.#current;
    const texts = effective(this.#environment, page);
    const after = readConfig(texts, problems);
    const names = changedNames(effective(this.#environment, this.#page), texts);
    await this.#switch({ before, after, names });
    try {
      await this.#file.write(page, this.#page);
    } catch (error) {
      await this.#switch({ before: after, after: before, names });
      throw diskError(error, this.#file.path);
    }
    this.#former = this.#page;
    this.#page = page;
  }

  async #switch(change: SettingsChange): Promise<void> {
    this.#current = change.after;
    try {
      if (change.names.size > 0) await this.#apply(change);
    } catch (error) {
      this.#current = change.before;
      throw error;
    }
  }

  #inTurn(job: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(job);
    this.#turn = mine.catch(() => {});
    return mine;
  }
}

function onlyGiven(environment: Readonly<Record<string, string | undefined>>): SettingTexts {
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== '');
  return Object.fromEntries(given) as SettingTexts;
}

function lockedNames(environment: SettingTexts): ReadonlySet<string> {
  const given = settingNames.filter((name) => environment[name] !== undefined);
  const groups = GROUPS.filter((group) => group.some((name) => environment[name] !== undefined)).flat();
  const never = settingNames.filter((name) => settingInfo(name).applies === 'environment_only');
  return new Set([...given, ...groups, ...never]);
}

/** All of the environment, which also names what is misspelt, with the page's settings that it leaves open. */
function effective(environment: SettingTexts, page: SettingTexts): SettingTexts {
  const locked = lockedNames(environment);
  const open = Object.entries(page).filter(([name]) => !locked.has(name));
  return { ...Object.fromEntries(open), ...environment };
}

/** Who may watch, where settings.json says so in a way that cannot be read. */
const STRICTEST = { VIEWER_ACCESS: 'login' };

/** Nothing in settings.json prevents a start: what is not valid is left out, and lets nobody in. */
function readFirst(
  environment: SettingTexts,
  file: SettingsFile,
): { page: SettingTexts; current: Config; leftOut: string[] } {
  const leftOut: string[] = [];
  let page: SettingTexts = {};
  try {
    page = file.read() ?? {};
  } catch {
    leftOut.push(file.path);
    page = { ...STRICTEST, ...file.readFormer() };
  }
  const dataDir = dataDirOf(environment);
  const outside = Object.keys(page).filter(
    (name) => isListName(name) && isListOutside(page[name] ?? '', dataDir),
  );
  leftOut.push(...outside);
  page = Object.fromEntries(Object.entries(page).filter(([name]) => !outside.includes(name)));
  const isAccessTold = page.VIEWER_ACCESS !== undefined;
  for (;;) {
    try {
      return { page, current: readConfig(effective(environment, page)), leftOut };
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const wrong = wrongNames(page, error);
      if (wrong.length === 0) throw error;
      leftOut.push(...wrong);
      page = Object.fromEntries(Object.entries(page).filter(([name]) => !wrong.includes(name)));
      if (isAccessTold) page = { ...STRICTEST, ...page };
    }
  }
}

/** The page's settings that are at fault: where one is missing, those that need it, which begin alike. */
function wrongNames(page: SettingTexts, { problems }: ConfigError): string[] {
  const names = Object.keys(page);
  const told = new Set(problems.map(({ name }) => name));
  const wrong = names.filter((name) => told.has(name));
  if (wrong.length > 0) return wrong;
  const kinds = new Set([...told].map(kindOf));
  const alike = names.filter((name) => kinds.has(kindOf(name)));
  return alike.length > 0 ? alike : names;
}

function kindOf(name: string): string {
  return /^(?:XTREAM|M3U)_\d/.exec(name)?.[0] ?? name.split('_', 1)[0] ?? name;
}

function changedNames(before: SettingTexts, after: SettingTexts): ReadonlySet<string> {
  return new Set(settingNames.filter((name) => before[name] !== after[name]));
}

function diskError(error: unknown, path: string): AppError {
  const { code } = error as NodeJS.ErrnoException;
  const known =
    code === 'ENOSPC' || code === 'EDQUOT' ? 'disk_full' : code === 'EROFS' ? 'disk_read_only' : 'data_dir';
  return new AppError(known, { path }, { cause: error });
}
