/**
 * Checks what is shipped: `npm run check:shipped`. Builds the image's tree, and the npm package in an empty folder, and
 * starts each where nothing of this checkout can be found. Both bots and every printed address must answer.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';
import { token as discordToken, ids, startScene } from '../fakes/discord/scene.ts';
import { FakeTelegram } from '../fakes/telegram/fake-telegram.ts';
import { printedAddresses } from './documents.ts';
import { tryAddresses } from './printed-addresses.ts';
import { ServerProcess } from './server-process.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const ADMIN_TOKEN = 'the-admin-token-of-checks';
const TELEGRAM_USER = 7;

const say = (line: string) => process.stdout.write(`${line}\n`);
const folder = await mkdtemp(join(tmpdir(), 'zapette-shipped-'));
/** A stranger's environment: no npm variables and no programs of this checkout. */
const environment = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:npm_|NODE|INIT_CWD)/.test(name)),
  ),
  PATH: (process.env.PATH ?? '')
    .split(delimiter)
    .filter((path) => !path.includes('node_modules'))
    .join(delimiter),
};
const ffmpeg = await findFfmpeg(null);

let failures = 0;
try {
  await part('the tree that is shipped', async () => {
    const tree = join(folder, 'tree');
    execFileSync(process.execPath, [join(root, 'scripts', 'ship.ts'), tree], {
      cwd: root,
      stdio: 'pipe',
    });
    await takeThrough([process.execPath, 'dist/main.js'], tree);
  });
  await part('the npm package in an empty folder, by npx', async () => {
    const empty = join(folder, 'empty');
    await mkdir(empty);
    // Its content has just been built for the tree.
    run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], root);
    const archive = (await readdir(folder)).find((file) => file.endsWith('.tgz')) ?? '';
    await writeFile(join(empty, 'package.json'), '{"private":true}');
    run('npm', ['install', '--no-audit', '--no-fund', join(folder, archive)], empty);
    await takeThrough(['npx', '--no', 'zapette'], empty);
  });
  await part(`the npm package by the Node of this machine, ${version('node')}`, async () => {
    const launcher = join('node_modules', 'zapette', 'bin', 'zapette.js');
    const server = await ServerProcess.start(['node', launcher], join(folder, 'empty'), settings('data-2'));
    await server.stop();
  });
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
say(failures === 0 ? 'What is shipped works.' : `What is shipped does not work: ${failures} failures.`);
process.exit(failures === 0 ? 0 : 1);

/** Starts the server with both bots and checks all that it offers. */
async function takeThrough(command: readonly [string, ...string[]], cwd: string): Promise<void> {
  const [discord, telegram] = await Promise.all([startScene(), FakeTelegram.start({ patience: 15_000 })]);
  const server = await ServerProcess.start(command, cwd, {
    ...settings(`data-${command[0].replace(/\W/g, '')}`),
    DISCORD_TOKEN: discordToken,
    DISCORD_API_URL: discord.fake.api,
    DISCORD_GUILD_ID: ids.guild,
    DISCORD_CONTROLLER_ROLES: ids.dj,
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_URL: telegram.url,
    TELEGRAM_CONTROLLER_IDS: String(TELEGRAM_USER),
  });
  try {
    await attempt('Discord answers /status', async () => {
      await discord.fake.online(15_000);
      await until(() => discord.fake.registeredCommands(ids.guild).length > 0);
      await discord.fake.user(ids.anna).command(ids.tv, 'status', {}).answered();
    });
    await attempt('Telegram answers /status', async () => {
      await telegram.polled();
      const user = telegram.user(TELEGRAM_USER, { language_code: 'en' });
      await user.start().reply();
      await user.say(TELEGRAM_USER, '/status').reply();
    });
    const tried = await tryAddresses(await printedAddresses(server.url), ADMIN_TOKEN);
    for (const { url, method = 'GET', status, from } of tried) {
      const isThere = status !== 404 && status < 500;
      if (!isThere) failures += 1;
      say(
        `  ${isThere ? '✔' : '✖'} ${status} ${method} ${url.slice(server.url.length)}${isThere ? '' : ` (named by ${from})`}`,
      );
    }
    await attempt('no error in the log', async () => {
      const errors = server.output
        .split('\n')
        .filter((line) => /"level":[56]0|ERR_MODULE_NOT_FOUND/.test(line));
      if (errors.length > 0) throw new Error(errors.join('\n'));
    });
    await attempt('ends by a signal, and leaves nothing behind', () => server.stop());
  } finally {
    server.kill();
    await Promise.all([discord.fake.stop(), telegram.stop()]);
  }
}

async function part(name: string, work: () => Promise<void>): Promise<void> {
  say(`\n${name}`);
  await attempt('', work);
}

/** Runs one check: prints a line if it passes and the whole error if it fails, and goes on. */
async function attempt(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    if (name) say(`  ✔ ${name}`);
  } catch (error) {
    failures += 1;
    say(`  ✖ ${name} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error('It took too long');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The demo's settings, with a free port and a data folder of this run. */
function settings(data: string): NodeJS.ProcessEnv {
  const env = { PORT: '0', DATA_DIR: join(folder, data), ADMIN_TOKEN, FFMPEG_PATH: ffmpeg.path };
  return { ...environment, ...env };
}

function run(program: string, args: readonly string[], cwd: string): void {
  execFileSync(program, args, { cwd, env: environment, stdio: 'pipe' });
}

function version(program: string): string {
  return execFileSync(program, ['--version'], { env: environment, encoding: 'utf8' }).trim();
}
