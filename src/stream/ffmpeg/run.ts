import type { Logger } from '../../lib/logger.ts';
import { type OwnedBytes, takeOwnership } from '../../lib/owned-bytes.ts';
import { startProgram } from '../../lib/start-program.ts';

/** How an FFmpeg run ended. */
export interface FfmpegEnding {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last lines of FFmpeg's standard error, oldest first. They may name files and addresses. */
  readonly words: readonly string[];
  /** True if we stopped the run. */
  readonly asked: boolean;
}

export interface FfmpegRunOptions {
  readonly path: string;
  readonly args: readonly string[];
  readonly logger: Logger;
  readonly onOutput: (chunk: OwnedBytes) => void;
}

const WORDS_KEPT = 20;
/** Bytes of unread input beyond which the machine cannot keep up. */
const LARGEST_BACKLOG = 64 * 1024 * 1024;
/** Milliseconds from a request to stop until the process is killed. */
const KILL_AFTER = 1_500;

/**
 * One FFmpeg process, fed through its standard input and read from its standard output. It never outlives us: it ends
 * with its input, which the system closes however our process ends.
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
    // Each read from a pipe has its own memory (onStreamRead in Node's lib/internal/stream_base_commons.js).
    process.stdout.on('data', (chunk: Buffer) => onOutput(takeOwnership(chunk)));
    // A write to a dead process needs no error of its own, since `ended` reports the death.
    process.stdin.on('error', () => {});
    process.stderr.setEncoding('utf8').on('data', (text: string) => this.#hear(text));
    this.#ended = this.#settle(process);
  }

  /** Writes input in one system call. @returns false if FFmpeg is hopelessly behind. */
  write(chunks: readonly Buffer[]): boolean {
    const input = this.#process?.stdin;
    if (!input || input.destroyed || input.writableEnded) return true;
    input.cork();
    for (const chunk of chunks) input.write(chunk);
    input.uncork();
    return input.writableLength < LARGEST_BACKLOG;
  }

  /** Ends the input, so that FFmpeg delivers the rest and ends. @param patience milliseconds until it is killed. */
  async finish(patience = KILL_AFTER): Promise<void> {
    this.#asked = true;
    this.#process?.stdin.end();
    const timer = setTimeout(() => this.#process?.kill('SIGKILL'), patience);
    await this.#ended;
    clearTimeout(timer);
  }

  /** Terminates the process, then kills it if it does not end; resolves when it is gone. */
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
