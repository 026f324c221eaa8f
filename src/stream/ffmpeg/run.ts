import type { Logger } from '../../lib/logger.ts';
import { type OwnedBytes, takeOwnership } from '../../lib/owned-bytes.ts';
import { startProgram } from '../../lib/start-program.ts';

/** How a run ended. */
export interface FfmpegEnding {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last lines of what FFmpeg said, oldest first. They may name files and addresses. */
  readonly words: readonly string[];
  /** We asked it to stop. */
  readonly asked: boolean;
}

export interface FfmpegRunOptions {
  readonly path: string;
  readonly args: readonly string[];
  readonly logger: Logger;
  readonly onOutput: (chunk: OwnedBytes) => void;
}

const WORDS_KEPT = 20;
/** Unread input beyond this means that the machine cannot keep up. */
const LARGEST_BACKLOG = 64 * 1024 * 1024;
const KILL_AFTER = 1_500;

/**
 * One FFmpeg process, fed on its standard input and read on its standard output. It cannot be left behind: it
 * ends when its input does, and the system closes that with us, however we end.
 */
export class FfmpegRun {
  readonly #options: FfmpegRunOptions;
  readonly #words: string[] = [];
  #process: ReturnType<typeof spawn> | null = null;
  #ended: Promise<FfmpegEnding> | null = null;
  #asked = false;

  constructor(options: FfmpegRunOptions) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Resolves when the process is gone. Never rejects. */
  get ended(): Promise<FfmpegEnding> {
    if (!this.#ended) throw new Error('FfmpegRun.ended before start');
    return this.#ended;
  }

  start(): void {
    const { path, args, onOutput } = this.#options;
    const process = spawn(path, args);
    this.#process = process;
    // Each read of a pipe has memory of its own (onStreamRead in Node's lib/internal/stream_base_commons.js).
    process.stdout.on('data', (chunk: Buffer) => onOutput(takeOwnership(chunk)));
    // Writing to a process that has just died is no error of its own: `ended` tells.
    process.stdin.on('error', () => {});
    process.stderr.setEncoding('utf8').on('data', (text: string) => this.#hear(text));
    this.#ended = this.#settle(process);
  }

  /** Feeds input, in one go. @returns false if FFmpeg is hopelessly behind. */
  write(chunks: readonly Buffer[]): boolean {
    const input = this.#process?.stdin;
    if (!input || input.destroyed || input.writableEnded) return true;
    input.cork();
    for (const chunk of chunks) input.write(chunk);
    input.uncork();
    return input.writableLength < LARGEST_BACKLOG;
  }

  /** Ends the input: FFmpeg gives what it still has, and ends. @param patience milliseconds after which it is killed. */
  async finish(patience = KILL_AFTER): Promise<void> {
    this.#asked = true;
    this.#process?.stdin.end();
    const timer = setTimeout(() => this.#process?.kill('SIGKILL'), patience);
    await this.#ended;
    clearTimeout(timer);
  }

  /** Ends the process, gently, then not; resolves when it is gone. */
  async stop(): Promise<void> {
    this.#asked = true;
    this.#process?.stdin.destroy();
    this.#process?.kill();
    await this.#ended;
  }

  async #settle(process: ReturnType<typeof spawn>): Promise<FfmpegEnding> {
    const result = await process;
    if (result.exitCode === undefined && result.signal === undefined)
      this.#words.push(result.shortMessage ?? '');
    return {
      exitCode: result.exitCode ?? null,
      signal: result.signal ?? null,
      words: this.#words,
      asked: this.#asked,
    };
  }

  #hear(text: string): void {
    for (const line of text.split(/[\r\n]+/)) {
      if (line.trim() === '') continue;
      this.#words.push(line.trim());
      if (this.#words.length > WORDS_KEPT) this.#words.shift();
      this.#options.logger.debug({ ffmpeg: line.trim() }, 'ffmpeg says');
    }
  }
}

function spawn(path: string, args: readonly string[]) {
  return startProgram(path, args, {
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
    encoding: 'buffer',
    buffer: false,
    reject: false,
    forceKillAfterDelay: KILL_AFTER,
  });
}
