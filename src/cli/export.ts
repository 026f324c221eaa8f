import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { countsOf, makeBundle } from '../bundle/bundle.ts';
import { checkPassphrase, sealBundle } from '../bundle/bundle-file.ts';
import { readDatabaseFile, readKeysFile, readSettingsFile } from '../bundle/data-dir.ts';
import { carriedSettings } from '../config/carried-settings.ts';
import { Settings } from '../config/settings.ts';
import { demoAccount, mainAccount } from '../domain/ids.ts';
import { systemClock } from '../lib/clock.ts';
import { type CliContext, FAILED, holdingsIn } from './command.ts';

/** `zapette export <file>`: everything of DATA_DIR in one file. A server may run meanwhile. */
export async function exportToFile(context: CliContext): Promise<number> {
  const { dataDir, env, terminal, messages, version } = context;
  const file = context.file as string;
  if (existsSync(file)) {
    terminal.complain(messages.exists(file));
    return FAILED;
  }
  const keys = await readKeysFile(dataDir);
  if (!keys) {
    terminal.complain(messages.nothingToExport(dataDir));
    return FAILED;
  }
  // Settings would leave a damaged file out.
  await readSettingsFile(dataDir);
  const settings = carriedSettings(Settings.open(env));
  const passphrase = await askForNew(context);
  if (passphrase === null) return FAILED;
  const database = readDatabaseFile(dataDir, settings.XTREAM_URL ? mainAccount : demoAccount);
  const bundle = makeBundle({ settings, keys, database });
  database.close();
  const text = await sealBundle(bundle, passphrase, { version, now: systemClock.now() });
  try {
    await writeFile(file, text, { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    terminal.complain(
      code === 'EEXIST' ? messages.exists(file) : messages.cannotWrite(file, String(code ?? error)),
    );
    return FAILED;
  }
  terminal.say(messages.exported(file, holdingsIn(messages, countsOf(bundle))));
  terminal.say(messages.keepPassphrase);
  return 0;
}

/** Null where the two passphrases differ. @throws AppError passphrase_short; CancelledError */
async function askForNew({ terminal, messages }: CliContext): Promise<string | null> {
  const passphrase = await terminal.askSecretly(messages.newPassphrase);
  checkPassphrase(passphrase);
  if (!terminal.isInteractive || (await terminal.askSecretly(messages.again)) === passphrase)
    return passphrase;
  terminal.complain(messages.differ);
  return null;
}
