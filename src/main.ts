import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';

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
    throw new ConfigError(listenProblem(error.code, config));
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
    throw new ConfigError('The file .env is there but cannot be read: check who owns it.');
  }
}

function listenProblem(code: string | undefined, { host, port }: { host: string; port: number }): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use: is Zapette running already? Otherwise set PORT to another one.`;
  if (code === 'EACCES')
    return `Port ${port} needs rights that this user does not have: set PORT to one above 1023.`;
  return `Cannot listen on ${host} (${code}): set HOST to an address of this machine.`;
}

main().catch((error: unknown) => {
  const message = error instanceof ConfigError ? error.message : String(error);
  process.stderr.write(`${message}\n`);
  // The door is open: the process would wait for visitors for ever.
  process.exit(1);
});
