import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import type { Config } from './config/config.ts';
import type { SettingProblem } from './domain/setting-problem.ts';

// Segment buffers count as external memory and would trigger a full garbage collection every six seconds, a third of
// Node's CPU on air. With this flag the heap may grow first; the JavaScript heap itself stays small.
setFlagsFromString('--heap-growing-percent=300');
// Before anything of ours is loaded: halves the time that a restart takes, and players are waiting.
enableCompileCache();
const { ConfigError } = await import('./config/config.ts');
const { Settings } = await import('./config/settings.ts');
const { FrontDoor } = await import('./http/front-door.ts');

async function main(): Promise<void> {
  // What is written here is nobody else's business.
  process.umask(0o077);
  readEnvFile();
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

/** Settings from .env, if there is one; the environment goes before. */
function readEnvFile(): void {
  if (!existsSync('.env')) return;
  try {
    process.loadEnvFile('.env');
  } catch {
    throw new ConfigError([{ name: '.env', rule: 'unreadable_file', params: {} }]);
  }
}

function listenProblem(
  code: string | undefined,
  { host, port }: Pick<Config, 'host' | 'port'>,
): SettingProblem {
  if (code === 'EADDRINUSE') return { name: 'PORT', rule: 'port_in_use', params: { port } };
  if (code === 'EACCES') return { name: 'PORT', rule: 'port_needs_rights', params: { port } };
  return { name: 'HOST', rule: 'cannot_listen', params: { host, detail: code ?? 'unknown' } };
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
