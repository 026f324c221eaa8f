import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { owner } from '../access/visitor.ts';
import { type Bundle, type BundleCounts, countsOf, makeBundle } from '../bundle/bundle.ts';
import { type BundleFile, LARGEST_BUNDLE, openBundle, readBundleFile } from '../bundle/bundle-file.ts';
import { DATABASE_FILE, readDatabaseFile, readKeysFile, readSettingsFile } from '../bundle/data-dir.ts';
import { decideImport, forgetImport, type PendingImport } from '../bundle/pending-import.ts';
import { folderOf, takeImport, UnfinishedImportError } from '../bundle/take-import.ts';
import { asker } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import { mainAccount } from '../domain/ids.ts';
import { systemClock } from '../lib/clock.ts';
import { makeFolder } from '../lib/make-folder.ts';
import { type CliContext, FAILED, holdingsIn, MISUSED } from './command.ts';
import { lockDataDir } from './lock-data-dir.ts';

/** `zapette import <file>`: replaces everything in DATA_DIR, which no server may use meanwhile. */
export async function importFile(context: CliContext): Promise<number> {
  const { dataDir, terminal, messages, isSure } = context;
  if (!isSure && !terminal.isInteractive) {
    terminal.complain(messages.needsYes);
    return MISUSED;
  }
  const file = await readExport(context);
  if (!file) return FAILED;
  try {
    await makeFolder(dataDir);
  } catch (error) {
    throw new AppError('data_dir', { path: dataDir }, { cause: error });
  }
  const release = await lockDataDir(dataDir);
  if (!release) throw new AppError('data_dir_in_use', { path: dataDir });
  try {
    const bundle = await openBundle(file, await terminal.askSecretly(messages.passphrase));
    const pending = { at: systemClock.now(), by: asker(owner), bundle };
    await describe(context, file, pending);
    if (
      !isSure &&
      !messages.yes.includes((await terminal.ask(messages.replaceQuestion)).trim().toLowerCase())
    ) {
      terminal.say(messages.nothingChanged);
      return FAILED;
    }
    return await replace(context, pending);
  } finally {
    release();
  }
}

/** Null where the file cannot be read. @throws AppError bundle_… */
async function readExport({ terminal, messages, file }: CliContext): Promise<BundleFile | null> {
  const path = file as string;
  try {
    if ((await stat(path)).size <= LARGEST_BUNDLE) return readBundleFile(await readFile(path, 'utf8'));
    terminal.complain(messages.tooLarge(path));
  } catch (error) {
    if (error instanceof AppError) throw error;
    terminal.complain(messages.cannotRead(path, String((error as NodeJS.ErrnoException).code ?? error)));
  }
  return null;
}

/** Says what is about to happen. */
async function describe(
  { dataDir, env, terminal, messages, language }: CliContext,
  file: BundleFile,
  pending: PendingImport,
): Promise<void> {
  const { bundle } = pending;
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(file.made_at));
  terminal.say(messages.found(date, file.made_by, holdingsIn(messages, countsOf(bundle))));
  const present = await countsIn(dataDir);
  if (present === 'nothing') terminal.say(messages.replacesNothing(dataDir));
  else {
    terminal.say(
      present === 'unreadable'
        ? messages.replacesUnreadable(dataDir)
        : messages.replaces(dataDir, holdingsIn(messages, present)),
    );
    terminal.say(messages.keptIn(join(dataDir, folderOf(pending))));
  }
  const overridden = namesOverridden(env, bundle);
  if (overridden.length > 0) terminal.say(messages.environmentWins(overridden.join(', ')));
}

async function countsIn(dataDir: string): Promise<BundleCounts | 'nothing' | 'unreadable'> {
  try {
    const keys = await readKeysFile(dataDir);
    if (!keys) return existsSync(join(dataDir, DATABASE_FILE)) ? 'unreadable' : 'nothing';
    const settings = await readSettingsFile(dataDir);
    const database = readDatabaseFile(dataDir, mainAccount);
    try {
      return countsOf(makeBundle({ settings, keys, database }));
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof AppError) return 'unreadable';
    throw error;
  }
}

/** Names of settings that the export has as well, with other values. */
function namesOverridden(env: CliContext['env'], { settings }: Bundle): string[] {
  return Object.keys(settings).filter((name) => env[name]?.trim() && env[name] !== settings[name]);
}

async function replace({ dataDir, terminal, messages }: CliContext, pending: PendingImport): Promise<number> {
  try {
    await decideImport(dataDir, pending);
    await takeImport(dataDir);
  } catch (error) {
    const isUnfinished = error instanceof UnfinishedImportError;
    if (!isUnfinished) await forgetImport(dataDir).catch(() => {});
    const { code } = (isUnfinished ? error.cause : error) as NodeJS.ErrnoException;
    if (typeof code !== 'string' || error instanceof AppError) throw error;
    terminal.complain(
      isUnfinished ? messages.unfinishedImport(dataDir, code) : messages.cannotImport(dataDir, code),
    );
    return FAILED;
  }
  terminal.say(messages.imported);
  return 0;
}
