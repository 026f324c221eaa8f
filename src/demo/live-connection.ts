import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { startProgram } from '../lib/start-program.ts';
import type { DemoChannel } from './channels.ts';
import { ffmpegArgs } from './ffmpeg-args.ts';
import type { Font } from './font.ts';
import { paceByPcr } from './ts-pacer.ts';

export interface LiveConnectionOptions {
  readonly ffmpegPath: string;
  readonly font: Font | null;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Ends the connection: the client is cut off in mid-stream. */
  readonly signal: AbortSignal;
}

/** Milliseconds of programme that a new connection gets at once. */
const BURST = 2000;
/** A client that reads nothing for so long has gone. */
const IDLE_TIMEOUT = 30_000;
/** Characters of FFmpeg's last words that are kept for the log. */
const LAST_WORDS = 2000;

/**
 * Answers one request with one channel, made by an FFmpeg of its own, until the client leaves or the signal aborts. Settles
 * when that FFmpeg is gone; never rejects.
 */
export async function serveChannel(
  channel: DemoChannel,
  response: ServerResponse,
  { ffmpegPath, font, clock, logger, signal }: LiveConnectionOptions,
): Promise<void> {
  const ending = new AbortController();
  const args = ffmpegArgs(channel, { fontFile: font?.file ?? null, clockAt: clock.now() - BURST });
  const ffmpeg = startProgram(ffmpegPath, args, {
    ...(font ? { cwd: font.folder } : {}),
    stdin: 'ignore',
    buffer: false,
    reject: false,
    // It has nothing to finish, so it is not asked gently.
    cancelSignal: AbortSignal.any([ending.signal, signal]),
    killSignal: 'SIGKILL',
  });
  let lastWords = '';
  ffmpeg.stderr.setEncoding('utf8').on('data', (words: string) => {
    lastWords = (lastWords + words).slice(-LAST_WORDS);
  });

  response.writeHead(200, { 'content-type': 'video/mp2t', 'cache-control': 'no-store', connection: 'close' });
  response.flushHeaders();
  response.setTimeout(IDLE_TIMEOUT, () => response.destroy());
  try {
    await pipeline(
      ffmpeg.stdout,
      (source: AsyncIterable<Buffer>, options?: { signal?: AbortSignal }) =>
        paceByPcr(source, { burst: BURST, signal: options?.signal, clock }),
      response,
      { signal },
    );
    const { exitCode } = await ffmpeg;
    logger.warn({ channelId: channel.id, exitCode, lastWords }, 'demo channel ended by itself');
  } catch {
    // The usual end: the client left, or the signal aborted.
  } finally {
    ending.abort();
    await ffmpeg;
  }
}
