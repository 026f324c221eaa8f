import { createRequire } from 'node:module';
import { App } from './app/app.ts';
import type { Settings } from './config/settings.ts';
import { AppError } from './domain/errors.ts';
import type { FrontDoor } from './http/front-door.ts';
import { systemClock } from './lib/clock.ts';
import { LogTail } from './lib/log-tail.ts';
import { createLogger } from './lib/logger.ts';
import { Secrets } from './lib/secrets.ts';
import { startAnew } from './start-anew.ts';
import { welcome } from './welcome.ts';
import { sentence } from './words/sentence.ts';
import { settingSentence } from './words/setting-sentence.ts';

/** How long a clean end may take before the process ends all the same. */
const LAST_PATIENCE = 14_000;

/** Runs the server until the process is told to end. @param url where the door listens. */
export async function run({
  settings,
  door,
  url,
}: {
  settings: Settings;
  door: FrontDoor;
  url: string;
}): Promise<void> {
  const config = settings.current;
  const secrets = new Secrets();
  const logTail = new LogTail(systemClock);
  const logger = createLogger({ level: config.logLevel, secrets, tail: logTail });
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
  const app = new App({
    settings,
    logger,
    logTail,
    secrets,
    version,
    door,
    restart: () => endWith(startAnew(config)),
  });

  for (const problem of settings.notices) logger.warn({ name: problem.name }, settingSentence('en', problem));

  let isEnding = false;
  // Never `once`: without a listener of ours, signal-exit (in execa) would send the signal again and end us at once.
  const endWith = (last: () => void): void => {
    if (isEnding) return;
    isEnding = true;
    const patience = setTimeout(() => process.exit(1), LAST_PATIENCE).unref();
    void app.stop().then(() => {
      clearTimeout(patience);
      last();
    });
  };
  const end = (signal: NodeJS.Signals): void => {
    if (!isEnding) logger.info({ signal }, 'stopping');
    endWith(() => process.exit(0));
  };
  // Nobody knows what still works, so the process ends; as cleanly as it can, for players and what is not on disk yet.
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'an unexpected error ended Zapette');
    endWith(() => process.exit(1));
  });
  process.on('unhandledRejection', (error) =>
    logger.error({ err: error }, 'an unexpected error in the background'),
  );
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  // The terminal or console window was closed; on Windows, Ctrl+Break was pressed.
  process.on('SIGHUP', end);
  process.on('SIGBREAK', end);

  try {
    const first = await app.start();
    logger.info({ url: config.publicUrl ?? url }, 'Zapette is on');
    // Past the log, which would hide it: this is the only time that it is shown.
    if (first) process.stdout.write(welcome(first));
  } catch (error) {
    const message =
      error instanceof AppError ? sentence('en', error.code, error.params) : 'Zapette could not start';
    logger.fatal({ err: error }, message);
    await app.stop();
    process.exitCode = 1;
  }
}
