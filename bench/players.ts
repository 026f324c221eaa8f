import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import type { Player } from '../test/e2e/players.ts';

/** Plays with mpv without a window and reads its playback time. */
export function mpvPlayer(url: string): Player {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: mpv's own
  const status = '--term-status-msg=at=${=time-pos}';
  return consolePlayer(
    'mpv',
    'mpv',
    ['--no-config', '--vo=null', '--ao=null', status, '--msg-level=all=error,statusline=status', url],
    /at=([\d.]+)/g,
  );
}

/**
 * Plays with a program that writes to its terminal how far it is.
 * @param at finds the position in what it writes.
 * @param env besides this process's own.
 */
export function consolePlayer(
  name: string,
  file: string,
  args: readonly string[],
  at: RegExp,
  env: Readonly<Record<string, string>> = {},
): Player {
  const run = execa(file, args, { reject: false, buffer: false, stdin: 'ignore', env });
  let position: number | null = 0;
  let words = '';
  const hear = (chunk: Buffer): void => {
    words = (words + chunk.toString()).slice(-1_500);
    const found = [...chunk.toString().matchAll(at)].at(-1)?.[1];
    if (found && position !== null) position = Number(found);
  };
  run.stdout.on('data', hear);
  run.stderr.on('data', hear);
  void run.then(() => {
    position = null;
  });
  return {
    name,
    position: async () => position,
    lastWords: () => words,
    stop: async () => {
      run.kill();
      await run;
    },
  };
}

/** Starts a virtual screen for players that need one. @returns its name, such as `:93`. */
export async function virtualScreen(size = '1280x720'): Promise<{ display: string; stop(): Promise<void> }> {
  const display = `:${90 + Math.floor(Math.random() * 900)}`;
  const run = execa('Xvfb', [display, '-screen', '0', `${size}x24`], { reject: false, stdio: 'ignore' });
  await sleep(1_000);
  return {
    display,
    stop: async () => {
      run.kill();
      await run;
    },
  };
}

/** Starts VLC on a virtual screen, or on none if it cannot draw on one, with its remote control at a port of loopback. */
export function startVlc(url: string, port: number, display: string, options: readonly string[] = []) {
  // VLC refuses to run as root
  const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  return execa(
    'vlc',
    [
      ...['-I', 'dummy', '--no-video-title-show', '--vout', 'xcb_x11,vdummy', '--aout', 'adummy'],
      ...['--extraintf', 'rc', '--rc-host', `127.0.0.1:${port}`, ...options, url],
    ],
    {
      reject: false,
      buffer: false,
      stdin: 'ignore',
      stdout: 'ignore',
      env: { DISPLAY: display, HOME: '/tmp' },
      ...asNobody,
    },
  );
}

/** Plays with VLC, and asks its remote-control interface how many frames it has displayed. */
export async function vlcPlayer(
  url: string,
  port: number,
  display: string,
  options: readonly string[] = [],
): Promise<Player> {
  const run = startVlc(url, port, display, options);
  let over = false;
  let words = '';
  run.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-1_500);
  });
  void run.then(() => {
    over = true;
  });
  await sleep(3_000);
  return {
    name: `VLC on ${new URL(url).pathname}`,
    position: async () => {
      if (over) return null;
      const said = await ask(port, 'stats\nis_playing');
      const shown = /frames displayed\s*:\s*(\d+)/.exec(said)?.[1];
      // VLC stays open when its input has ended.
      if (/^(> )*0\s*$/m.test(said)) return null;
      return shown === undefined ? 0 : Number(shown);
    },
    lastWords: () => words,
    stop: async () => {
      run.kill('SIGKILL');
      await run;
    },
  };
}

function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    const socket = createConnection({ host: '127.0.0.1', port }, () => socket.write(`${command}\n`));
    socket.on('data', (chunk) => {
      said += chunk.toString();
    });
    socket.on('error', () => resolve(said));
    socket.on('close', () => resolve(said));
    setTimeout(() => socket.end(), 400);
  });
}
