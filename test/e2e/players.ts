import { execa } from 'execa';
import { launchBrowser } from '../../scripts/browser.ts';

/** A real player that was pointed at the channel once and is never touched again. */
export interface Player {
  readonly name: string;
  /** Seconds, or frames, that it has played: must keep growing. Null once it has ended. */
  position(): Promise<number | null>;
  /** What it last complained of. */
  lastWords?(): string;
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
  // An open connection ends with the process that serves it; what comes back for it is the player's choice.
  const reconnect = url.endsWith('.ts')
    ? [
        '-reconnect',
        '1',
        '-reconnect_at_eof',
        '1',
        '-reconnect_streamed',
        '1',
        '-reconnect_on_network_error',
        '1',
      ]
    : [];
  const run = execa(
    ffmpegPath,
    ['-hide_banner', '-loglevel', 'error', '-progress', 'pipe:1', ...reconnect, '-i', url, '-f', 'null', '-'],
    { reject: false, buffer: false, stdin: 'ignore' },
  );
  let frames: number | null = 0;
  let words = '';
  run.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-600);
  });
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
    lastWords: () => words,
    stop: async () => {
      run.kill();
      await run;
    },
  };
}
