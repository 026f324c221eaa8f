import { execa } from 'execa';
import { launchBrowser } from '../../scripts/browser.ts';

/** A real player that is started once and never touched again. */
export interface Player {
  readonly name: string;
  /** Seconds or frames played so far, which must keep growing; null once it has ended. */
  position(): Promise<number | null>;
  /** Its last error messages. */
  lastWords?(): string;
  stop(): Promise<void>;
}

/** The watch page in Chromium, which plays with hls.js; counts the frames shown. */
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
    // the page may replace the element
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

/** FFmpeg as Jellyfin uses it; counts the frames decoded. */
export function ffmpegPlayer(ffmpegPath: string, url: string): Player {
  // a connection ends with the server's process, and the player has to open another one
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
