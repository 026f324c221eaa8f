import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { App } from './app.ts';
import { sentence } from './commands/sentence.ts';
import { ConfigError, readConfig } from './config.ts';
import { AppError } from './domain/errors.ts';
import { createLogger } from './lib/logger.ts';
import { Secrets } from './lib/secrets.ts';

/** How long a clean end may take before the process ends all the same. */
const LAST_PATIENCE = 10_000;

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig(process.env);
  const secrets = new Secrets();
  const logger = createLogger({ level: config.logLevel, secrets });
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
  const app = new App({ config, logger, secrets, version });

  const end = (signal: NodeJS.Signals): void => {
    logger.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), LAST_PATIENCE).unref();
    void app.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);

  try {
    const { url, newAdminToken } = await app.start();
    logger.info({ url }, 'Zapette is on');
    // Past the log, which would hide it: this is the only time that it is shown.
    if (newAdminToken)
      process.stdout.write(
        `\n  Console: ${url}/#token=${newAdminToken}\n  (shown once; kept in keys.json in DATA_DIR)\n\n`,
      );
  } catch (error) {
    const message =
      error instanceof AppError ? sentence('en', error.code, error.params) : 'Zapette could not start';
    logger.fatal({ err: error }, message);
    await app.stop();
    process.exitCode = 1;
  }
}

main().catch((error: unknown) => {
  const message = error instanceof ConfigError ? error.message : String(error);
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
});
