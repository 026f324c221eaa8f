import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';

// Segment buffers count as external memory. Unless the heap may grow by so much before a full garbage collection, there is one
// every six seconds, a third of Node's CPU on air; with more, tens of megabytes of old segments wait for theirs.
setFlagsFromString('--heap-growing-percent=30');
// The young generation stays at 2 MB: a long list makes it grow to 58 MB, which are hardly given back.
setFlagsFromString('--semi-space-growth-factor=1');
// Before anything of ours is loaded: halves the time that a restart takes, and players are waiting.
enableCompileCache();
const { ConfigError } = await import('./config/config.ts');
const { dataDirOf } = await import('./config/data-dir.ts');
const { listenProblem } = await import('./config/listen-problem.ts');
const { Settings } = await import('./config/settings.ts');
const { hasPendingImport } = await import('./lib/pending-import-file.ts');
const { FrontDoor } = await import('./http/front-door.ts');

async function main(): Promise<void> {
  // What is written here is nobody else's business.
  process.umask(0o077);
  readEnvFile();
  const args = process.argv.slice(2);
  if (args.length > 0) return runCommand(args);
  const dataDir = dataDirOf(process.env);
  if (hasPendingImport(dataDir)) {
    const { takeImportAtStart } = await import('./app/take-import-at-start.ts');
    if (!(await takeImportAtStart(dataDir, (line) => process.stderr.write(`${line}\n`)))) process.exit(1);
  }
  const settings = Settings.open(process.env);
  const config = settings.current;
  const door = new FrontDoor(config);
  const url = await door.listen().catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError([listenProblem(error.code, config)], { cause: error });
  });
  // Everything else takes a moment to load.
  const { run } = await import('./run.ts');
  await run({ settings, door, url });
}

/** A command other than to serve, such as `doctor`. */
async function runCommand(args: readonly string[]): Promise<void> {
  const { createRequire } = await import('node:module');
  const { runCli } = await import('./cli/run-cli.ts');
  const { Terminal } = await import('./cli/terminal.ts');
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
  process.exitCode = await runCli(args, { env: process.env, terminal: new Terminal(), version });
}

/** Settings from .env, if there is one; the environment goes before. */
function readEnvFile(): void {
  if (!existsSync('.env')) return;
  try {
    process.loadEnvFile('.env');
  } catch {
    throw new ConfigError([{ name: '.env', rule: 'unreadable_file', params: {} }]);
  }
}

main().catch(async (error: unknown) => {
  const message = await describe(error).catch(() => String(error));
  process.stderr.write(`${message}\n`);
  // The door is open: the process would wait for visitors for ever.
  process.exit(1);
});

async function describe(error: unknown): Promise<string> {
  if (!(error instanceof ConfigError)) return String(error);
  const { settingSentences } = await import('./words/setting-sentence.ts');
  return settingSentences('en', error.problems);
}
