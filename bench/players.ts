import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { launchBrowser } from '../scripts/browser.ts';

/** A real player that was pointed at the channel once and is never touched again. */
export interface Player {
  readonly name: string;
  /** Seconds, or frames, that it has played: must keep growing. Null once it has ended. */
  position(): Promise<number | null>;
  stop(): Promise<void>;
}

/** hls.js on the watch page in Chromium: frames shown. */
export async function chromiumPlayer(base: string): Promise<Player> {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await page.goto(`${base}/watch`);
  await page.evaluate(() => {
    const counter = window as unknown as { framesShown: number };
    counter.framesShown = 0;
    let video: HTMLVideoElement | null = null;
    const count = (): void => {
      counter.framesShown++;
      video?.requestVideoFrameCallback(count);
    };
    // the page may put another element in its place
    setInterval(() => {
      const current = document.querySelector('video');
      if (current && current !== video) {
        video = current;
        current.requestVideoFrameCallback(count);
      }
    }, 100);
  });
  return {
    name: 'hls.js in Chromium',
    position: async () => page.evaluate(() => (window as unknown as { framesShown: number }).framesShown),
    stop: () => browser.close(),
  };
}

/** FFmpeg as Jellyfin uses it: decodes what it reads. */
export function ffmpegPlayer(ffmpegPath: string, url: string): Player {
  const run = execa(
    ffmpegPath,
    ['-hide_banner', '-loglevel', 'error', '-progress', 'pipe:1', '-i', url, '-f', 'null', '-'],
    { reject: false, buffer: false, stdin: 'ignore', stderr: 'ignore' },
  );
  let frames: number | null = 0;
  run.stdout.on('data', (chunk: Buffer) => {
    const found = /frame=(\d+)[\s\S]*$/.exec(chunk.toString())?.[1];
    if (found && frames !== null) frames = Number(found);
  });
  void run.then(() => {
    frames = null;
  });
  return {
    name: `ffmpeg on ${new URL(url).pathname}`,
    position: async () => frames,
    stop: async () => {
      run.kill();
      await run;
    },
  };
}

/** mpv without a window: its playback time. */
export function mpvPlayer(url: string): Player {
  const run = execa(
    'mpv',
    [
      '--no-config',
      '--vo=null',
      '--ao=null',
      '--term-status-msg=at=${=time-pos}',
      '--msg-level=all=error,statusline=status',
      url,
    ],
    { reject: false, buffer: false, stdin: 'ignore' },
  );
  let position: number | null = 0;
  const hear = (chunk: Buffer): void => {
    const found = [...chunk.toString().matchAll(/at=([\d.]+)/g)].at(-1)?.[1];
    if (found && position !== null) position = Number(found);
  };
  run.stdout.on('data', hear);
  run.stderr.on('data', hear);
  void run.then(() => {
    position = null;
  });
  return {
    name: 'mpv',
    position: async () => position,
    stop: async () => {
      run.kill();
      await run;
    },
  };
}

/** VLC without a window, asked by its remote-control interface how many frames it has displayed. */
export async function vlcPlayer(url: string, port: number): Promise<Player> {
  const run = execa(
    'vlc',
    [
      ...[
        '-I',
        'dummy',
        '--no-video-title-show',
        '--vout',
        'vdummy',
        '--aout',
        'adummy',
        '--no-qt-privacy-ask',
      ],
      ...['--extraintf', 'rc', '--rc-host', `127.0.0.1:${port}`, url],
    ],
    // VLC refuses to run as root
    {
      reject: false,
      buffer: false,
      stdin: 'ignore',
      stdout: 'ignore',
      stderr: 'ignore',
      ...(process.getuid?.() === 0 ? { uid: 65_534, env: { HOME: '/tmp' } } : {}),
    },
  );
  let over = false;
  void run.then(() => {
    over = true;
  });
  await sleep(3_000);
  return {
    name: `VLC on ${new URL(url).pathname}`,
    position: async () => {
      if (over) return null;
      const said = await ask(port, 'stats');
      const found = /frames displayed\s*:\s*(\d+)/.exec(said)?.[1];
      if (found === undefined) return /state stopped|no input/i.test(said) ? null : 0;
      return Number(found);
    },
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
